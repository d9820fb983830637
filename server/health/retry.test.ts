import { afterAll, beforeAll, expect, test } from 'vitest';
import { smallOrganisation } from '../../tests/sandbox/small-organisation.ts';
import { type LedgerWorld, openLedgerWorld } from '../../tests/support/ledger-world.ts';
import { keyOf } from '../ledger/key.ts';
import type { Database } from '../store/database.ts';
import { ledgerProgress } from '../store/ledger-progress.ts';
import { openPglite } from '../store/pglite.ts';
import { createRetry } from './retry.ts';

let database: Database;
let world: LedgerWorld;
beforeAll(async () => {
  database = await openPglite('memory');
  world = await openLedgerWorld(smallOrganisation(), database);
});
afterAll(async () => {
  await world.close();
  await database.close();
});

test('the server that follows tries again at once, whichever one was asked', async () => {
  const [following, asked] = [world.server(), world.server()];
  world.zoho.scenario.add({ match: { service: 'books' }, answer: 'http_502' });
  await following.worker.tick(world.install);
  world.zoho.scenario.clear();
  expect(world.troubles).toHaveLength(1);
  world.calls();
  // it rests, and the other one has no lease
  await following.worker.tick(world.install);
  await asked.worker.tick(world.install);
  expect(world.calls()).toEqual([]);

  const told: string[] = [];
  const retry = createRetry({
    database,
    clock: world.now,
    audit: { write: async (_install, { action }) => void told.push(action) },
    worker: asked.worker,
    onTrouble: (trouble) => world.troubles.push(trouble),
  });
  const caller = { install: world.install, crmUserId: '1', amr: 'zoho-oauth' } as const;
  await retry(caller);
  await following.worker.tick(world.install);
  expect(world.calls().length).toBeGreaterThanOrEqual(7);
  expect((await ledgerProgress(database, keyOf(world.install))).followedTo).toEqual(world.now());
  expect(told).toEqual(['health.retried']);

  await expect(retry(caller)).rejects.toMatchObject({ code: 'health.too_soon' });
  await following.worker.stop();
  await asked.worker.stop();
});
