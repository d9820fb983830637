/** What happens in the very moment in which an install is uninstalled, kept after all, or its server stops. */
import { randomBytes } from 'node:crypto';
import { HttpResponse, http } from 'msw';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Lifecycle } from '../../server/contract/lifecycle.ts';
import type { Database } from '../../server/store/database.ts';
import { codeIn, codeOf, openWorld, type Person, type World } from '../hostile/world.ts';
import { SMALL, smallOrganisation } from '../sandbox/small-organisation.ts';
import { openMemoryDatabase } from '../support/memory-database.ts';
import { carryOnAtAnother, openAnother } from './lifecycle-world.ts';

const LIFE = '/api/v1/settings/lifecycle';
const { administrator: ADA, finance: FAY, rep: RAVI } = SMALL.users;
const REVOKE = '*/oauth/v2/token/revoke';

let world: World;
let administrator: Person;
/** Runs once, right before the first statement outside of a transaction that looks like this. */
let trap: { readonly sql: RegExp; readonly run: () => Promise<unknown> } | null = null;
beforeAll(async () => {
  const open = await openMemoryDatabase();
  const watched: Database = {
    ...open,
    query: async (sql, values) => {
      const { run } = (trap?.sql.test(sql) && trap) || {};
      if (run) trap = null;
      await run?.();
      return open.query(sql, values);
    },
  };
  world = await openWorld(smallOrganisation(), {}, undefined, watched);
  administrator = await world.install();
});
afterAll(() => world.close());
/** Each begins with an active install, its administrator signed in, and Books connected. */
beforeEach(async () => {
  world.later(60_000);
  administrator = await world.signIn(ADA, 'setup');
  if ((await view()).state !== 'active') await keep(administrator);
  await world.connectBooks(administrator.accessToken, ADA);
});

const view = async ({ accessToken: token } = administrator): Promise<Lifecycle> =>
  (await world.ask('GET', LIFE, { token })).json() as Lifecycle;
const keep = async (by: Person): Promise<void> => {
  const body = { basedOn: (await view(by)).version, to: 'active' };
  expect((await world.ask('PUT', LIFE, { token: by.accessToken, body })).statusCode).toBe(200);
};
const uninstall = async (): Promise<void> => {
  const { version: basedOn, crm } = await view();
  const body = { basedOn, confirm: crm.organisation, erase: 'later' };
  const { accessToken: token } = administrator;
  expect((await world.ask('POST', `${LIFE}/uninstall`, { token, body })).statusCode).toBe(200);
};
/** The Marketplace tells us right before such a statement. */
async function uninstalledAt(sql: RegExp): Promise<void> {
  const { pathname } = new URL((await view()).uninstallHook ?? '');
  trap = { sql, run: async () => expect((await world.ask('POST', pathname)).statusCode).toBe(200) };
}
const countOf = async (...tables: readonly string[]): Promise<readonly number[]> =>
  Promise.all(tables.map(async (name) => (await world.database.query(`select 1 from ${name}`)).length));
const tokens = async () => {
  const [row] = await world.database.query('select revoked, unconfirmed from erasures');
  return row;
};

test.each([
  ['Zoho has said who it is', /from user_grants where/],
  ['the permission is stored', /insert into access_tokens/],
])('a sign-in does not outlive an uninstalling once %s', async (_, sql) => {
  await uninstalledAt(sql);
  await expect(world.signIn(RAVI)).rejects.toThrow('sign_in.not_installed');
  await world.quiet();
  await carryOnAtAnother(world);
  expect(await countOf('sessions', 'user_grants', 'books_grants', 'access_tokens')).toEqual([0, 0, 0, 0]);
  expect(await tokens()).toMatchObject({ unconfirmed: 0 });
});

test('a code that was given before an uninstalling signs nobody in after it', async () => {
  const { tx, url, verifier } = await world.begin('setup');
  const code = codeIn(await world.ask('GET', await world.consent(url, ADA)));
  await uninstalledAt(/from installs where id = \$1/);
  const redeemed = await world.ask('POST', '/auth/redeem', { body: { tx, code, verifier } });
  expect(codeOf(redeemed)).toBe('sign_in.invalid');
  expect(await countOf('sessions')).toEqual([0]);
});

