import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { Database } from '../../server/store/database.ts';
import { openPglite } from '../../server/store/pglite.ts';
import { ROOT } from './run.ts';

/**
 * A database in memory, up to date and empty. Making a new PostgreSQL takes most of the time of a test that needs one,
 * so the first test ever leaves an untouched one behind for all others to copy.
 */
export async function openMemoryDatabase(): Promise<Database> {
  return openPglite({ copyOf: await untouched() });
}

async function untouched(): Promise<Blob> {
  const folder = join(ROOT, 'node_modules', '.cache', 'customer-360');
  const file = join(folder, `untouched-pglite-${version()}.tar`);
  try {
    return new Blob([readFileSync(file)]);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause; // safe because fs throws nothing else
  }
  const made = await PGlite.create();
  const dump = await made.dumpDataDir('none');
  await made.close();
  mkdirSync(folder, { recursive: true });
  // Others may be making one at the same time: whoever reads finds a whole file or none.
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, Buffer.from(await dump.arrayBuffer()));
  renameSync(mine, file);
  return dump;
}

function version(): string {
  const manifest = readFileSync(
    join(ROOT, 'node_modules', '@electric-sql', 'pglite', 'package.json'),
    'utf8',
  );
  return (JSON.parse(manifest) as { version: string }).version;
}
