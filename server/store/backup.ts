import type { Database, Queries } from './database.ts';

/** The file is not whole, not ours, of another version, or the database is not an empty one of this version. */
export class BackupRefused extends Error {
  override readonly name = 'BackupRefused';
}

const FORMAT = 'customer-360-backup 1';
const ROWS_AT_ONCE = 500;

/**
 * Everything in the database as of one moment, a line each: what it is, the migrations it has seen, then `table⇥row` and
 * how many rows there were. Rows stay the text PostgreSQL makes of them, so no number is ever read as a float. Sealed
 * secrets stay sealed: without `SECRET_KEYS` a backup opens no account at Zoho.
 * @param onLine writes one line and resolves when there is room for the next
 * @returns how many rows were written
 */
export function backUp(database: Database, onLine: (line: string) => Promise<void>): Promise<number> {
  return database.transaction(async (queries) => {
    await queries.query('set transaction isolation level repeatable read, read only');
    await onLine(FORMAT);
    await onLine(JSON.stringify(await migrationsOf(queries)));
    let rows = 0;
    for (const table of await tablesOf(queries)) {
      await queries.query(
        `declare kept no scroll cursor for select row_to_json(t)::text as row from "${table}" t`,
      );
      for (;;) {
        const page = await queries.query<{ row: string }>(`fetch ${ROWS_AT_ONCE} from kept`);
        for (const { row } of page) await onLine(`${table}\t${row}`);
        rows += page.length;
        if (page.length < ROWS_AT_ONCE) break;
      }
      await queries.query('close kept');
    }
    await onLine(`end ${rows}`);
    return rows;
  });
}

/**
 * Puts a backup into an empty database of the same version, all of it or nothing.
 * @returns how many rows were put back
 * @throws BackupRefused saying what is wrong; then nothing was changed
 */
export function restore(database: Database, lines: AsyncIterable<string>): Promise<number> {
  return database.transaction(async (queries) => {
    const tables = new Set(await tablesOf(queries));
    for (const table of tables) {
      const [found] = await queries.query(`select 1 from "${table}" limit 1`);
      if (found) throw new BackupRefused('The database is not empty. Restore into a new one.');
    }
    const ours = JSON.stringify(await migrationsOf(queries));
    let at = 0;
    let rows = 0;
    let ended = false;
    for await (const line of lines) {
      at += 1;
      if (at === 1 && line !== FORMAT) throw new BackupRefused('This is no backup of Customer 360.');
      if (at === 2 && line !== ours)
        throw new BackupRefused(
          'The backup is of another version. Restore it with that one, then start the newer.',
        );
      if (at <= 2) continue;
      if (ended) throw new BackupRefused(`Line ${at} comes after the end.`);
      if (line.startsWith('end ')) {
        if (line !== `end ${rows}`)
          throw new BackupRefused(`Rows are missing: ${rows} found, ${line.slice(4)} written.`);
        ended = true;
        continue;
      }
      const [table = '', row = ''] = splitAtTab(line);
      if (!tables.has(table)) throw new BackupRefused(`Line ${at} names no table of ours.`);
      await queries.query(
        `insert into "${table}" select * from json_populate_record(null::"${table}", $1::json)`,
        [row],
      );
      rows += 1;
    }
    if (!ended) throw new BackupRefused('The backup breaks off before its end.');
    return rows;
  });
}

function splitAtTab(line: string): readonly string[] {
  const tab = line.indexOf('\t');
  return tab < 0 ? [line] : [line.slice(0, tab), line.slice(tab + 1)];
}

const migrationsOf = async (queries: Queries): Promise<readonly string[]> =>
  (await queries.query<{ name: string }>('select name from migrations order by name')).map(
    ({ name }) => name,
  );

/** Our tables, each after those it refers to. */
async function tablesOf(queries: Queries): Promise<readonly string[]> {
  const names = await queries.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = current_schema() and tablename not in ('migrations', 'changes') order by 1`,
  );
  const references = await queries.query<{ from: string; to: string }>(
    `select c.relname as "from", r.relname as "to" from pg_constraint k
       join pg_class c on c.oid = k.conrelid join pg_class r on r.oid = k.confrelid
      where k.contype = 'f' and k.conrelid <> k.confrelid and k.connamespace = current_schema()::regnamespace`,
  );
  const order: string[] = [];
  let left = names.map(({ name }) => name);
  while (left.length > 0) {
    const ready = left.filter(
      (name) => !references.some(({ from, to }) => from === name && left.includes(to)),
    );
    if (ready.length === 0)
      throw new Error(`These tables refer to one another in a circle: ${left.join(', ')}`);
    order.push(...ready);
    left = left.filter((name) => !ready.includes(name));
  }
  return order;
}