test('a consent for Books that is taken over while uninstalling connects nothing, and is ended', async () => {
  const { tx, url, verifier } = await world.beginBooks(administrator.accessToken);
  const code = codeIn(await world.ask('GET', await world.consent(url, ADA)));
  await uninstalledAt(/update pending_books_grants/);
  const body = { tx, code, verifier };
  const { accessToken: token } = administrator;
  const redeemed = await world.ask('POST', '/api/v1/settings/books/redeem', { token, body });
  expect(redeemed.statusCode).toBeGreaterThanOrEqual(400);
  await world.quiet();
  await carryOnAtAnother(world);
  expect(await countOf('books_grants', 'pending_books_grants')).toEqual([0, 0]);
  expect(await tokens()).toMatchObject({ unconfirmed: 0 });
});

test('what an administrator kept meanwhile is not ended by a sweep that was under way', async () => {
  for (const user of [RAVI, FAY]) await world.signIn(user);
  const grants = await countOf('user_grants', 'books_grants');
  let asked = 0;
  world.answerFirst(
    http.post(REVOKE, async () => {
      asked += 1;
      if (asked === 1) await keep(await world.signIn(ADA, 'setup'));
    }),
  );
  await uninstall();
  await world.quiet();
  await carryOnAtAnother(world);
  const left = await countOf('user_grants', 'books_grants');
  expect(left.reduce((sum, rows) => sum + rows)).toBe(grants.reduce((sum, rows) => sum + rows, -1));
  expect(await countOf('erasures')).toEqual([0]);
});

test('a token whose key is missing is kept until the key is back', async () => {
  let isSilent = true;
  world.answerFirst(
    http.post(REVOKE, () => (isSilent ? new HttpResponse(null, { status: 500 }) : undefined)),
  );
  await uninstall();
  await world.quiet();
  const before = await countOf('user_grants', 'books_grants');
  expect(before[1]).toBe(1);
  isSilent = false;
  const settings = { SECRET_KEYS: `other:${randomBytes(32).toString('base64')}` };
  await carryOnAtAnother(world, { settings });
  expect(await countOf('user_grants', 'books_grants')).toEqual(before);
  expect(await tokens()).toEqual({ revoked: 0, unconfirmed: 0 });
  await carryOnAtAnother(world);
  expect(await countOf('user_grants', 'books_grants')).toEqual([0, 0]);
  expect(await tokens()).toEqual({ revoked: before.reduce((sum, rows) => sum + rows), unconfirmed: 0 });
});

test('a token whose key stays missing is erased after an hour, and does not count as ended', async () => {
  world.answerFirst(http.post(REVOKE, () => new HttpResponse(null, { status: 500 }), { once: true }));
  await uninstall();
  await world.quiet();
  expect(await countOf('user_grants', 'books_grants')).toEqual([0, 1]);
  const settings = { SECRET_KEYS: `other:${randomBytes(32).toString('base64')}` };
  world.later(3_600_001);
  await carryOnAtAnother(world, { settings });
  expect(await countOf('user_grants', 'books_grants')).toEqual([0, 0]);
  expect(await tokens()).toMatchObject({ unconfirmed: 1 });
});

test('a server that stops ends no further token, and leaves the others to the next', async () => {
  for (const user of [RAVI, FAY]) await world.signIn(user);
  let state: 'silent' | 'slow' | 'good' = 'silent';
  let asked = 0;
  let begin = (): void => undefined;
  let answer = (): void => undefined;
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  world.answerFirst(
    http.post(REVOKE, async () => {
      if (state === 'silent') return new HttpResponse(null, { status: 500 });
      asked += 1;
      begin();
      if (state === 'slow') await answered;
      return undefined;
    }),
  );
  await uninstall();
  await world.quiet();
  const left = (await countOf('user_grants', 'books_grants')).reduce((sum, rows) => sum + rows);
  state = 'slow';
  const stopping = new AbortController();
  const server = await openAnother(world, { stopping: stopping.signal });
  await begun;
  stopping.abort();
  answer();
  await server.close();
  expect(asked).toBe(1);
  expect(await tokens()).toEqual({ revoked: 1, unconfirmed: 0 });
  state = 'good';
  await carryOnAtAnother(world);
  expect(await tokens()).toEqual({ revoked: left, unconfirmed: 0 });
});
