/** Numbers are those of the list of hostile tests the server must survive: 47 and 50–52. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { SMALL } from '../sandbox/small-organisation.ts';
import { codeOf, figuresOf, openWorld, type Person, refresh, type World } from './world.ts';

const ASTER = figuresOf('Accounts', SMALL.accounts.aster);

let world: World;
let administrator: Person;
let rep: Person;
beforeAll(async () => {
  world = await openWorld();
  administrator = await world.install();
  rep = await world.signIn(SMALL.users.rep);
});
afterAll(() => world.close());

describe('secrets', () => {
  test('47: twenty questions after a token has run out make one new token', async () => {
    const person = await world.signIn(SMALL.users.rep);
    expect((await world.ask('GET', ASTER, { token: person.accessToken })).statusCode).toBe(200);
    world.later(3_600_000);
    const again = await refresh(world, person.cookie);
    const { accessToken } = again.json() as { accessToken: string };
    world.zoho.exchanges.reset();
    world.zoho.scenario.latencyMs = 5;
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        world.ask('GET', at % 2 ? ASTER : figuresOf('Deals', SMALL.deals.fitOut), { token: accessToken }),
      ),
    );
    world.zoho.scenario.latencyMs = 0;
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(answers.map(() => 200));
    const refreshed = world.zoho.exchanges
      .list('accounts')
      .filter(({ requestBody }) => requestBody.includes('grant_type=refresh_token'));
    const perToken = new Set(
      refreshed.map(({ requestBody }) => new URLSearchParams(requestBody).get('refresh_token')),
    );
    expect(refreshed).toHaveLength(perToken.size); // one for the person, one for Books
    expect(perToken.size).toBeLessThanOrEqual(2);
  });

  test('50: a sealed token moved to another row, or damaged, opens nowhere', async () => {
    const person = await world.signIn(SMALL.users.finance);
    const sealedOf = async (userId: string): Promise<string> => {
      const [row] = await world.database.query<{ sealed: string }>(
        'select sealed_refresh_token as sealed from user_grants where crm_user_id = $1',
        [userId],
      );
      return row?.sealed ?? '';
    };
    const swapped = await sealedOf(SMALL.users.administrator);
    await world.database.query('update user_grants set sealed_refresh_token = $1 where crm_user_id = $2', [
      swapped,
      SMALL.users.finance,
    ]);
    world.later(3_600_000);
    const answer = await refresh(world, person.cookie);
    const { accessToken } = answer.json() as { accessToken: string };
    expect(codeOf(await world.ask('GET', ASTER, { token: accessToken }))).toBe('session.ended');
    expect(await sealedOf(SMALL.users.finance)).toBe('');
    const anew = await world.signIn(SMALL.users.finance);
    expect((await world.ask('GET', ASTER, { token: anew.accessToken })).statusCode).toBe(200);
  });

  test('50: a Books token that no longer opens asks an administrator to connect again', async () => {
    const admin = await world.signIn(SMALL.users.administrator, 'setup');
    const [row] = await world.database.query<{ sealed: string }>(
      'select sealed_refresh_token as sealed from books_grants',
    );
    const sealed = row?.sealed ?? '';
    await world.database.query('update books_grants set sealed_refresh_token = $1', [
      sealed.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    ]);
    const settings = (await world.ask('GET', '/api/v1/settings', { token: admin.accessToken })).json() as {
      books: unknown;
    };
    expect(settings.books).toEqual({ state: 'reconnect', reason: 'unreadable' });
    await world.database.query('update books_grants set sealed_refresh_token = $1', [sealed]);
  });

  test('51: neither the database nor the logs hold a token, a code or a secret in clear', async () => {
    const secrets = new Set<string>([
      administrator.accessToken,
      administrator.cookie,
      rep.accessToken,
      rep.cookie,
      'client-secret-canary',
    ]);
    for (const { responseBody, url } of world.zoho.exchanges.list('accounts')) {
      for (const [token] of responseBody.matchAll(/1000\.[0-9a-f]{32}\.[0-9a-f]{32}/g)) secrets.add(token);
      const code = new URL(url).searchParams.get('code');
      if (code) secrets.add(code);
    }
    for (const { requestBody } of world.zoho.exchanges.list('accounts')) {
      for (const [token] of requestBody.matchAll(/1000\.[0-9a-f]{32}\.[0-9a-f]{32}/g)) secrets.add(token);
    }
    expect(secrets.size).toBeGreaterThan(5);
    const tables = await world.database.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'public'",
    );
    const dumps = await Promise.all(
      tables.map(async ({ name }) => JSON.stringify(await world.database.query(`select * from ${name}`))),
    );
    const everything = dumps.join('\n') + world.logs();
    for (const secret of secrets) expect(everything.includes(secret)).toBe(false);
  });

  test('52: the production server has no stand-in of Zoho but one on this machine', () => {
    const production = {
      PUBLIC_URL: 'https://c360.example.com',
      ZOHO_CLIENT_ID: 'a',
      ZOHO_CLIENT_SECRET: 'b',
      SECRET_KEYS: `k:${randomBytes(32).toString('base64')}`,
    };
    expect(readConfig(production).dataCentres.some(({ location }) => location === 'local')).toBe(false);
    expect(() => readConfig({ ...production, ZOHO_LOCAL_URL: 'http://zoho-stub.internal:3601' })).toThrow(
      /ZOHO_LOCAL_URL/,
    );
  });
});
