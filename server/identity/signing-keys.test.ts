import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openMemoryDatabase } from '../../tests/support/memory-database.ts';
import type { Database } from '../store/database.ts';
import { createSealedSecrets } from './sealed-secret.ts';
import { createSigningKeys, type SigningKeys } from './signing-keys.ts';

const DAY = 24 * 3_600_000;
const MINUTE = 60_000;
const key = (id: string) => ({ id, key: randomBytes(32) });
const ours = key('a');

let database: Database;
let nowMs: number;
const server = (secretKeys = [ours]): SigningKeys =>
  createSigningKeys({ database, secrets: createSealedSecrets(secretKeys), clock: () => new Date(nowMs) });
const good = async (keys: SigningKeys, kid: string): Promise<boolean> => (await keys.verifying(kid)) !== null;

beforeAll(async () => {
  database = await openMemoryDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.query('delete from signing_keys');
  nowMs = Date.parse('2026-11-10T09:00:00.000Z');
});

describe('signing keys', () => {
  test('sign for thirty days, then the next one does', async () => {
    const keys = server();
    const { kid } = await keys.current();
    expect(kid).toMatch(/^2026-11-[0-9a-f]{12}$/);
    nowMs += 30 * DAY;
    expect((await keys.current()).kid).toBe(kid);
    nowMs += 1;
    const next = (await keys.current()).kid;
    expect(next).not.toBe(kid);
    expect(next).toMatch(/^2026-12-/);
  });

  test('are believed ten minutes longer than they sign: twice the life of a token', async () => {
    const keys = server();
    const { kid } = await keys.current();
    nowMs += 30 * DAY + 1;
    const next = (await keys.current()).kid;
    nowMs += 10 * MINUTE;
    expect([await good(keys, kid), await good(keys, next)]).toEqual([true, true]);
    nowMs += 1;
    expect([await good(keys, kid), await good(keys, next)]).toEqual([false, true]);
  });

  test('two are kept: the third drops the first', async () => {
    const keys = server();
    const kids = [];
    for (let nth = 0; nth < 3; nth += 1) {
      kids.push((await keys.current()).kid);
      nowMs += 30 * DAY + 1;
    }
    const stored = await database.query<{ kid: string }>('select kid from signing_keys order by created_at');
    expect(stored.map(({ kid }) => kid)).toEqual(kids.slice(1));
  });

  test('are shared: another server signs with the same, and knows a new one at the first token it signed', async () => {
    const [one, two] = [server(), server()];
    const { kid } = await one.current();
    expect((await two.current()).kid).toBe(kid);
    nowMs += 30 * DAY + 1;
    const next = (await one.current()).kid;
    expect(await good(two, next)).toBe(true);
    expect((await two.current()).kid).toBe(next);
  });

  test('are made once, also by servers that start at the same moment', async () => {
    const servers = [server(), server(), server()];
    const kids = await Promise.all(servers.map(async (keys) => (await keys.current()).kid));
    expect(new Set(kids).size).toBe(1);
  });

  test('nobody can make us ask for unknown ones more than once in five seconds', async () => {
    let asked = 0;
    const counted: Database = {
      ...database,
      query: (sql, values) => {
        asked += 1;
        return database.query(sql, values);
      },
      transaction: (work) => database.transaction(work),
    };
    const secrets = createSealedSecrets([ours]);
    const keys = createSigningKeys({ database: counted, secrets, clock: () => new Date(nowMs) });
    for (let nth = 0; nth < 10; nth += 1) expect(await good(keys, `2026-11-${nth}`)).toBe(false);
    expect(asked).toBe(1);
    nowMs += 5_001;
    expect(await good(keys, 'x')).toBe(false);
    expect(asked).toBe(2);
  });

  test('whose secret no longer opens sign nothing, and what they signed stays good for its time', async () => {
    const { kid } = await server().current();
    const moved = server([key('b')]);
    const next = (await moved.current()).kid;
    expect(next).not.toBe(kid);
    nowMs += 10 * MINUTE;
    expect(await good(moved, kid)).toBe(true);
  });
});
