import type { FrameLocator, Locator, Page } from '@playwright/test';
import { expect } from 'vitest';
import { seen } from './seen.ts';
import type { Visitor } from './visitor.ts';

/** What setting up costs a person. */
interface Cost {
  clicks: number;
  /** Steps and choices made by keyboard alone. */
  keys: number;
  /** Pages that were loaded, in windows of their own or not. */
  pages: number;
}

/** An administrator in the wizard, with a count of what they had to do. */
interface Walk {
  readonly cost: Cost;
  click(what: Locator): Promise<void>;
  /** Goes to it by the Tab key, and presses it. */
  press(what: Locator): Promise<void>;
  /** From the button that opens the window to its end, as this person. */
  consents(button: Locator, name: string): Promise<void>;
  /** The step is open, without faults; a picture of it where pictures are wanted. */
  isAt(step: string): Promise<void>;
}

const MOST_TABS = 40;
/** A step is saved before the next one opens, and a busy machine takes its time. */
const PATIENT = { timeout: 20_000 };

/** @param pictures folder for pictures of every step; empty: none are taken */
export function wizardWalk({ page, panel, faults }: Visitor, pictures: string): Walk {
  const cost: Cost = { clicks: 0, keys: 0, pages: 0 };
  page.context().on('response', (response) => {
    // widgets are parts of a page; a redirect is none
    const isPage = response.request().resourceType() === 'document' && response.status() === 200;
    if (isPage && !new URL(response.url()).pathname.startsWith('/widgets/')) cost.pages += 1;
  });

  const click = async (what: Locator): Promise<void> => {
    await what.click();
    cost.clicks += 1;
  };
  return {
    cost,
    click,

    async press(what) {
      await seen(what).toBeVisible();
      for (let tabs = 0; !(await hasFocus(what)); tabs += 1) {
        if (tabs === MOST_TABS) throw new Error('The Tab key does not get there');
        await page.keyboard.press('Tab');
        cost.keys += 1;
      }
      await page.keyboard.press('Enter');
      cost.keys += 1;
    },

    async consents(button, name) {
      const [popup] = await Promise.all([page.waitForEvent('popup'), click(button)]);
      await click(popup.getByRole('link', { name: /continue to zoho/i }));
      const closed = popup.waitForEvent('close');
      await click(popup.getByRole('button', { name: new RegExp(name) }));
      await closed;
    },

    async isAt(step) {
      await seen(panel.getByRole('heading', { level: 2, name: step })).toBeVisible(PATIENT);
      await seen(panel.locator('[aria-current="step"]')).toContainText(step);
      await seen(panel.locator('.skeleton')).toHaveCount(0, PATIENT);
      expect(await faults(), step).toEqual([]);
      if (pictures !== '') await picture(page, panel, `${pictures}/${step.replaceAll(/\W+/g, '-')}`);
    },
  };
}

const hasFocus = (what: Locator): Promise<boolean> =>
  what.evaluate((element) => element === element.ownerDocument.activeElement);

/** Wide and narrow, day and night. */
async function picture(page: Page, panel: FrameLocator, path: string): Promise<void> {
  const root = panel.locator('html');
  const before = page.viewportSize();
  const theme = await root.getAttribute('data-theme');
  for (const width of [1280, 520])
    for (const shown of ['day', 'night']) {
      await page.setViewportSize({ width, height: 1400 });
      await root.evaluate((html, to) => html.setAttribute('data-theme', to), shown);
      await page.locator('#widget').screenshot({ path: `${path}-${width}-${shown}.png` });
    }
  if (before) await page.setViewportSize(before);
  await root.evaluate((html, to) => html.setAttribute('data-theme', to), theme ?? 'day');
}
