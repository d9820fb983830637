import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { demoOrganisation } from '../sandbox/demo/demo-organisation.ts';
import { PEOPLE } from '../sandbox/demo/people.ts';
import { SHOWCASE } from '../sandbox/demo/showcase.ts';
import { type Product, startProduct } from '../support/product.ts';
import { ROOT } from '../support/run.ts';
import { seen } from './seen.ts';
import { type Visitor, visitor } from './visitor.ts';

const README = join(ROOT, 'docs/pictures');
const MARKETPLACE = join(ROOT, 'docs/marketplace/pictures');
const { accountId } = SHOWCASE.accounts.needsApproval;

/** For people who read about it: the panel in the README, and what the Marketplace shows. */
export async function takePictures({
  browser,
  product,
}: {
  browser: Browser;
  product: Product;
}): Promise<void> {
  for (const folder of [README, MARKETPLACE]) mkdirSync(folder, { recursive: true });
  const finance = await visitor(browser, product);
  await finance.switchesTo(PEOPLE.finance);
  await finance.opens('accounts', accountId);
  await finance.signsIn(PEOPLE.finance);
  await seen(finance.panel.locator('.verdict')).toBeVisible({ timeout: 15_000 });
  await ofThePanel(finance);
  await finance.leaves();
  await ofTheSettings(browser);
  await ofTheName(browser);
}

async function ofThePanel({ page, panel, opens }: Visitor): Promise<void> {
  const settled = async (): Promise<void> => {
    await seen(panel.locator('main[aria-busy="false"]')).toBeVisible();
    await seen(panel.locator('.verdict').first()).toBeVisible({ timeout: 15_000 });
    await seen(panel.getByText('Still being read')).toHaveCount(0, { timeout: 30_000 });
    await page.waitForTimeout(500);
  };
  const shot = async (path: string): Promise<void> => {
    await settled();
    await page.locator('#widget').screenshot({ path });
  };
  // tall enough for all of it: the page's head stays in place when it scrolls
  await page.setViewportSize({ width: 1280, height: 1400 });
  await opens('accounts', accountId, { width: 1000, theme: 'day' });
  await shot(join(README, 'panel-1000-day.png'));
  await opens('accounts', accountId, { width: 320, theme: 'night' });
  await shot(join(README, 'panel-320-night.png'));
  await opens('deals', SHOWCASE.deals.ladder.id, { width: 480, theme: 'day' });
  await shot(join(README, 'deal-480-day.png'));
  await page.setViewportSize({ width: 1280, height: 1000 });
  await opens('accounts', accountId);
  await settled();
  await page.screenshot({ path: join(MARKETPLACE, 'account.png') });
  await opens('deals', SHOWCASE.deals.ladder.id);
  await settled();
  await page.screenshot({ path: join(MARKETPLACE, 'deal.png') });
}

/** What an administrator sees, by the name of its tab. */
const TABS = [
  ['Who sees what', 'settings-visibility.png'],
  ['Health', 'settings-health.png'],
  ['Data', 'settings-data.png'],
] as const;

/** Of a server that reads in the background, as it is soon after it was set up. */
async function ofTheSettings(browser: Browser): Promise<void> {
  const product = await startProduct({ organisation: demoOrganisation(), backgroundReads: 'on' });
  const administrator = await visitor(browser, product);
  await administrator.switchesTo(PEOPLE.ceo);
  await administrator.opensSettings({ theme: 'day' });
  await administrator.signsIn(PEOPLE.ceo);
  for (const [name, file] of TABS) {
    await administrator.panel.getByRole('tab', { name, exact: true }).click();
    const part = administrator.panel.getByRole('tabpanel', { name, exact: true });
    await seen(part.locator('h2').first()).toBeVisible();
    await seen(part.locator('.skeleton')).toHaveCount(0);
    if (name === 'Health')
      await seen(part.getByText('Everything has been read.')).toBeVisible({ timeout: 60_000 });
    await administrator.page.waitForTimeout(500);
    await administrator.page.screenshot({ path: join(MARKETPLACE, file) });
  }
  await administrator.leaves();
  await product.stop();
}

/** Logo and banner, drawn of the icon. */
async function ofTheName(browser: Browser): Promise<void> {
  const drawn = await browser.newPage();
  const icon = readFileSync(join(ROOT, 'app/widgets/icon.svg'), 'utf8');
  await drawn.setViewportSize({ width: 120, height: 120 });
  await drawn.setContent(`<style>body{margin:0}svg{display:block;width:120px}</style>${icon}`);
  await drawn.screenshot({ path: join(MARKETPLACE, 'logo-120.png'), omitBackground: true });
  await drawn.setViewportSize({ width: 960, height: 320 });
  await drawn.setContent(
    `<style>body{margin:0;height:320px;display:flex;align-items:center;gap:40px;padding:0 64px;
      background:#eef0fd;color:#202123;font:20px/1.5 Lato,system-ui,sans-serif}svg{width:120px;flex:none}
      h1{margin:0;font-size:40px;line-height:1.2}p{margin:12px 0 0;color:#434d5e}</style>
     ${icon}<div><h1>Customer 360 beside the deal</h1>
     <p>What accounting knows of a customer, next to the deal.</p></div>`,
  );
  await drawn.screenshot({ path: join(MARKETPLACE, 'banner.png') });
  await drawn.close();
}
