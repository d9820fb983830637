/** Number 50 of the list of hostile tests the server must survive: keys that encrypt what is stored come and go. */
import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { createLogger } from '../../server/logging.ts';
import { wire } from '../../server/wire.ts';
import { SMALL } from '../sandbox/small-organisation.ts';
import { codeOf, figuresOf, fromOurPage, openWorld, type Person, type World } from './world.ts';

const ASTER = figuresOf('Accounts', SMALL.accounts.aster);
const newer = `newer:${randomBytes(32).toString('base64')}`;

let world: World;
let rep: Person;
let administrator: Person;
let older: string;
beforeAll(async () => {
  world = await openWorld();
  older = world.environment.SECRET_KEYS ?? '';
  await world.install();
  administrator = await world.signIn(SMALL.users.administrator, 'setup');
  rep = await world.signIn(SMALL.users.rep);
});
afterAll(() => world.close());

/** Another start of the server on the same database: nothing is in memory. */
async function started<Result>(
  keys: readonly string[],
  work: (app: FastifyInstance) => Promise<Result>,
  log: string[] = [],
): Promise<Result> {
  const app = await wire({
    config: readConfig({ ...world.environment, SECRET_KEYS: keys.join(',') }),
    database: world.database,
    logger: createLogger('info', { write: (line) => void log.push(line) }),
    clock: world.now,
    widgetsFolder: import.meta.dirname,
  });
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}

async function renewed(app: FastifyInstance, person: Person): Promise<Person> {
  const headers = fromOurPage(person.cookie);
  const answer = await app.inject({ method: 'POST', url: '/auth/refresh', payload: {}, headers });
  const { accessToken } = answer.json() as { accessToken: string };
  return { accessToken, cookie: String(answer.cookies[0]?.value) };
}
const seen = async (app: FastifyInstance, { accessToken }: Person, url = ASTER) =>
  app.inject({ method: 'GET', url, headers: { authorization: `Bearer ${accessToken}` } });

const keysInUse = async (): Promise<readonly string[]> =>
  (
    await world.database.query<{ key: string }>(
      `select distinct split_part(sealed, '.', 2) as key from (
         select sealed_refresh_token as sealed from user_grants union all
         select sealed_refresh_token from books_grants union all
         select sealed_private_jwk from signing_keys) as everything order by key`,
    )
  ).map(({ key }) => key);

describe('the key that encrypts what is stored', () => {
  test('50: while it is missing nobody is let in, Books asks to be connected again, and nothing is lost', async () => {
    await started([newer], async (app) => {
      expect(codeOf(await seen(app, rep))).toBe('session.ended');
      expect(codeOf(await seen(app, administrator, '/api/v1/settings'))).toBe('session.ended');
    });
    await started([older], async (app) => {
      expect((await seen(app, rep)).statusCode).toBe(200);
    });
  });

  test('gives way to a new one without anybody noticing', async () => {
    expect(await keysInUse()).toEqual(['test']);
    await started([newer, older], async (app) => {
      expect((await seen(app, rep)).statusCode).toBe(200);
      rep = await renewed(app, rep);
    });
    expect(await keysInUse()).toEqual(['newer']);
    await started([newer], async (app) => {
      expect((await seen(app, rep)).statusCode).toBe(200);
      rep = await renewed(app, rep);
      administrator = await renewed(app, administrator);
      const settings = await seen(app, administrator, '/api/v1/settings');
      expect(settings.json()).toMatchObject({ books: { state: 'connected' } });
    });
  });

  test('gives way also where another server went on with it, while this one runs; the log says when it may go', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const lines: string[] = [];
    const told = () => lines.filter((line) => line.includes('no secret waits for an older key'));
    try {
      await started(
        [newer, older],
        async () => {
          await vi.waitFor(() => expect(told()).toHaveLength(1));
          // as the other one does, which puts the older key first still
          await started([older, newer], async () => undefined);
          expect(await keysInUse()).toEqual(['test']);
          vi.advanceTimersByTime(10 * 60_000);
          await vi.waitFor(() => expect(told()).toHaveLength(2));
          expect(await keysInUse()).toEqual(['newer']);
          expect(JSON.parse(told()[1] ?? '')).toMatchObject({ unreadable: 0, waiting: {} });
        },
        lines,
      );
    } finally {
      vi.useRealTimers();
    }
  });
});
