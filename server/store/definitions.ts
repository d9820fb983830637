import type { Queries } from './database.ts';

/** One version of what an organisation means by its figures. It is never changed: a change is the next version. */
interface DefinitionsRow {
  /** From 1. */
  readonly version: number;
  readonly at: Date;
  /** CRM user id and name. */
  readonly byId: string;
  readonly byName: string;
  /** As JSON; its reader parses it. */
  readonly document: unknown;
}

/** Newest first. */
export const definitionsVersions = (
  on: Queries,
  installId: string,
  most: number,
): Promise<readonly DefinitionsRow[]> =>
  on.query<DefinitionsRow>(
    `select version, at, by_id as "byId", by_name as "byName", document from definitions
     where install_id = $1 order by version desc limit $2`,
    [installId, most],
  );

/**
 * Adds the version after `basedOn`, if that is the one in force (0: none is yet). Of two at once one wins.
 * @returns whether it was added
 */
export async function addDefinitionsVersion(
  on: Queries,
  installId: string,
  { basedOn, at, byId, byName, document }: Omit<DefinitionsRow, 'version'> & { readonly basedOn: number },
): Promise<boolean> {
  const added = await on.query(
    `insert into definitions (install_id, version, at, by_id, by_name, document)
     select $1, $2::integer + 1, $3, $4, $5, $6::jsonb
     where coalesce((select max(version) from definitions where install_id = $1), 0) = $2::integer
     on conflict do nothing returning version`,
    [installId, basedOn, at, byId, byName, JSON.stringify(document)],
  );
  return added.length > 0;
}
