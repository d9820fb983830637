/** A backup of a database in use, restored into a new one of either kind. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyAudit } from '../../server/audit/verify.ts';
import { BackupRefused, backUp, restore } from '../../server/store/backup.ts';
import type { Database } from '../../server/store/database.ts';
import { openPostgres } from '../../server/store/postgres.ts';
import { openWorld, type World } from '../hostile/world.ts';
import { SMALL } from '../sandbox/small-organisation.ts';
import { openMemoryDatabase } from '../support/memory-database.ts';
import { startTestPostgres } from '../support/test-postgres.ts';

let world: World;
let lines: readonly string[];
const opened: Database[] = [];

beforeAll(async () => {
  world = await openWorld();
  const { accessToken } = await world.install();
  const { statusCode } = await world.ask(
    'GET',
    `/api/v1/records/Accounts/${SMALL.accounts.aster}/customer-360`,
    {
      token: accessToken,
    },
  );
  expect(statusCode).toBe(200);
  await world.quiet();
  lines = await written(world.database);
});
afterAll(async () => {
  await world?.close();
  for (const database of opened) await database.close();
});

async function written(database: Database): Promise<readonly string[]> {
  const all: string[] = [];
  await backUp(database, async (line) => void all.push(line));
  return all;
}
async function* these(some: readonly string[]): AsyncIterable<string> {
  yield* some;
}
async function empty(): Promise<Database> {
  const database = await openMemoryDatabase();
  opened.push(database);
  return database;
}

describe('a backup', () => {
  test('holds every table that has rows', () => {
    const tables = new Set(lines.slice(2, -1).map((line) => line.split('\t')[0]));
    expect([...tables]).toEqual(
      expect.arrayContaining(['installs', 'policies', 'sessions', 'audit_entries']),
    );
    expect(lines.at(-1)).toBe(`end ${lines.length - 3}`);
  });

  test('put back into a new database is the same to the byte, and the chain of its audit log is whole', async () => {
    const again = await empty();
    expect(await restore(again, these(lines))).toBe(lines.length - 3);
    expect(await written(again)).toEqual(lines);
    const chains = await verifyAudit(again, []);
    expect(chains.map(({ broken }) => broken)).toEqual([null]);
    expect(chains[0]?.head.sequence).toBeGreaterThan(3);
  });

  test('moves from the embedded database to a PostgreSQL server', async (context) => {
    const postgres = await startTestPostgres();
    if ('unavailable' in postgres) return context.skip(postgres.unavailable);
    try {
      // a schema of its own: the server may be one that other tests use too
      const whole = await openPostgres(postgres.url, () => undefined);
      await whole.query('drop schema if exists restored cascade');
      await whole.query('create schema restored');
      await whole.close();
      const server = await openPostgres(`${postgres.url}?options=-csearch_path%3Drestored`, () => undefined);
      await restore(server, these(lines));
      expect(await written(server)).toEqual(lines);
      await server.close();
    } finally {
      await postgres.stop();
    }
  });
});

describe('what is not put back, and changes nothing', () => {
  const refusals: readonly [string, (all: readonly string[]) => readonly string[], RegExp][] = [
    ['another file', () => ['hello'], /no backup/],
    [
      'another version',
      ([first = '', , ...rest]) => [first, '["0001-first-slice"]', ...rest],
      /another version/,
    ],
    ['a file that breaks off', (all) => all.slice(0, -1), /breaks off/],
    ['a row that was taken out', (all) => all.filter((_, at) => at !== 4), /Rows are missing/],
    ['something after the end', (all) => [...all, 'more'], /after the end/],
    ['a table of somebody else', (all) => [...all.slice(0, -1), 'pg_authid\t{}'], /no table of ours/],
  ];
  let target: Database;
  beforeAll(async () => {
    target = await empty();
  });
  test.each(refusals)('%s', async (_, change, why) => {
    const before = await written(target);
    await expect(restore(target, these(change(lines)))).rejects.toThrow(why);
    expect(await written(target)).toEqual(before);
  });

  test('anything into a database that has something in it', async () => {
    await expect(restore(world.database, these(lines))).rejects.toThrow(BackupRefused);
  });
});
