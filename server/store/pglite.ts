import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PGlite, types } from '@electric-sql/pglite';
import type { Database, Queries } from './database.ts';
import { migrate } from './migrate.ts';

/** Someone else works in the same folder; two writers would destroy the database. */
export class FolderTaken extends Error {
  override readonly name = 'FolderTaken';
}

type Place =
  | 'memory'
  /** In memory, beginning as a database that was dumped. */
  | { readonly copyOf: Blob }
  | { readonly folder: string };

/**
 * PostgreSQL in this process: in memory, or in a folder that only this process may use. The schema is brought up to
 * date.
 * @throws FolderTaken when another running process has the folder
 */
export async function openPglite(where: Place): Promise<Database> {
  const asText = (text: string): string => text;
  const parsers = { [types.INT8]: asText, [types.DATE]: asText, [types.NUMERIC]: asText };
  if (where === 'memory') return ready(await PGlite.create({ parsers }), () => undefined);
  if ('copyOf' in where)
    return ready(await PGlite.create({ parsers, loadDataDir: where.copyOf }), () => undefined);

  mkdirSync(where.folder, { recursive: true });
  const release = lock(where.folder);
  try {
    return await ready(await PGlite.create(join(where.folder, 'pglite'), { parsers }), release);
  } catch (cause) {
    release();
    throw cause;
  }
}

/** Statements that write nothing; all others may. */
const READS = /^\s*select\b/i;

async function ready(pglite: PGlite, release: () => void): Promise<Database> {
  const over = (on: Pick<PGlite, 'query'>): Queries => ({
    query: async <Row>(sql: string, values: readonly unknown[] = []) =>
      (await on.query<Row>(sql, [...values])).rows,
  });
  let writes = 0;
  const writing = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    writes += 1;
    try {
      return await work();
    } finally {
      writes += 1;
    }
  };
  const { query } = over(pglite);
  const database: Database = {
    query: (sql, values) => (READS.test(sql) ? query(sql, values) : writing(() => query(sql, values))),
    transaction: (work) => writing(() => pglite.transaction((transaction) => work(over(transaction)))),
    writes: () => writes,
    close: async () => {
      await pglite.close();
      release();
    },
  };
  await migrate(database);
  return database;
}

const held = new Set<string>();

/** PGlite itself does not lock its folder. */
function lock(folder: string): () => void {
  const file = resolve(folder, 'pglite.lock');
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause; // safe because fs throws nothing else
    const owner = Number(readFileSync(file, 'utf8'));
    if (held.has(file) || isAnotherRunningProcess(owner)) {
      throw new FolderTaken(`${folder} is in use by process ${owner}. Stop it, or choose another DATA_DIR.`, {
        cause,
      });
    }
    writeFileSync(file, String(process.pid)); // its owner died without cleaning up
  }
  held.add(file);
  return () => {
    held.delete(file);
    rmSync(file, { force: true });
  };
}

// In a container every start has the same process id, so a lock with our own id is a leftover.
function isAnotherRunningProcess(id: number): boolean {
  if (!Number.isInteger(id) || id <= 0 || id === process.pid) return false;
  try {
    process.kill(id, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM'; // it runs, as another user
  }
}
