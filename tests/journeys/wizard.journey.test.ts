import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoOrganisation } from '../sandbox/demo/demo-organisation.ts';
import { PEOPLE } from '../sandbox/demo/people.ts';
import { SHOWCASE } from '../sandbox/demo/showcase.ts';
import { launchBrowser } from '../support/browser.ts';
import { type Product, startProduct } from '../support/product.ts';
import { seen } from './seen.ts';
import { type Visitor, visitor } from './visitor.ts';
import { wizardWalk } from './wizard-walk.ts';

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

  it('somebody who is no administrator is given an address for one, which carries nothing', async () => {
    const director = await visitor(browser, product, { expect: [/Failed to load resource/] });
    await director.opensSettings();
    const [popup] = await Promise.all([
      director.page.waitForEvent('popup'),
      director.panel.getByRole('button', { name: /sign in with zoho/i }).click(),
    ]);
    await popup.getByRole('link', { name: /continue to zoho/i }).click();
    await popup.getByRole('button', { name: new RegExp(PEOPLE.director.name) }).click();
    await seen(director.panel.getByText(/Only a CRM administrator can set this up/).first()).toBeVisible();
    await seen(director.panel.getByLabel('Address of the set-up')).toHaveValue(
      `${product.server}/widgets/settings.html`,
    );
    await director.panel.getByRole('button', { name: 'Copy the address' }).click();
    await seen(director.panel.getByText(/^Copied\.|The address is selected/)).toBeVisible();
    expect(await director.faults()).toEqual([]);
    await director.leaves();
  });

  it('the administrator goes through every step, another one finds it where it was left, and the rep sees figures', async () => {
    const since = performance.now();
    const administrator = await visitor(browser, product);
    const { panel } = administrator;
    const walk = wizardWalk(administrator, process.env.WIZARD_PICTURES ?? '');
    const button = (name: string) => panel.getByRole('button', { name, exact: true });
    await administrator.switchesTo(PEOPLE.ceo);
    await administrator.opensSettings();
    await walk.consents(button('Sign in with Zoho'), PEOPLE.ceo.name);

    await walk.isAt('Check that all is ready');
    await seen(panel.locator('[data-check="edition.good"]')).toContainText('Passed');
    await walk.press(button('Continue'));
    await walk.isAt('Connect Zoho Books');
    await walk.consents(button('Connect Zoho Books'), PEOPLE.ceo.name);
    await walk.isAt('Choose whose books');
    await anotherAdministratorFinds('Choose whose books');
    await walk.press(button('Use these books'));
    await walk.isAt('Match customers');
    await walk.click(button('Continue'));
    await walk.isAt('Decide who sees what');
    await walk.press(button('Save and continue'));
    await walk.isAt('Define the figures');
    await walk.click(button('Continue'));
    await walk.isAt('Place the panel in CRM');
    await seen(panel.getByText('All 8 checks passed.')).toBeVisible();
    await walk.click(button('Finish the set-up'));
    await seen(panel.getByRole('tab', { name: 'Set-up' })).toBeVisible();
    await seen(panel.getByText('Connected', { exact: true })).toBeVisible();
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

    const { clicks, keys, pages } = walk.cost;
    const seconds = Math.round((performance.now() - since) / 1_000);
    process.stdout.write(
      `\nset-up from an empty database to a rep who sees figures: ${clicks} clicks, ${keys} keys, ${pages} pages, ${seconds} s by machine\n`,
    );
    // a step more has to be wanted: it shows here
    expect({ clicks, keys, pages }).toEqual({ clicks: 9, keys: 15, pages: 7 });
  });
});

/** Somebody else with the same right, on a page of their own: nothing was asked of them so far. */
async function anotherAdministratorFinds(step: string): Promise<void> {
  const [administrators] = product.sandbox.zoho.organisation.crm.users.flatMap(({ id, profile }) =>
    id === PEOPLE.ceo.id ? [profile as { id: string }] : [],
  ); // safe because every user has a profile
  const own = product.sandbox.zoho.organisation.crm.users.find(({ id }) => id === PEOPLE.finance.id)
    ?.profile as { id: string };
  product.sandbox.scenario.changeProfile(PEOPLE.finance.id, administrators?.id ?? '');
  const colleague = await visitor(browser, product);
  await colleague.switchesTo(PEOPLE.finance);
  await colleague.opensSettings();
  await colleague.signsIn(PEOPLE.finance);
  await seen(colleague.panel.getByRole('heading', { level: 2, name: step })).toBeVisible();
  await seen(colleague.panel.locator('.notice')).toContainText(`${PEOPLE.ceo.name} went on with this set-up`);
  expect(colleague.complaints).toEqual([]);
  await colleague.leaves();
  product.sandbox.scenario.changeProfile(PEOPLE.finance.id, own.id);
}

