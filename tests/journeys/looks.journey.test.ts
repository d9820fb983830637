import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoOrganisation } from '../sandbox/demo/demo-organisation.ts';
import { PEOPLE } from '../sandbox/demo/people.ts';
import { SHOWCASE } from '../sandbox/demo/showcase.ts';
import { launchBrowser } from '../support/browser.ts';
import { type Product, startProduct } from '../support/product.ts';
import { takePictures } from './pictures.ts';
import { seen } from './seen.ts';
import { type Visitor, visitor } from './visitor.ts';

let browser: Browser;
let product: Product;
let finance: Visitor;

const { needsApproval, everyBucket, hebrew, nameMatchOnly, noTransactions, doesNotReconcile, twoCurrencies } =
  SHOWCASE.accounts;
const WIDTHS = [320, 480, 1000] as const;
const THEMES = ['day', 'night'] as const;

beforeAll(async () => {
  [browser, product] = await Promise.all([
    launchBrowser(),
    startProduct({ organisation: demoOrganisation() }),
  ]);
  finance = await visitor(browser, product);
  await finance.opens('accounts', needsApproval.accountId);
  await finance.signsIn(PEOPLE.finance);
  await seen(finance.panel.locator('.verdict')).toBeVisible();
});
afterAll(async () => {
  await finance?.leaves();
  await browser?.close();
  await product?.stop();
});

const settled = async (): Promise<void> => {
  await seen(finance.panel.locator('main[aria-busy="false"]')).toBeVisible();
  await seen(finance.panel.locator('.verdict, .standing').first()).toBeVisible({ timeout: 15_000 });
};

/** Opened in the real page; the gallery shows every other state where there is least room, and most by night. */
const accessible = async (what: string): Promise<void> => {
  await settled();
  expect(await finance.faults(), what).toEqual([]);
  expect(await overflow(), what).toBe(0);
};

describe.each(WIDTHS)('at %i px', (width) => {
  it.each(THEMES)('in the %s theme nothing is inaccessible and nothing scrolls sideways', async (theme) => {
    await finance.opens('accounts', needsApproval.accountId, { width, theme });
    await accessible('account');
    await finance.opens('deals', SHOWCASE.deals.overInvoiced.id, { width, theme });
    await accessible('deal');
  });
});

it('what an account may look like is accessible where there is least room', async () => {
  for (const { accountId } of [
    everyBucket,
    hebrew,
    nameMatchOnly,
    noTransactions,
    doesNotReconcile,
    twoCurrencies,
  ]) {
    await finance.opens('accounts', accountId, { width: 320 });
    await accessible(accountId);
  }
});

it('verdict, figures and ageing fit in 400 px of height at 300 px width', async () => {
  await finance.opens('accounts', needsApproval.accountId, { width: 300 });
  await settled();
  const ageing = finance.panel.locator('.ageing');
  const box = await ageing.boundingBox();
  const frame = await finance.page.locator('#widget').boundingBox();
  expect((box?.y ?? 0) + (box?.height ?? 0) - (frame?.y ?? 0)).toBeLessThanOrEqual(400);
});

it('nothing jumps from the skeleton to the figures: layout shift at most 0.02', async () => {
  const shifts: number[] = [];
  for (const width of WIDTHS) {
    await finance.page.addInitScript(() => {
      const kept = window as Window & { shifted?: number };
      kept.shifted = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
          kept.shifted = (kept.shifted ?? 0) + (entry as PerformanceEntry & { value: number }).value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await finance.opens('accounts', needsApproval.accountId, { width });
    await settled();
    await finance.page.waitForTimeout(600);
    const widget = finance.page.frames().find((frame) => frame.url().includes('/widgets/'));
    shifts.push(
      await (widget?.evaluate(() => (window as Window & { shifted?: number }).shifted ?? Number.NaN) ??
        Number.NaN),
    );
  }
  for (const shift of shifts) expect(shift).toBeLessThanOrEqual(0.02);
});

it('the whole panel is reached by keyboard, in reading order, with a visible focus', async () => {
  await finance.opens('accounts', needsApproval.accountId, { width: 480 });
  await settled();
  const widget = finance.page.frames().find((frame) => frame.url().includes('/widgets/'));
  const controls = await finance.panel.locator('button:visible, a[href]:visible, select:visible').count();
  await widget?.evaluate(() =>
    (document.querySelector('main') as HTMLElement).querySelector<HTMLElement>('button, a[href]')?.focus(),
  );
  const tops: number[] = [];
  for (let step = 0; step < controls; step += 1) {
    const at = await widget?.evaluate(() => {
      const focused = document.activeElement as HTMLElement;
      const { outlineStyle, outlineWidth } = getComputedStyle(focused);
      return {
        tag: focused.tagName,
        top: focused.getBoundingClientRect().top,
        ring: outlineStyle !== 'none' && outlineWidth !== '0px',
      };
    });
    expect(at?.tag).not.toBe('BODY');
    expect(at?.ring, `focus ring of control ${step}`).toBe(true);
    tops.push(at?.top ?? 0);
    await finance.page.keyboard.press('Tab');
  }
  expect(tops.length).toBeGreaterThan(8);
  const firstHalf = tops.slice(0, 4).reduce((sum, top) => sum + top, 0);
  expect(firstHalf).toBeLessThan(tops.slice(-4).reduce((sum, top) => sum + top, 0));
});

it('an explanation opens by keyboard and Escape closes it and gives the focus back', async () => {
  await finance.opens('accounts', needsApproval.accountId, { width: 480 });
  await settled();
  const about = finance.panel.getByRole('button', { name: 'About Overdue' });
  await about.focus();
  await finance.page.keyboard.press('Enter');
  await seen(finance.panel.getByText(/Due today is not overdue/)).toBeVisible();
  await finance.page.keyboard.press('Escape');
  await seen(finance.panel.getByText(/Due today is not overdue/)).toBeHidden();
  await seen(about).toBeFocused();
});

it('nothing complained on the way', () => {
  expect(finance.complaints).toEqual([]);
});

// Only when asked for: a test run leaves the work tree alone.
if (process.env.PICTURES)
  it('pictures', async () => {
    await takePictures({ browser, product });
  }, 400_000);

async function overflow(): Promise<number> {
  const widget = finance.page.frames().find((frame) => frame.url().includes('/widgets/'));
  return (
    (await widget?.evaluate(() =>
      Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth),
    )) ?? Number.NaN
  );
}
