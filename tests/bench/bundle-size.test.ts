import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { ROOT, runBinary } from '../support/run.ts';
import { importersOfEntries, panelBundleSize, panelSizeUntilFigures } from './bundle-size.ts';

beforeAll(async () => {
  if (!existsSync(join(ROOT, 'dist/app'))) await runBinary('vite', 'vite', ['build', '--logLevel', 'warn']);
});

it('what the panel’s page names stays within 85 KB gzip', () => {
  const { js, css, total } = panelBundleSize();
  expect(js).toBeGreaterThan(60_000); // React is in it: nothing was left out of the count
  expect(css).toBeGreaterThan(1_000);
  expect(total).toBeLessThanOrEqual(85_000);
});

it('what has arrived when figures show, screen and words included, stays within 113 KB gzip', () => {
  const { total } = panelSizeUntilFigures();
  expect(total).toBeGreaterThan(panelBundleSize().total);
  expect(total).toBeLessThanOrEqual(113_000);
});

it('no part imports the entry of a page, which would start that page’s screen a second time over this one', () => {
  expect(importersOfEntries()).toEqual([]);
});
