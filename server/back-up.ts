import { createReadStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { ConfigRefused, environment, readConfig } from './config.ts';
import { openDatabase } from './open-database.ts';
import { BackupRefused, backUp, restore } from './store/backup.ts';
import { FolderTaken } from './store/pglite.ts';

const USAGE = 'Say what to do and with which file: npm run backup -- <file>, or npm run restore -- <file>.';

/**
 * `npm run backup -- <file>` writes everything into a new file that only its owner may read; `npm run restore -- <file>`
 * puts it into an empty database. An embedded database must not be in use meanwhile; a PostgreSQL server may be.
 */
async function main([verb, file]: readonly string[]): Promise<void> {
  if (!file || (verb !== 'backup' && verb !== 'restore')) throw new BackupRefused(USAGE);
  const database = await openDatabase(readConfig(environment()), ({ message }) =>
    process.stderr.write(`${message}\n`),
  );
  try {
    const rows = await (verb === 'backup' ? intoFile(file, database) : fromFile(file, database));
    process.stdout.write(verb === 'backup' ? `${rows} rows written to ${file}\n` : `${rows} rows put back\n`);
  } finally {
    await database.close();
  }
}

async function intoFile(file: string, database: Parameters<typeof backUp>[0]): Promise<number> {
  const handle = await open(file, 'wx', 0o600); // a new file: a backup never replaces the one before
  try {
    const rows = await backUp(database, (line) => handle.appendFile(`${line}\n`));
    await handle.sync();
    return rows;
  } catch (cause) {
    await rm(file);
    throw cause;
  } finally {
    await handle.close();
  }
}

const fromFile = (file: string, database: Parameters<typeof restore>[0]): Promise<number> =>
  restore(
    database,
    createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY }),
  );

main(process.argv.slice(2)).catch((cause: unknown) => {
  const plain =
    cause instanceof ConfigRefused || cause instanceof FolderTaken || cause instanceof BackupRefused;
  const said = (cause as NodeJS.ErrnoException).code; // safe because any value may be asked for a property
  process.stderr.write(
    `${plain || said === 'EEXIST' || said === 'ENOENT' ? (cause as Error).message : cause instanceof Error ? cause.stack : String(cause)}\n`,
  );
  process.exitCode = 1;
});
