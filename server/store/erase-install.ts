import type { Queries } from './database.ts';

/** A table, and which of its rows belong to an install (`$1`). */
interface Owned {
  readonly table: string;
  readonly where: string;
}

/** What stays: the certificate itself. */
const KEPT = 'erasures';

/**
 * Every table with rows of an install, found in the database itself, so that one that is added later is not forgotten:
 * by its column `install_id`, or by what it refers to.
 */
async function ownedTables(on: Queries): Promise<readonly Owned[]> {
  const direct = await on.query<{ table: string; column: string }>(
    `select table_name as "table", column_name as "column" from information_schema.columns
     where table_schema = current_schema() and column_name in ('install_id', 'result_install_id') and table_name <> $1
     order by 1, 2`,
    [KEPT],
  );
  const owned = new Map<string, string>();
  for (const { table, column } of direct)
    owned.set(
      table,
      [owned.get(table), `"${column}" = $1`].filter((part) => part !== undefined).join(' or '),
    );
  const references = await on.query<{ from: string; column: string; to: string; key: string }>(
    `select c.relname as "from", a.attname as "column", r.relname as "to", b.attname as "key" from pg_constraint k
       join pg_class c on c.oid = k.conrelid join pg_class r on r.oid = k.confrelid
       join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
       join pg_attribute b on b.attrelid = r.oid and b.attnum = k.confkey[1]
      where k.contype = 'f' and cardinality(k.conkey) = 1 and k.connamespace = current_schema()::regnamespace
      order by 1, 2`,
  );
  const through = references.flatMap(({ from, column, to, key }) => {
    const parent = owned.get(to);
    if (parent === undefined || owned.has(from)) return [];
    return [{ table: from, where: `"${column}" in (select "${key}" from "${to}" where ${parent})` }];
  });
  return [...through, ...[...owned].map(([table, where]) => ({ table, where }))];
}

export interface ErasedTable {
  readonly table: string;
  readonly rows: number;
}

/**
 * How many rows an install has in each table that has any. @param on a transaction that has locked the install, so that
 * what is counted is what is removed
 */
export async function countRowsOf(on: Queries, installId: string): Promise<readonly ErasedTable[]> {
  const counted: ErasedTable[] = [{ table: 'installs', rows: 1 }];
  for (const { table, where } of await ownedTables(on)) {
    const [row] = await on.query<{ rows: string }>(`select count(*) as rows from "${table}" where ${where}`, [
      installId,
    ]);
    const rows = Number(row?.rows ?? 0);
    if (rows > 0) counted.push({ table, rows });
  }
  return counted.sort((a, b) => (a.table < b.table ? -1 : 1));
}

/**
 * Removes an install with everything it has. The budget of its Books organisation goes too, unless another install reads
 * the same one. @param on the same transaction
 */
export async function removeInstall(on: Queries, installId: string): Promise<void> {
  await on.query(
    `delete from books_budgets b using installs i
     where i.id = $1 and b.organisation = i.data_centre || ':' || (i.books->>'organisationId') and not exists (
       select 1 from installs o where o.id <> i.id and o.data_centre = i.data_centre
         and o.books->>'organisationId' = i.books->>'organisationId')`,
    [installId],
  );
  for (const { table, where } of await ownedTables(on))
    await on.query(`delete from "${table}" where ${where}`, [installId]);
  await on.query('delete from installs where id = $1', [installId]);
  await on.query(`delete from leases where name like '%|' || $1::text || '%'`, [installId]);
}

/** Rows that a server wrote late, behind an answer from before the end. @param since how late that can be */
export async function removeStragglers(on: Queries, since: Date): Promise<void> {
  for (const table of ['audit_entries', 'audit_heads'])
    await on.query(
      `delete from ${table} using erasures e where e.install_id = ${table}.install_id and e.erased_at >= $1`,
      [since],
    );
  // That calls have ended is told a moment later, and would begin a budget anew that nobody has any more.
  await on.query(
    `delete from books_budgets b where exists (select 1 from erasures where erased_at >= $1) and not exists (
       select 1 from installs i where b.organisation = i.data_centre || ':' || (i.books->>'organisationId'))`,
    [since],
  );
  await on.query(
    `delete from leases using erasures e where e.erased_at >= $1 and leases.name like '%|' || e.install_id || '%'`,
    [since],
  );
}

/**
 * Rows read from an organisation that is no longer the chosen one: a read that began before the choice brought them.
 * @param since how late that can be
 */
export async function removeLeftLedgers(on: Queries, since: Date): Promise<void> {
  for (const table of [
    'customer_links',
    'deal_documents',
    'ledger_customers',
    'ledger_documents',
    'ledger_progress',
  ])
    await on.query(
      `delete from ${table} t using installs i
       where i.id = t.install_id and i.books->>'organisationId' is distinct from t.organisation_id
         and (i.books is null or i.books_connected_at >= $1)`,
      [since],
    );
}
