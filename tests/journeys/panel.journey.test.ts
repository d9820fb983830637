import type { Browser } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { demoOrganisation } from '../sandbox/demo/demo-organisation.ts';
import { PEOPLE } from '../sandbox/demo/people.ts';
import { SHOWCASE } from '../sandbox/demo/showcase.ts';
import { launchBrowser } from '../support/browser.ts';
import { type Product, startProduct } from '../support/product.ts';
import { seen } from './seen.ts';
import { type Visitor, visitor } from './visitor.ts';

let browser: Browser;
let product: Product;
let rep: Visitor;

beforeAll(async () => {
  [browser, product] = await Promise.all([
    launchBrowser(),
    startProduct({ organisation: demoOrganisation() }),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});
beforeEach(async () => {
  product.sandbox.scenario.clear();
  rep = await visitor(browser, product);
});
afterEach(async () => {
  await rep.leaves();
});

const { needsApproval, goodPayer, noTransactions, nameMatchOnly } = SHOWCASE.accounts;
const verdict = (text: string | RegExp) => rep.panel.locator('.verdict').getByText(text);

describe('a rep at the CRM page, the widget on another site and its storage denied', () => {
  it('signs in once and knows at a glance how a customer pays, without an amount', async () => {
    await rep.opens('accounts', needsApproval.accountId);
    const frame = rep.page.frames().find((one) => one.url().startsWith(product.server));
    await expect(frame?.evaluate(() => window.localStorage.length)).rejects.toThrow(/denied/i);
    await rep.signsIn(PEOPLE.rep);
    await seen(verdict('Needs finance approval')).toBeVisible();
    await seen(verdict(/2 invoices overdue, oldest 74 days/)).toBeVisible();
    expect(await rep.figure('Overdue')).toMatch(/^Overdue Yes 2 invoices$/);
    expect(await rep.figure('Open')).toMatch(/10k–50k/);
    const text = await rep.panel.locator('body').innerText();
    expect(text).not.toMatch(/\d,\d{3}|\.\d{2}\b/);
    expect(rep.complaints).toEqual([]);
  });

  it('stays signed in on the next record and after a reload, and asks our server once per view', async () => {
    await rep.opens('accounts', needsApproval.accountId);
    await rep.signsIn(PEOPLE.rep);
    await seen(verdict('Needs finance approval')).toBeVisible();
    await rep.opens('accounts', goodPayer.accountId);
    await seen(verdict('Good payer')).toBeVisible();
    await seen(rep.panel.getByText(/still being read|are being read/i)).toHaveCount(0, { timeout: 15_000 });

    const asked: string[] = [];
    rep.page.on('request', (request) => {
      if (request.url().includes('/api/v1/')) asked.push(new URL(request.url()).pathname);
    });
    await rep.page.reload();
    await seen(verdict('Good payer')).toBeVisible();
    await rep.page.waitForTimeout(500);
    expect(asked).toEqual([`/api/v1/records/Accounts/${goodPayer.accountId}/customer-360`]);
    expect(rep.complaints).toEqual([]);
  });

  it('sees on a deal: deal amount → quoted → invoiced → collected → left to invoice', async () => {
    await rep.opens('deals', SHOWCASE.deals.ladder.id);
    await rep.signsIn(PEOPLE.finance);
    const ladder = rep.panel.locator('.ladder').filter({ hasText: 'Deal amount' });
    await seen(ladder).toBeVisible();
    const steps = (await ladder.innerText()).replaceAll(/\s+/g, ' ');
    expect(steps).toMatch(/Deal amount .*Quoted .*Invoiced .*Collected .*Left to invoice/);
    expect(steps).toMatch(/\$[\d,]+\.\d{2}/);
    expect(rep.complaints).toEqual([]);
  });

  it('opens all documents, filters them, and comes back, by keyboard', async () => {
    await rep.opens('accounts', SHOWCASE.accounts.manyInvoices.accountId);
    await rep.signsIn(PEOPLE.finance);
    const showAll = rep.panel.getByRole('button', { name: /^Show all/ });
    await seen(showAll).toBeVisible();
    await showAll.focus();
    await rep.page.keyboard.press('Enter');
    await seen(rep.panel.getByRole('combobox').first()).toBeVisible();
    await rep.panel.getByRole('combobox').first().selectOption({ label: 'Invoice' });
    await seen(rep.panel.getByText(/^INV-/).first()).toBeVisible();
    expect(rep.complaints).toEqual([]);
  });
});

describe('who looks decides what is seen', () => {
  it('finance sees amounts where the rep sees ranges; switching the user in CRM asks who it is now', async () => {
    await rep.opens('accounts', needsApproval.accountId);
    await rep.signsIn(PEOPLE.rep);
    await seen(verdict('Needs finance approval')).toBeVisible();
    expect(await rep.figure('Open')).toMatch(/10k–50k/);

    await rep.switchesTo(PEOPLE.finance);
    await rep.opens('accounts', needsApproval.accountId);
    await seen(rep.panel.getByRole('button', { name: /sign in with zoho/i })).toBeVisible();
    await rep.signsIn(PEOPLE.finance);
    await seen(verdict('Needs finance approval')).toBeVisible();
    expect(await rep.figure('Open')).toMatch(/\$[\d,]+\.\d{2}/);
    expect(rep.complaints).toEqual([]);
  });
});

describe('customers without figures', () => {
  it('an account without a customer says so and offers the customer of the same name', async () => {
    await rep.opens('accounts', nameMatchOnly.accountId);
    await rep.signsIn(PEOPLE.finance);
    await seen(rep.panel.getByText('No Zoho Books customer is linked').first()).toBeVisible();
    await seen(rep.panel.getByText(nameMatchOnly.customers[0]?.name ?? '').first()).toBeVisible();
    expect(rep.complaints).toEqual([]);
  });

  it('a customer without transactions has no invoices yet, which is not zero', async () => {
    await rep.opens('accounts', noTransactions.accountId);
    await rep.signsIn(PEOPLE.finance);
    await seen(rep.panel.getByText('No invoices yet')).toBeVisible();
    expect(rep.complaints).toEqual([]);
  });
});
