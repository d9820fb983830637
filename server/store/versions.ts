import type { Queries } from './database.ts';

/** One version of something an organisation decides. It is never changed: a change is the next version. */
export interface VersionRow {
  /** From 1. */
  readonly version: number;
  readonly at: Date;
  /** CRM user id and name; id 0 where no person decided. */
  readonly byId: string;
  readonly byName: string;
  /** As JSON; its reader parses it. */
  readonly document: unknown;
}

/** What is decided in versions: tables of the same shape, named by us alone. */
type Versioned = 'policies' | 'definitions';

const COLUMNS = 'version, at, by_id as "byId", by_name as "byName", document';

export async function versionOf(
  on: Queries,
  table: Versioned,
  installId: string,
  version: number,
): Promise<VersionRow | null> {
  const sql = `select ${COLUMNS} from ${table} where install_id = $1 and version = $2`;
  return (await on.query<VersionRow>(sql, [installId, version]))[0] ?? null;
}

/** Newest first. */
export const versionsOf = (
  on: Queries,
  table: Versioned,
  installId: string,
  most: number,
): Promise<readonly VersionRow[]> =>
  on.query<VersionRow>(
    `select ${COLUMNS} from ${table} where install_id = $1 order by version desc limit $2`,
    [installId, most],
  );

/**
 * Adds the version after `basedOn`, if that is the one in force (0: none is yet). Of two at once one wins.
 * @returns whether it was added
 */
export async function addVersion(
  on: Queries,
  table: Versioned,
  installId: string,
  { basedOn, at, byId, byName, document }: Omit<VersionRow, 'version'> & { readonly basedOn: number },
): Promise<boolean> {
  const added = await on.query(
    `insert into ${table} (install_id, version, at, by_id, by_name, document)
     select $1, $2::integer + 1, $3, $4, $5, $6::jsonb
     where coalesce((select max(version) from ${table} where install_id = $1), 0) = $2::integer
     on conflict do nothing returning version`,
    [installId, basedOn, at, byId, byName, JSON.stringify(document)],
  );
  return added.length > 0;
}
