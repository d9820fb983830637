import type { Browser, Locator } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BooksSnapshot, differencesBetween, snapshotBooks } from '../sandbox/books/books-differences.ts';
import { demoOrganisation } from '../sandbox/demo/demo-organisation.ts';
import { PEOPLE } from '../sandbox/demo/people.ts';
import { launchBrowser } from '../support/browser.ts';
import { type Product, startProduct } from '../support/product.ts';
import { seen } from './seen.ts';
import { type Visitor, visitor } from './visitor.ts';

/** A won deal whose documents somebody forgot to put on it, as happens everywhere. */
const DEAL = { id: '5725767000003000336', name: 'Kestrel Software – maintenance plan' };
const DOCUMENTS = [
  { module: 'invoices', id: '46000000010001198', number: 'INV-000496' },
  { module: 'estimates', id: '46000000040000133', number: 'QT-000042' },
  { module: 'salesorders', id: '46000000050000049', number: 'SO-000017' },
  { module: 'expenses', id: '46000000060000029', number: '334' }, // without a number: found by its amount
] as const;
const [INVOICE, , ORDER] = DOCUMENTS;
const ACCOUNT = '5725767000001000063';
/** On no deal, and among the newest five. */
const UNLINKED = { id: '46000000010001204', number: 'INV-001410' };

let browser: Browser;
let product: Product;
let somebody: Visitor;

beforeAll(async () => {
  [browser, product] = await Promise.all([
    launchBrowser(),
    startProduct({ organisation: demoOrganisation() }),
  ]);
  somebody = await visitor(browser, product);
  await somebody.switchesTo(PEOPLE.ceo);
  await somebody.opens('deals', DEAL.id, { width: 640 });
  await somebody.signsIn(PEOPLE.ceo);
});
afterAll(async () => {
  await somebody?.leaves();
  await browser?.close();
  await product?.stop();
});

const press = (key: string): Promise<void> => somebody.page.keyboard.press(key);
/** From where the keyboard is, onwards (or back) until it stands there. */
async function tabsTo(there: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let tries = 0; tries < 60; tries += 1) {
    if ((await there.count()) > 0 && (await there.first().evaluate((one) => one === document.activeElement)))
      return;
    await press(key);
  }
  throw new Error(`The keyboard never came to ${there}`);
}
const button = (name: string | RegExp): Locator => somebody.panel.getByRole('button', { name });
const stepIn = (ladder: Locator, name: string): Locator => {
  const named = somebody.panel.locator('.ladder-name', { hasText: new RegExp(`^${name}`) });
  return ladder.locator('.ladder-step').filter({ has: named });
};
const step = async (name: string): Promise<string> =>
  (
    await stepIn(somebody.panel.locator('.layout > .ladder'), name).locator('.ladder-value').innerText()
  ).trim();