/** The administrator at the part of the settings where who sees what is decided. */
async function atVisibility(): Promise<Visitor> {
  const administrator = await visitor(browser, product, { expect: [/409 \(Conflict\)/] });
  await administrator.switchesTo(PEOPLE.ceo);
  await administrator.opensSettings();
  await administrator.signsIn(PEOPLE.ceo);
  await administrator.panel.getByRole('tab', { name: 'Who sees what' }).click();
  await administrator.panel.getByRole('button', { name: 'Next rules' }).click();
  await seen(cell(administrator, 'Open')).toBeVisible();
  return administrator;
}
const cell = ({ panel }: Visitor, figure: string) =>
  panel.getByRole('combobox', { name: `${figure}, Sales Representative`, exact: true });
const saves = async ({ panel }: Visitor): Promise<void> => {
  await panel.getByRole('button', { name: 'Save changes' }).click();
  await seen(panel.getByText(/^Saved as version \d+\./)).toBeVisible();
};
const openFigure = ({ panel }: Visitor) => panel.locator('dl.figures > .figure').filter({ hasText: /^Open/ });

describe('once it is set up', () => {
  let administrator: Visitor;
  beforeAll(async () => {
    administrator = await atVisibility();
  });
  afterAll(async () => administrator?.leaves());

  it('a changed cell is seen on the rep’s open panel at its next request, and so is its undoing', async () => {
    const rep = await visitor(browser, product);
    await rep.opens('accounts', needsApproval.accountId);
    await rep.signsIn(PEOPLE.rep);
    await seen(openFigure(rep)).toContainText('10k–50k');

    await cell(administrator, 'Open').selectOption('Exact');
    await seen(administrator.panel.locator('.save-bar')).toContainText('Open — Range → Exact');
    await saves(administrator);
    await rep.panel.getByRole('button', { name: 'Refresh' }).click();
    await seen(openFigure(rep)).toContainText(/\$[\d,]+\.\d\d/);

    await administrator.panel.getByRole('button', { name: 'Undo' }).click();
    await seen(cell(administrator, 'Open')).toHaveValue('band');
    await seen(administrator.panel.getByText(/^Saved as version \d+\./)).toBeVisible();
    await rep.panel.getByRole('button', { name: 'Refresh' }).click();
    await seen(openFigure(rep)).toContainText('10k–50k');
    expect([...administrator.complaints, ...rep.complaints]).toEqual([]);
    await rep.leaves();
  });

  it('of two administrators at once nobody’s change is lost, and the log and the history tell of both', async () => {
    const [first, second] = [administrator, await atVisibility()];
    await cell(second, 'Collected to date').selectOption('Hidden');
    await cell(second, 'Open').selectOption('Yes or no');
    await cell(first, 'Open').selectOption('Exact');
    await saves(first);

    await second.panel.getByRole('button', { name: 'Save changes' }).click();
    const overtaken = second.panel.locator('.overtaken');
    await seen(overtaken).toContainText(`${PEOPLE.ceo.name} saved version`);
    await seen(overtaken).toContainText('Open — Range → Exact');
    await seen(overtaken.locator('li li', { hasText: 'Open — Exact → Yes or no' })).toContainText(
      'changed by both',
    );
    expect(await second.faults()).toEqual([]);
    await second.panel.getByRole('button', { name: 'Put my changes on top' }).click();
    await cell(second, 'Open').selectOption('Exact'); // agreed: theirs stays
    await saves(second);
    await seen(cell(second, 'Open')).toHaveValue('exact');
    await seen(cell(second, 'Collected to date')).toHaveValue('hidden');

    await second.panel.getByRole('tab', { name: 'Visibility versions' }).click();
    const versions = second.panel.locator('.version');
    await seen(versions.nth(0)).toContainText('Collected to date — Range → Hidden');
    await seen(versions.nth(1)).toContainText('Open — Range → Exact');
    await second.panel.getByRole('tab', { name: 'Audit log' }).click();
    await seen(second.panel.getByRole('cell', { name: 'Who sees what changed' }).first()).toBeVisible();
    expect([...first.complaints, ...second.complaints]).toEqual([]);
    await second.leaves();
  });

  it('a preview shows a record as a role gets it, unmistakably marked', async () => {
    const { panel } = administrator;
    await panel
      .getByLabel('Record: its id, or its address in CRM')
      .fill(`${product.crm}/accounts/${needsApproval.accountId}`);
    await panel.getByLabel('As role').selectOption('Sales Representative West');
    await panel.getByLabel('With profile').selectOption('Support');
    await panel.getByRole('button', { name: 'Show preview' }).click();
    const preview = panel.getByRole('group', { name: 'Preview as Sales Representative West · Support' });
    await seen(preview.locator('.verdict')).toContainText('Needs finance approval');
    await seen(preview).toContainText('This is not your own view.');
    await seen(preview).toContainText('$10k–50k');
    await seen(preview).not.toContainText(/\$[\d,]+\.\d\d/);
    expect(await administrator.faults()).toEqual([]);
    expect(administrator.complaints).toEqual([]);
  });

  it('is the settings page still when everything comes from the browser’s cache', async () => {
    for (const time of ['second', 'third']) {
      await administrator.opensSettings();
      await seen(administrator.panel.getByRole('tab', { name: 'Set-up' }), `${time} time`).toBeVisible();
      await administrator.page.waitForTimeout(500); // whatever else might start has started
      await seen(administrator.panel.getByText('No record is open'), `${time} time`).toHaveCount(0);
    }
  });

  it('pausing and switching off show on a rep’s panel, and uninstalling by the typed name ends every session', async () => {
    const rep = await visitor(browser, product, { expect: [/503 \(Service Unavailable\)/] });
    await rep.opens('accounts', needsApproval.accountId);
    await rep.signsIn(PEOPLE.rep);
    await seen(openFigure(rep)).toBeVisible();
    const { panel } = administrator;
    const press = (name: string) => panel.getByRole('button', { name, exact: true }).click();
    await panel.getByRole('tab', { name: 'Connection' }).click();
    await press('Pause');
    await seen(panel.getByText('Paused', { exact: true })).toBeVisible();
    await rep.panel.getByRole('button', { name: 'Refresh' }).click();
    await seen(rep.panel.locator('.notice')).toContainText('paused by an administrator');
    await press('Switch off');
    await seen(panel.getByText('Switched off', { exact: true })).toBeVisible();
    await rep.page.reload();
    await seen(rep.panel.getByRole('heading', { name: 'Customer 360 is switched off' })).toBeVisible();
    await press('Read again');
    await seen(panel.getByText('Reading', { exact: true })).toBeVisible();
    await rep.page.reload();
    await seen(openFigure(rep)).toBeVisible();
    expect(await administrator.faults()).toEqual([]);

    await panel.getByLabel(/type the organisation’s name/).fill('Halden Office');
    await press('Uninstall');
    await seen(panel.getByText('That is not the organisation’s name.', { exact: false })).toBeVisible();
    await panel.getByLabel(/type the organisation’s name/).fill('Halden Office Equipment');
    await press('Uninstall');
    await seen(panel.getByRole('heading', { name: /was uninstalled/ })).toBeVisible();
    const certificate = await panel.getByLabel('Address of the certificate').inputValue();
    expect(await (await fetch(certificate)).json()).toMatchObject({ state: 'waiting' });
    await seen(panel.getByRole('tab')).toHaveCount(0);
    await rep.page.reload();
    await seen(rep.panel.getByRole('button', { name: /sign in with zoho/i })).toBeVisible();
    await administrator.signsIn(PEOPLE.ceo);
    await seen(panel.getByText('Customer 360 is being uninstalled.')).toBeVisible();
    await seen(panel.getByText('That did not work')).toHaveCount(0);
    await press('Open the connection');
    await press('Keep Customer 360');
    await seen(panel.getByText('Customer 360 is being uninstalled.')).toHaveCount(0);
    expect([...administrator.complaints, ...rep.complaints]).toEqual([]);
    await rep.leaves();
  });
});
