import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { Database, Queries } from '../../server/store/database.ts';
import { migrate } from '../../server/store/migrate.ts';
import { openPglite } from '../../server/store/pglite.ts';
import { ROOT } from './run.ts';

/**
 * A database in memory, up to date and empty. Making a new PostgreSQL and its tables takes most of the time of a test
 * that needs one, so the first test ever leaves one behind for all others to copy.
 */
export async function openMemoryDatabase(): Promise<Database> {
  return openPglite({ copyOf: await upToDate() });
}

async function upToDate(): Promise<Blob> {
  const folder = join(ROOT, 'node_modules', '.cache', 'customer-360');
  const file = join(folder, `up-to-date-pglite-${version()}.tar`);
  try {
    return new Blob([readFileSync(file)]);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause; // safe because fs throws nothing else
  }
  const made = await PGlite.create();
  const over = (on: Pick<PGlite, 'query'>): Queries => ({
    query: async <Row>(sql: string, values: readonly unknown[] = []) =>
      (await on.query<Row>(sql, [...values])).rows,
  });
  await migrate({
    ...over(made),
    transaction: (work) => made.transaction((transaction) => work(over(transaction))),
    close: () => made.close(),
  });
  const dump = await made.dumpDataDir('none');
  await made.close();
  mkdirSync(folder, { recursive: true });
  // Others may be making one at the same time: whoever reads finds a whole file or none.
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, Buffer.from(await dump.arrayBuffer()));
  renameSync(mine, file);
  return dump;
}

/** Of PGlite, and of everything that says what the tables are like. */
function version(): string {
  const manifest = readFileSync(
    join(ROOT, 'node_modules', '@electric-sql', 'pglite', 'package.json'),
    'utf8',
  );
  const store = join(ROOT, 'server', 'store');
  const tables = createHash('sha256');
  for (const name of [
    'migrate.ts',
    'watch-changes.ts',
    ...readdirSync(join(store, 'migrations'))
      .sort()
      .map((one) => join('migrations', one)),
  ])
    tables.update(readFileSync(join(store, name)));
  return `${(JSON.parse(manifest) as { version: string }).version}-${tables.digest('hex').slice(0, 16)}`;
}
