import type { Config } from './config.ts';
import type { Database } from './store/database.ts';
import { openPglite } from './store/pglite.ts';
import { openPostgres } from './store/postgres.ts';

/**
 * The database the settings name, brought up to date: PostgreSQL, or the embedded one in its folder.
 * @param onIdleError an idle connection broke; the next query takes another one
 * @throws FolderTaken when another process works in the folder
 */
export const openDatabase = (
  { DATABASE_URL, DATA_DIR }: Pick<Config, 'DATABASE_URL' | 'DATA_DIR'>,
  onIdleError: (cause: Error) => void,
): Promise<Database> =>
  DATABASE_URL ? openPostgres(DATABASE_URL, onIdleError) : openPglite({ folder: DATA_DIR });
