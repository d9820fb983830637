import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openMemoryDatabase } from '../../tests/support/memory-database.ts';
import type { Database } from './database.ts';
import { createMoments, type Moment } from './moments.ts';
import { createUnchanged } from './unchanged.ts';
import { watchChanges } from './watch-changes.ts';

let database: Database;
let asked = 0;
beforeAll(async () => {
  const opened = await openMemoryDatabase();
  database = {
    ...opened,
    query: (sql, values) => {
      asked += 1;
      return opened.query(sql, values);
    },
  };
  await database.query('create table things (name text)');
  await watchChanges(database, 1);
});
afterAll(() => database.close());

const names = async (): Promise<readonly string[]> =>
  (await database.query<{ name: string }>('select name from things order by name')).map(({ name }) => name);

describe('what was read', () => {
  test('is answered again while nothing was committed, and read again once anything was', async () => {
    const moments = createMoments(database);
    let moment: Moment | undefined;
    const unchanged = createUnchanged(() => moment);
    let reads = 0;
    const read = () =>
      unchanged('names', () => {
        reads += 1;
        return names();
      });

    moment = await moments();
    expect([await read(), await read(), reads]).toEqual([[], [], 1]);
    moment = await moments();
    expect([await read(), reads]).toEqual([[], 1]);
    await database.transaction(async (on) => {
      await on.query("insert into things values ('a')");
    });
    moment = await moments();
    expect([await read(), reads]).toEqual([['a'], 2]);
    // an older request, still being answered, neither gets nor leaves anything
    moment -= 1;
    await database.query("insert into things values ('b')");
    expect([await read(), reads]).toEqual([['a', 'b'], 3]);
    moment = undefined;
    expect([await read(), reads]).toEqual([['a', 'b'], 4]);
  });

  test('and failed is not answered again', async () => {
    const moment = await createMoments(database)();
    const unchanged = createUnchanged(() => moment);
    await expect(unchanged('x', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await unchanged('x', async () => 'yes')).toBe('yes');
  });
});

describe('moments', () => {
  test('of many that ask together are one question, and never earlier than theirs', async () => {
    const moments = createMoments(database);
    asked = 0;
    const [first, ...same] = await Promise.all([moments(), moments(), moments()]);
    expect([asked, new Set([first, ...same]).size]).toEqual([1, 1]);
    const during = moments();
    await database.query("insert into things values ('c')");
    const after = await moments();
    expect(after).toBeGreaterThan(first ?? 0);
    expect(await during).toBeLessThanOrEqual(after);
  });

  test('while the database does not answer are told so, and asked again', async () => {
    let broken = true;
    const moments = createMoments({
      query: (sql) => (broken ? Promise.reject(new Error('gone')) : database.query(sql)),
    });
    await expect(moments()).rejects.toThrow('gone');
    broken = false;
    expect(await moments()).toBe(await createMoments(database)());
  });
});
