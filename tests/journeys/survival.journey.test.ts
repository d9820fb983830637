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
/** Opens a customer before everything else, because the shortest interval between two looks at Books has to pass. */
let early: Visitor;
let lookedAt: number;
const BETWEEN_LOOKS_MS = 21_000;

/** The browser's own remark on each answer that is not a success. */
const REFUSALS = [/Failed to load resource/];

const { goodPayer, paysLate, partPayments, advances } = SHOWCASE.accounts;

beforeAll(async () => {
  [browser, product] = await Promise.all([
    launchBrowser(),
    startProduct({ organisation: demoOrganisation() }),
  ]);
  early = await visitor(browser, product, { expect: REFUSALS });
  await early.opens('accounts', paysLate.accountId);
  await early.signsIn(PEOPLE.rep);
  await seen(early.panel.locator('.verdict')).toContainText('Pays late');
  lookedAt = Date.now();
});
afterAll(async () => {
  await early?.leaves();
  await browser?.close();
  await product?.stop();
});
beforeEach(async () => {
  rep = await visitor(browser, product, { expect: REFUSALS });
});
afterEach(async () => {
  product.sandbox.scenario.clear();
  expect(rep.complaints).toEqual([]);
  await rep.leaves();
});

const text = (words: string | RegExp) => rep.panel.getByText(words).first();
const verdict = () => rep.panel.locator('.verdict');

describe('a CRM page that misbehaves', () => {
  it('never answers: the panel says so by itself and offers another try', async () => {
    await rep.opens('accounts', goodPayer.accountId, { host: 'sdk=silent' });
    await seen(text('CRM did not answer')).toBeVisible({ timeout: 15_000 });
    await seen(rep.panel.getByRole('button', { name: 'Try again' })).toBeVisible();
  });

  it('names the record in a list: it is the same record', async () => {
    await rep.opens('accounts', goodPayer.accountId, { host: 'entityId=array' });
    await rep.signsIn(PEOPLE.rep);
    await seen(verdict()).toContainText('Good payer');
  });

  it('opens it on a module without figures: the panel names the module', async () => {
    await rep.opens('accounts', goodPayer.accountId, { host: 'module=Unknown' });
    await seen(text('There are no figures for Unknown')).toBeVisible();
  });

  it('has another window forge the record: the panel stays with what CRM said', async () => {
    await rep.opens('accounts', goodPayer.accountId, { host: 'forge=1' });
    const asked: string[] = [];
    rep.page.on('request', (request) => {
      if (request.url().includes('/api/v1/records/')) asked.push(request.url());
    });
    await rep.signsIn(PEOPLE.rep);
    await seen(verdict()).toContainText('Good payer');
    expect(asked.every((url) => url.includes(goodPayer.accountId))).toBe(true);
  });

  it('is not Zoho at all: the panel sends it nothing', async () => {
    await rep.page.goto(
      `${product.server}/widgets/panel.html?serviceOrigin=https%3A%2F%2Fcrm.zoho.com.evil.example`,
    );
    await seen(rep.page.getByText('This panel only works inside Zoho CRM')).toBeVisible({ timeout: 15_000 });
  });
});

describe('Zoho in trouble', () => {
  it('Books is down on first sight: what failed, what next, and a reference to copy', async () => {
    product.sandbox.scenario.add({ match: { service: 'books' }, answer: 'http_502' });
    await rep.opens('accounts', partPayments.accountId);
    await rep.signsIn(PEOPLE.rep);
    await seen(text('Zoho Books does not answer')).toBeVisible();
    await seen(text('Reference:')).toBeVisible();
    product.sandbox.scenario.clear();
    await rep.panel.getByRole('button', { name: 'Try again' }).click();
    await seen(verdict()).toBeVisible({ timeout: 15_000 });
  });

  it('Books allows no more calls: the figures stay, marked with their age', async () => {
    await early.page.waitForTimeout(Math.max(0, lookedAt + BETWEEN_LOOKS_MS - Date.now()));
    product.sandbox.scenario.add({ match: { service: 'books' }, answer: '429_minute', times: 1 });
    await early.panel.getByRole('button', { name: /^Refresh/ }).click();
    await seen(
      early.panel.getByText(/Zoho Books allows no more calls for now; these are the last known figures/),
    ).toBeVisible({ timeout: 15_000 });
    await seen(early.panel.locator('.verdict')).toContainText('Pays late');
    await seen(early.panel.getByText(/as of \d/i).first()).toBeVisible();
    expect(early.complaints).toEqual([]);
  });

  it('CRM says there is nothing (204): the record cannot be shown, and no figure is', async () => {
    product.sandbox.scenario.add({ match: { service: 'crm', path: '/Accounts/' }, answer: '204' });
    await rep.opens('accounts', advances.accountId);
    await rep.signsIn(PEOPLE.rep);
    await seen(text('This record cannot be shown')).toBeVisible();
    await seen(rep.panel.locator('.figures')).toHaveCount(0);
  });

  it('a record of somebody else looks like one that does not exist', async () => {
    await rep.switchesTo(PEOPLE.finance);
    await rep.opens('accounts', SHOWCASE.accounts.west.accountId);
    await rep.signsIn(PEOPLE.rep);
    await seen(text('This record cannot be shown')).toBeVisible();
  });
});

describe('signing in', () => {
  it('refused at Zoho: the panel says so and can be tried again', async () => {
    await rep.opens('accounts', goodPayer.accountId);
    const [popup] = await Promise.all([
      rep.page.waitForEvent('popup'),
      rep.panel.getByRole('button', { name: /sign in with zoho/i }).click(),
    ]);
    await popup.getByRole('link', { name: /continue to zoho/i }).click();
    await popup.getByRole('button', { name: 'Reject' }).click();
    await seen(text(/That did not work/)).toBeVisible();
    await rep.signsIn(PEOPLE.rep);
    await seen(verdict()).toContainText('Good payer');
  });

  it('the window closed half-way: nothing has changed, and it can be opened again', async () => {
    await rep.opens('accounts', goodPayer.accountId);
    const [popup] = await Promise.all([
      rep.page.waitForEvent('popup'),
      rep.panel.getByRole('button', { name: /sign in with zoho/i }).click(),
    ]);
    await popup.close();
    await seen(text(/The window was closed before it was finished/)).toBeVisible({ timeout: 10_000 });
  });
});
