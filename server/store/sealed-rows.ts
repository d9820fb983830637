import type { Queries } from './database.ts';

/** Every place where sealed secrets are stored, and how such a row is named inside the seal. */
const PLACES = {
  user_grants: { column: 'sealed_refresh_token', iid: 'install_id::text', rowId: 'crm_user_id' },
  books_grants: { column: 'sealed_refresh_token', iid: 'install_id::text', rowId: 'install_id::text' },
  pending_books_grants: { column: 'sealed_refresh_token', iid: 'install_id::text', rowId: 'tx' },
  access_tokens: { column: 'sealed_access_token', iid: 'install_id::text', rowId: 'holder' },
  books_hooks: { column: 'sealed_secret', iid: 'install_id::text', rowId: 'install_id::text' },
  alert_settings: { column: 'sealed_target', iid: 'install_id::text', rowId: 'install_id::text' },
  signing_keys: { column: 'sealed_private_jwk', iid: "'-'", rowId: 'kid' },
} as const;

type SealedTable = keyof typeof PLACES;
export const SEALED_TABLES = Object.keys(PLACES) as SealedTable[]; // safe because these are its keys

export interface SealedRow {
  readonly table: SealedTable;
  readonly column: string;
  readonly iid: string;
  readonly rowId: string;
  readonly sealed: string;
}

/** Rows that another key than this one wraps, a few at a time. @param after where the last few ended; empty to begin */
export async function rowsOfOtherKeys(
  on: Queries,
  table: SealedTable,
  asked: { keyId: string; after: string; most: number },
): Promise<{ readonly rows: readonly SealedRow[]; readonly after: string }> {
  const { column, iid, rowId } = PLACES[table];
  const found = await on.query<{ iid: string; rowId: string; sealed: string; at: string }>(
    `select ${iid} as iid, ${rowId} as "rowId", ${column} as sealed, ${iid} || '/' || ${rowId} as at from ${table}
     where split_part(${column}, '.', 2) <> $1 and ${iid} || '/' || ${rowId} > $2 order by at limit $3`,
    [asked.keyId, asked.after, asked.most],
  );
  const rows = found.map((row) => ({
    table,
    column,
    iid: row.iid,
    rowId: row.rowId,
    sealed: row.sealed,
  }));
  return { rows, after: found.at(-1)?.at ?? '' };
}

/** How many rows each other key than this one still wraps. */
export async function countByOtherKey(
  on: Queries,
  table: SealedTable,
  keyId: string,
): Promise<readonly { readonly keyId: string; readonly rows: number }[]> {
  const { column } = PLACES[table];
  const counted = await on.query<{ keyId: string; rows: string }>(
    `select split_part(${column}, '.', 2) as "keyId", count(*) as rows from ${table}
     where split_part(${column}, '.', 2) <> $1 group by 1 order by 1`,
    [keyId],
  );
  return counted.map((one) => ({ keyId: one.keyId, rows: Number(one.rows) }));
}

/** Replaces what is stored, unless it has changed meanwhile. */
export async function replaceSealed(on: Queries, row: SealedRow, sealed: string): Promise<boolean> {
  const { column, iid, rowId } = PLACES[row.table];
  const replaced = await on.query(
    `update ${row.table} set ${column} = $4 where ${iid} = $1 and ${rowId} = $2 and ${column} = $3 returning 1`,
    [row.iid, row.rowId, row.sealed, sealed],
  );
  return replaced.length === 1;
}
