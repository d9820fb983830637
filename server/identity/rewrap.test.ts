import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openMemoryDatabase } from '../../tests/support/memory-database.ts';
import type { Database } from '../store/database.ts';
import { rewrapSecrets } from './rewrap.ts';
import { createSealedSecrets, type SealedSecrets } from './sealed-secret.ts';

const INSTALL = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa';
const older = { id: 'older', key: randomBytes(32) };
const newer = { id: 'newer', key: randomBytes(32) };
const alone = { older: createSealedSecrets([older]), newer: createSealedSecrets([newer]) };
const both = createSealedSecrets([newer, older]);

let database: Database;
beforeAll(async () => {
  database = await openMemoryDatabase();
  await database.query(
    `insert into installs (id, data_centre, zgid, crm_organisation_id, crm_organisation_name, crm_currency, created_at)
     values ($1, 'eu', '1', '2', 'Org', 'EUR', now())`,
    [INSTALL],
  );
});
afterAll(() => database.close());
beforeEach(async () => {
  for (const table of ['user_grants', 'books_grants', 'signing_keys'])
    await database.query(`delete from ${table}`);
});

const placeOf = (userId: string) => ({
  table: 'user_grants',
  column: 'sealed_refresh_token',
  iid: INSTALL,
  rowId: userId,
});
async function grant(userId: string, secrets: SealedSecrets): Promise<void> {
  await database.query(
    `insert into user_grants (install_id, crm_user_id, sealed_refresh_token, scopes, granted_at)
     values ($1, $2, $3, '{}', now())`,
    [INSTALL, userId, secrets.seal(`token of ${userId}`, placeOf(userId))],
  );
}
const sealed = async (userId: string): Promise<string> =>
  (
    await database.query<{ sealed: string }>(
      'select sealed_refresh_token as sealed from user_grants where crm_user_id = $1',
      [userId],
    )
  )[0]?.sealed ?? '';

test('everything an older key wraps opens with the newest alone afterwards, in more than one go', async () => {
  for (let nth = 0; nth < 120; nth += 1) await grant(String(nth), nth % 10 ? alone.older : alone.newer);
  expect(await rewrapSecrets({ database, secrets: both })).toEqual({
    rewrapped: 108,
    unreadable: 0,
    waiting: {},
  });
  for (const userId of ['0', '1', '59', '119'])
    expect(alone.newer.open(await sealed(userId), placeOf(userId))).toBe(`token of ${userId}`);
  expect(await rewrapSecrets({ database, secrets: both })).toEqual({
    rewrapped: 0,
    unreadable: 0,
    waiting: {},
  });
});

test('two servers at once do each row once', async () => {
  for (let nth = 0; nth < 20; nth += 1) await grant(String(nth), alone.older);
  const done = await Promise.all([1, 2].map(() => rewrapSecrets({ database, secrets: both })));
  expect(done.reduce((sum, { rewrapped }) => sum + rewrapped, 0)).toBe(20);
  expect(alone.newer.open(await sealed('7'), placeOf('7'))).toBe('token of 7');
});

test('a consent that comes meanwhile is not overwritten', async () => {
  await grant('1', alone.older);
  const fresh = both.seal('a new consent', placeOf('1'));
  const racing: Database = {
    ...database,
    transaction: (work) => database.transaction(work),
    query: async (sql, values) => {
      if (sql.startsWith('update user_grants'))
        await database.query('update user_grants set sealed_refresh_token = $1', [fresh]);
      return database.query(sql, values);
    },
  };
  expect(await rewrapSecrets({ database: racing, secrets: both })).toEqual({
    rewrapped: 0,
    unreadable: 0,
    waiting: {},
  });
  expect(await sealed('1')).toBe(fresh);
});

test('what no key opens is counted by its key and left as it is', async () => {
  await grant('1', alone.older);
  await grant('2', alone.older);
  await grant('3', alone.newer);
  const before = await sealed('1');
  expect(await rewrapSecrets({ database, secrets: alone.newer })).toEqual({
    rewrapped: 0,
    unreadable: 2,
    waiting: { older: 2 },
  });
  expect(await sealed('1')).toBe(before);
});

test('the same holds for Books, for consents that wait, and for signing keys', async () => {
  const places = {
    books_grants: { column: 'sealed_refresh_token', iid: INSTALL, rowId: INSTALL },
    pending_books_grants: { column: 'sealed_refresh_token', iid: INSTALL, rowId: 'tx' },
    signing_keys: { column: 'sealed_private_jwk', iid: '-', rowId: 'kid' },
  } as const;
  const sealedAs = (table: keyof typeof places): string =>
    alone.older.seal(table, { table, ...places[table] });
  await database.query(
    'insert into books_grants (install_id, sealed_refresh_token, granted_at) values ($1, $2, now())',
    [INSTALL, sealedAs('books_grants')],
  );
  await database.query(
    `insert into pending_books_grants (tx, install_id, crm_user_id, challenge, code_hash, code_expires_at, sealed_refresh_token)
     values ('tx', $1, '1', 'c', 'h', now(), $2)`,
    [INSTALL, sealedAs('pending_books_grants')],
  );
  await database.query(
    "insert into signing_keys (kid, public_jwk, sealed_private_jwk, created_at) values ('kid', '{}', $1, now())",
    [sealedAs('signing_keys')],
  );
  expect((await rewrapSecrets({ database, secrets: both })).rewrapped).toBe(3);
  for (const [table, place] of Object.entries(places)) {
    const [row] = await database.query<{ sealed: string }>(`select ${place.column} as sealed from ${table}`);
    expect(alone.newer.open(row?.sealed ?? '', { table, ...place })).toBe(table);
  }
});
