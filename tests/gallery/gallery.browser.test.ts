import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { GALLERY_STATES } from './gallery-states.ts';
import { type Gallery, openGallery } from './open-gallery.ts';

let gallery: Gallery;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  [gallery, browser] = await Promise.all([openGallery(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await gallery?.close();
});
beforeEach(async () => {
  page = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
  complaints.length = 0;
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', ({ message }) => complaints.push(message));
});
afterEach(async () => page.context().close());

async function show(state: string, { width, ...choice }: { width: number; theme?: string; locale?: string }) {
  await page.setViewportSize({ width, height: 800 });
  await page.goto(`${gallery.url}?${new URLSearchParams({ locale: 'en', ...choice, state })}`);
  await page.locator('main').waitFor();
}

/** All states below one another, each in a frame of this width. */
async function showAll({ width, theme }: { width: number; theme: string }): Promise<void> {
  await page.setViewportSize({ width: width + 40, height: 800 });
  await page.goto(`${gallery.url}?${new URLSearchParams({ locale: 'en', theme, width: String(width) })}`);
  await page.locator('[data-state]').last().waitFor();
}

/** Rules about what a state looks like; all others are about names and roles, which neither width nor theme changes. */
const LOOKS = ['color-contrast', 'target-size', 'scrollable-region-focusable', 'link-in-text-block'];

/** What axe finds, each with the state it is in. */
async function faults(rules: 'all' | 'looks'): Promise<readonly string[]> {
  // without the list of all that is right, which takes longer to carry over than to find
  const axe = new AxeBuilder({ page }).options({
    resultTypes: ['violations'],
    ...(rules === 'looks' ? { runOnly: LOOKS } : {}),
  });
  const { violations } = await axe.analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => ({ id, target: String(target[0]) })),
  );
  return page.evaluate(
    (all) =>
      all.map(({ id, target }) => {
        const state = document.querySelector(target)?.closest('[data-state]')?.getAttribute('data-state');
        return `${state}: ${id} at ${target}`;
      }),
    found,
  );
}

const tooWide = (): Promise<readonly (string | null)[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('.gallery-frame')]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map((frame) => frame.closest('[data-state]')?.getAttribute('data-state') ?? null),
  );

const overflow = (): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
const bottomOf = (part: string): Promise<number> =>
  page.locator(part).evaluate((element) => element.getBoundingClientRect().bottom);
const places = (parts: readonly string[]): Promise<number[]> =>
  Promise.all(
    parts.map((part) =>
      page.locator(part).evaluate((element) => Math.round(element.getBoundingClientRect().top)),
    ),
  );

describe('every state', () => {
  // Room does not depend on the theme, nor colours on the room; `tests/journeys/looks` has the panel in all of them.
  it.each([
    ['day', 320],
    ['night', 1000],
  ] as const)('in the %s theme at %i px is accessible and scrolls nowhere sideways', async (theme, width) => {
    await showAll({ width, theme });
    expect(await page.locator('[data-state]').count()).toBe(GALLERY_STATES.length);
    expect(await faults(theme === 'day' && width === 320 ? 'all' : 'looks')).toEqual([]);
    expect(await tooWide()).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

it('every state scrolls nowhere sideways at 480 px either', async () => {
  await showAll({ width: 480, theme: 'day' });
  expect(await tooWide()).toEqual([]);
  expect(complaints).toEqual([]);
});

describe('the panel of a customer', () => {
  it('shows verdict, figures and ageing within 400 px of height at 300 px of width', async () => {
    await show('fresh', { width: 300 });
    expect(await bottomOf('.ageing')).toBeLessThanOrEqual(400);
  });

  it.each([
    [320, 'loading', 'fresh'],
    [480, 'loading', 'fresh'],
    [1000, 'loading', 'fresh'],
    [320, 'loading a deal', 'a deal'],
    [1000, 'loading a deal', 'a deal'],
  ])('at %i px stands where its skeleton (%s) stood', async (width, skeleton, figures) => {
    const parts = ['.verdict', '.figures', '.ageing', '.documents'];
    await show(skeleton, { width });
    const before = await places(parts);
    await show(figures, { width });
    expect(await places(parts)).toEqual(before);
  });

  it.each(['de', 'ar'])('keeps within 300 px in %s', async (locale) => {
    for (const state of ['a deal', 'restricted, sales on a deal', 'large amounts in yen', 'not signed in']) {
      await show(state, { width: 300, locale });
      expect(await overflow(), state).toBeLessThanOrEqual(0);
    }
  });

  it('explains a figure by keyboard; Escape closes and gives the focus back', async () => {
    await show('fresh', { width: 320 });
    const button = page.getByRole('button', { name: 'About Overdue' });
    const explanation = page.getByText('Due today is not overdue');
    await button.focus();
    await page.keyboard.press('Enter');
    expect(await explanation.isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await explanation.isVisible()).toBe(false);
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('has the order of reading: the deal and its links, verdict, figures, ageing, documents, source', async () => {
    await show('a deal', { width: 1000 });
    const names = await page
      .locator('.layout > *')
      .evaluateAll((parts) => parts.map(({ className }) => className.split(' ')[0]));
    expect(names).toEqual([
      'ladder',
      'deal-links-place',
      'verdict',
      'figures',
      'ageing',
      'documents',
      'footer',
    ]);
  });
});
