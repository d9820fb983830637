import { type Browser, expect as seen } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoOrganisation } from '../sandbox/demo/demo-organisation.ts';
import { PEOPLE } from '../sandbox/demo/people.ts';
import { SHOWCASE } from '../sandbox/demo/showcase.ts';
import { launchBrowser } from '../support/browser.ts';
import { type Product, startProduct } from '../support/product.ts';
import { visitor } from './visitor.ts';

let browser: Browser;
let product: Product;

beforeAll(async () => {
  [browser, product] = await Promise.all([
    launchBrowser(),
    startProduct({ organisation: demoOrganisation(), installed: false }),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const { needsApproval } = SHOWCASE.accounts;

describe('from a fresh install to a rep who sees figures, without touching a file', () => {
  it('before anybody set it up, a rep is told whom to ask', async () => {
    const rep = await visitor(browser, product);
    await rep.opens('accounts', needsApproval.accountId);
    const [popup] = await Promise.all([
      rep.page.waitForEvent('popup'),
      rep.panel.getByRole('button', { name: /sign in with zoho/i }).click(),
    ]);
    await popup.getByRole('link', { name: /continue to zoho/i }).click();
    await popup.getByRole('button', { name: new RegExp(PEOPLE.support.name) }).click();
    await seen(rep.panel.getByText(/has not been set up yet/).first()).toBeVisible();
    await rep.leaves();
  });

  it('somebody who is no administrator cannot set it up', async () => {
    const director = await visitor(browser, product, { expect: [/Failed to load resource/] });
    await director.opensSettings();
    const [popup] = await Promise.all([
      director.page.waitForEvent('popup'),
      director.panel.getByRole('button', { name: /sign in with zoho/i }).click(),
    ]);
    await popup.getByRole('link', { name: /continue to zoho/i }).click();
    await popup.getByRole('button', { name: new RegExp(PEOPLE.director.name) }).click();
    await seen(director.panel.getByText(/Only a CRM administrator can set this up/).first()).toBeVisible();
    await director.leaves();
  });

  it('the administrator signs in, connects Books, chooses the organisation and decides about roles; the rep sees figures', async () => {
    const administrator = await visitor(browser, product);
    await administrator.switchesTo(PEOPLE.ceo);
    await administrator.opensSettings();
    await administrator.signsIn(PEOPLE.ceo);

    const connect = administrator.panel.getByRole('button', { name: 'Connect Zoho Books' });
    await seen(connect).toBeVisible();
    expect(await administrator.faults()).toEqual([]);
    const [consent] = await Promise.all([administrator.page.waitForEvent('popup'), connect.click()]);
    await consent.getByRole('link', { name: /continue to zoho/i }).click();
    await consent.getByRole('button', { name: new RegExp(PEOPLE.ceo.name) }).click();

    const use = administrator.panel.getByRole('button', { name: 'Use these books' });
    await seen(use).toBeVisible();
    await use.click();
    await seen(administrator.panel.getByText('Connected', { exact: true })).toBeVisible();
    await administrator.panel.getByRole('button', { name: 'Save roles' }).click();
    await seen(
      administrator.panel.getByText(/Saved\. It holds from the next view on\./).first(),
    ).toBeVisible();
    expect(await administrator.faults()).toEqual([]);
    expect(administrator.complaints).toEqual([]);
    await administrator.leaves();

    const rep = await visitor(browser, product);
    await rep.opens('accounts', needsApproval.accountId);
    await rep.signsIn(PEOPLE.rep);
    await seen(rep.panel.locator('.verdict')).toContainText('Needs finance approval');
    expect(await rep.figure('Open')).toMatch(/10k–50k/);
    expect(rep.complaints).toEqual([]);
    await rep.leaves();
  });
});
