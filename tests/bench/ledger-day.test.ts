/** A short day of few customers; the whole one is `npm run bench -- day`. */
import { expect, test } from 'vitest';
import { ledgerDay } from './ledger-day.ts';

test('through a day without webhooks what is shown is what a full read gives, and no change is missed for long', async () => {
  const day = await ledgerDay({ customers: 12, views: 240, comparisons: 60 }, false);
  // Some customers have a change on its way just then.
  expect(day.compared).toBeGreaterThan(40);
  expect(day.unequal).toBe(0);
  expect(day.staleP99).toBeLessThanOrEqual(600);
  // Passes over the whole organisation cost the same however few look; half of the smallest plan's calls.
  expect(day.ours).toBeLessThan(1_000);
}, 120_000);