describe('linking documents to a deal at the CRM page, by keyboard alone', () => {
  it('an invoice, a quote, a sales order and an expense are linked, one is unlinked, and that is undone', async () => {
    const before = snapshotBooks(product.sandbox.zoho.organisation);
    await seen(somebody.panel.getByText('No documents linked yet')).toBeVisible();
    await seen.poll(() => step('Invoiced')).toBe('$0.00');

    // the page's own links come first; the keyboard gets into the frame like into any part of a page
    await tabsTo(button('Link documents'));
    await press('Enter');
    const dialog = somebody.panel.getByRole('dialog', { name: `Link documents to “${DEAL.name}”` });
    const search = dialog.getByRole('searchbox');
    await seen(search).toBeFocused();
    const list = dialog.getByRole('listbox', { name: 'Documents, likeliest first' });
    for (const { number } of DOCUMENTS) {
      await tabsTo(search, 'Shift+Tab');
      await press('ControlOrMeta+A');
      await somebody.page.keyboard.type(number);
      await seen(dialog.getByRole('status').filter({ hasText: /^1 document found$/ })).toBeVisible();
      await press('ArrowDown');
      await press('Space');
      await seen(list.getByRole('option', { selected: true })).toHaveCount(1);
    }
    await seen(dialog.getByText('4 documents picked')).toBeVisible();
    await seen(stepIn(dialog.locator('.ladder'), 'Invoiced')).toContainText('was $0.00');
    expect(await somebody.faults()).toEqual([]);
    await press('ControlOrMeta+Enter');
    await seen(dialog.getByRole('button', { name: 'Done' })).toBeFocused();
    await seen(dialog.getByRole('heading', { name: '4 documents linked' })).toBeVisible();
    await press('Enter');
    await seen(dialog).toHaveCount(0);
    await seen(button('Link documents')).toBeFocused();
    await seen.poll(() => step('Invoiced')).not.toBe('$0.00');
    const invoiced = await step('Invoiced');

    await tabsTo(button('4 documents linked'), 'Shift+Tab');
    await press('Enter');
    await tabsTo(button(`Unlink: ${INVOICE.number}`));
    await press('Enter');
    await seen(somebody.panel.getByText(/Invoiced and Collected will no longer count it/)).toBeVisible();
    await seen(button(/^Unlink$/)).toBeFocused();
    await press('Enter');
    await seen(button(`Undo: ${INVOICE.number}`)).toBeFocused();
    await seen.poll(() => step('Invoiced')).toBe('$0.00');
    expect(heldByBooks(INVOICE)).toBe('');
    await press('Enter');
    await seen(button('4 documents linked')).toBeFocused();
    await seen.poll(() => step('Invoiced')).toBe(invoiced);

    await tabsTo(button(`Unlink: ${ORDER.number}`));
    await press('Enter');
    await press('Escape'); // thought better of it
    await seen(button(`Unlink: ${ORDER.number}`)).toBeFocused();

    expect(
      changedSince(before).map(({ module, id, field, after }) => ({ module, id, field, after })),
    ).toEqual(
      DOCUMENTS.map(({ module, id }) => ({ module, id, field: 'zcrm_potential_id', after: DEAL.id })),
    );
    expect(somebody.complaints).toEqual([]);
  });

  it('an unlinked document of an account is linked to one of its deals, which its row then names', async () => {
    const before = snapshotBooks(product.sandbox.zoho.organisation);
    await somebody.opens('accounts', ACCOUNT, { width: 640 });
    const row = somebody.panel.getByRole('row').filter({ hasText: UNLINKED.number });
    await seen(row).toBeVisible();
    await tabsTo(row.getByRole('button', { name: `Link ${UNLINKED.number} to a deal` }));
    await press('Enter');
    const dialog = somebody.panel.getByRole('dialog');
    await seen(dialog.getByRole('searchbox', { name: 'Name of the deal' })).toBeFocused();
    await somebody.page.keyboard.type('supplies');
    await seen(dialog.getByRole('status')).toHaveText('1 deal found');
    await press('ArrowDown');
    await press('Enter');
    await seen(dialog.getByText('1 document picked')).toBeVisible();
    await press('ControlOrMeta+Enter');
    await seen(dialog.getByRole('button', { name: 'Done' })).toBeFocused();
    await press('Enter');
    await tabsTo(button(/^Show all/));
    await press('Enter');
    await seen(row).toContainText('Kestrel Software – supplies contract');
    await tabsTo(button(`Unlink: ${UNLINKED.number}`));
    await press('Enter');
    await seen(button(`Undo: ${UNLINKED.number}`)).toBeVisible();
    expect(changedSince(before)).toEqual([]);
    await tabsTo(button(`Undo: ${UNLINKED.number}`));
    await press('Enter');
    await seen(button(`Unlink: ${UNLINKED.number}`)).toBeVisible();
    expect(changedSince(before)).toMatchObject([
      { module: 'invoices', id: UNLINKED.id, field: 'zcrm_potential_id' },
    ]);
    expect(await somebody.faults()).toEqual([]);
    expect(somebody.complaints).toEqual([]);
  });
});

/** What Books itself writes beside the deal: when, and the deal's name. */
const BY_BOOKS = ['last_modified_time', 'zcrm_potential_name'];
const changedSince = (before: BooksSnapshot) =>
  differencesBetween(before, snapshotBooks(product.sandbox.zoho.organisation)).filter(
    ({ field }) => !BY_BOOKS.includes(field),
  );

function heldByBooks({ module, id }: (typeof DOCUMENTS)[number]): unknown {
  const wire = snapshotBooks(product.sandbox.zoho.organisation)[module]?.get(id);
  return wire?.zcrm_potential_id;
}
