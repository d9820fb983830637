import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openMemoryDatabase } from '../../tests/support/memory-database.ts';
import type { Database } from './database.ts';
import { createMoments } from './moments.ts';
import { foldChanges, UNWATCHED } from './watch-changes.ts';

let database: Database;
beforeAll(async () => {
  database = await openMemoryDatabase();
});
afterAll(() => database.close());

/** Names of all tables, or of those with the trigger. */
const tables = async (where = 'true'): Promise<readonly string[]> =>
  (
    await database.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public' and (${where}) order by name`,
    )
  ).map(({ name }) => name);

describe('changes', () => {
  test('are counted in every table but those that no answer is made of', async () => {
    const watched = await tables(
      `tablename in (select relname from pg_class c join pg_trigger t on t.tgrelid = c.oid where tgname = 'watched')`,
    );
    expect(watched).toEqual((await tables()).filter((name) => !UNWATCHED.includes(name)));
    expect(watched).toEqual(expect.arrayContaining(['installs', 'policies', 'sessions', 'ledger_documents']));
    expect(await tables()).toEqual(expect.arrayContaining([...UNWATCHED]));
  });

  test('move the moment as soon as they are committed, and not before; the audit log does not', async () => {
    const moments = createMoments(database);
    const first = await moments();
    await database.query(`insert into leases (name, holder, until) values ('a', gen_random_uuid(), now())`);
    const second = await moments();
    expect(second).toBeGreaterThan(first);
    await expect(
      database.transaction(async (on) => {
        await on.query('delete from leases');
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    expect(await moments()).toBe(second);
    await database.query(
      `insert into audit_heads (install_id, sequence, hash, pruned_hash) values (gen_random_uuid(), 0, 'h', 'h')`,
    );
    expect(await moments()).toBe(second);
    await database.query('truncate leases');
    expect(await moments()).toBeGreaterThan(second);
  });

  test('of connections that are over are added up, and the moment stays what it was', async () => {
    await database.query('insert into changes (connection, count) values (-7, 3), (-8, 4)');
    const moments = createMoments(database);
    const before = await moments();
    await foldChanges(database);
    await foldChanges(database);
    const rows = await database.query<{ count: string }>('select count from changes where connection <= 0');
    expect(rows.map(({ count }) => Number(count))).toEqual([7]);
    expect(await createMoments(database)()).toBe(before);
  });
});
