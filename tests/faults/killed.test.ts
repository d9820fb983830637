import { afterAll, describe, expect, test } from 'vitest';
import { killedServers } from '../support/killed-servers.ts';
import { startTestPostgres } from '../support/test-postgres.ts';

/** `npm run bench -- killed` kills two hundred of each. */
const SIZE = { kills: 2, customers: 4, invoicesEach: 60, withinMs: 400, seed: 3 };

const server = await startTestPostgres();
if ('unavailable' in server) console.warn(`PostgreSQL server left out: ${server.unavailable}`);
const url = 'url' in server ? server.url : undefined;
afterAll(async () => {
  if ('stop' in server) await server.stop();
});

describe('servers killed with SIGKILL while they fill and follow', () => {
  const whole = (killed: Awaited<ReturnType<typeof killedServers>>): void => {
    expect(killed.differing).toBe(0);
    expect(killed.customers).toBeGreaterThan(4);
    expect(killed.pages).toBeGreaterThan(6);
    // One page at most is read again for each server that died.
    expect(killed.pagesAskedFor).toBeLessThanOrEqual(killed.pages + killed.kills);
  };

  test('lose nothing and count nothing twice, on PGlite', async () => {
    whole(await killedServers(SIZE));
  }, 240_000);

  test.skipIf(!url)(
    '… and on PostgreSQL',
    async () => {
      whole(await killedServers({ ...SIZE, ...(url ? { url } : {}) }));
    },
    240_000,
  );
});
