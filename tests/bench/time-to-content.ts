import type { Page } from '@playwright/test';
import { visitor } from '../journeys/visitor.ts';
import { PEOPLE } from '../sandbox/demo/people.ts';
import { launchBrowser } from '../support/browser.ts';
import type { Product } from '../support/product.ts';

const ROUNDS = 15;

/** Our verdict itself, not its place in the skeleton; the plain page marks its own. */
const CONTENT = '.verdict strong, [data-content]';

/**
 * Notes when an element with `data-content` or the verdict is first on the screen, in the frame's own time, counted from the page's first byte:
 * a page the test puts in place comes by another road than one the server sends.
 */
const STOPWATCH = `
  addEventListener('DOMContentLoaded', () => {
    const look = () => {
      if (document.querySelector('${CONTENT}')) window.contentAt = performance.now() - performance.getEntriesByType('navigation')[0].responseStart;
      else requestAnimationFrame(look);
    };
    look();
  });
`;

/**
 * The same calls and nothing else: SDK, session, figures, text. The SDK is written into the page, because a page the
 * test puts in place may not fetch scripts from this machine: one request less than ours.
 */
const plain = (
  sdk: string,
): string => `<!doctype html><meta charset="utf-8"><title>Plain</title><p id="out"></p>
<script>${sdk}</script><script>
  const refresh = fetch('/auth/refresh', { method: 'POST', headers: { 'content-type': 'application/json', 'x-customer-360': '1' }, body: '{}' }).then((r) => r.json());
  const record = new Promise((done) => { ZOHO.embeddedApp.on('PageLoad', done); });
  ZOHO.embeddedApp.init();
  Promise.all([refresh, record]).then(async ([session, { Entity, EntityId }]) => {
    const answer = await fetch('/api/v1/records/' + Entity + '/' + EntityId + '/customer-360', { headers: { authorization: 'Bearer ' + session.accessToken } });
    const { figures } = await answer.json();
    const out = document.getElementById('out');
    out.textContent = figures.verdict.grade;
    out.dataset.content = 'yes';
  });
</script>`;

/** Milliseconds from the widget page's first byte to its content, ours and the plain page's, in turn within one run. */
export async function timeToContent(
  product: Product,
  accountId: string,
): Promise<Record<'ours' | 'plain' | 'ratio', { median: number; min: number; max: number }>> {
  const browser = await launchBrowser();
  try {
    const rep = await visitor(browser, product);
    await rep.page.addInitScript(STOPWATCH);
    await rep.opens('accounts', accountId);
    await rep.signsIn(PEOPLE.rep);
    await rep.panel.locator('.verdict').waitFor();

    const sdk = await (await fetch(`${product.crm}/sdk/ZohoEmbededAppSDK.min.js`)).text();
    // Both pages go through the same interception, which costs both the same.
    let body: string | null = null;
    await rep.page.route('**/widgets/panel.html*', (route) =>
      body === null ? route.continue() : route.fulfill({ contentType: 'text/html', body }),
    );
    const timed = async (page: string | null): Promise<number> => {
      body = page;
      await rep.opens('accounts', accountId);
      return contentAt(rep.page);
    };
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < ROUNDS + 2; round += 1) {
      const own = await timed(null);
      const other = await timed(plain(sdk));
      if (round < 2) continue; // the browser's own caches warm up
      ours.push(own);
      theirs.push(other);
    }
    return {
      ours: spread(ours),
      plain: spread(theirs),
      ratio: spread(ours.map((own, at) => own / (theirs[at] ?? Number.NaN))),
    };
  } finally {
    await browser.close();
  }
}

async function contentAt(page: Page): Promise<number> {
  await page.frameLocator('#widget').locator(CONTENT).first().waitFor();
  const frame = page.frames().find((one) => one.url().includes('/widgets/'));
  for (let tries = 0; tries < 100; tries += 1) {
    const at = await frame?.evaluate(() => (window as Window & { contentAt?: number }).contentAt); // safe because the stopwatch sets it
    if (at !== undefined) return at;
  }
  throw new Error('The stopwatch did not run');
}

function spread(values: readonly number[]): { median: number; min: number; max: number } {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number): number => Math.round((sorted[index] ?? Number.NaN) * 100) / 100;
  return { median: at(Math.floor(sorted.length / 2)), min: at(0), max: at(sorted.length - 1) };
}
