/** Two servers on one database: what they must not do twice, and what one learns from the other. */
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { createLogger } from '../../server/logging.ts';
import { wire } from '../../server/wire.ts';
import { SMALL } from '../sandbox/small-organisation.ts';
import { codeOf, figuresOf, openWorld, type Person, refresh, type World } from './world.ts';

const ASTER = figuresOf('Accounts', SMALL.accounts.aster);
const FIT_OUT = figuresOf('Deals', SMALL.deals.fitOut);

let world: World;
let other: FastifyInstance;
let rep: Person;
beforeAll(async () => {
  world = await openWorld();
  await world.install();
  rep = await world.signIn(SMALL.users.rep);
  other = await wire({
    config: readConfig(world.environment),
    database: world.database,
    logger: createLogger('silent'),
    clock: world.now,
    widgetsFolder: new URL('../../dist/app/widgets', import.meta.url).pathname,
  });
});
afterAll(async () => {
  await other.close();
  await world.close();
});

const askOther = (path: string, token: string) =>
  other.inject({ method: 'GET', url: path, headers: { authorization: `Bearer ${token}` } });

/** Refresh tokens that were used since the exchanges were last forgotten. */
const refreshes = (): readonly (string | null)[] =>
  world.zoho.exchanges
    .list('accounts')
    .filter(({ requestBody }) => requestBody.includes('grant_type=refresh_token'))
    .map(({ requestBody }) => new URLSearchParams(requestBody).get('refresh_token'));

describe('two servers on one database', () => {
  test('a sign-in at one serves at the other, with the same tokens at Zoho', async () => {
    world.zoho.exchanges.reset();
    expect((await askOther(ASTER, rep.accessToken)).statusCode).toBe(200);
    expect(refreshes()).toEqual([]);
  });

  test('47: questions at both after the tokens have run out make one new token each', async () => {
    world.later(3_600_000);
    const { accessToken } = (await refresh(world, rep.cookie)).json() as { accessToken: string };
    world.zoho.exchanges.reset();
    world.zoho.scenario.latencyMs = 20;
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) => {
        const path = at % 4 < 2 ? ASTER : FIT_OUT;
        return at % 2 ? askOther(path, accessToken) : world.ask('GET', path, { token: accessToken });
      }),
    );
    world.zoho.scenario.latencyMs = 0;
    expect(answers.map(codeOf)).toEqual(answers.map(() => 200));
    const used = refreshes();
    expect(used.length).toBeGreaterThan(0);
    expect(used).toHaveLength(new Set(used).size); // the person's, and that of Books
  });

  test('calls to Books of both are in one budget', async () => {
    const [row] = await world.database.query<{ budget: { today: Record<string, number> } }>(
      'select budget from books_budgets',
    );
    const asked = world.zoho.exchanges.list('books').length;
    expect(asked).toBeGreaterThan(0);
    expect(
      Object.values(row?.budget.today ?? {}).reduce((sum, calls) => sum + calls, 0),
    ).toBeGreaterThanOrEqual(asked);
  });
});
