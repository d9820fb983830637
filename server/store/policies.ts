import type { Queries } from './database.ts';

/** One version of an organisation's policy. It is never changed: a change is the next version. */
export interface PolicyRow {
  /** From 1. */
  readonly version: number;
  readonly at: Date;
  /** CRM user id and name; id 0 where no person decided. */
  readonly byId: string;
  readonly byName: string;
  /** As JSON; its reader parses it. */
  readonly document: unknown;
}

const SELECT = 'select version, at, by_id as "byId", by_name as "byName", document from policies';

export async function policyVersion(
  on: Queries,
  installId: string,
  version: number,
): Promise<PolicyRow | null> {
  const sql = `${SELECT} where install_id = $1 and version = $2`;
  return (await on.query<PolicyRow>(sql, [installId, version]))[0] ?? null;
}

/** Newest first. */
export const policyVersions = (on: Queries, installId: string, most: number): Promise<readonly PolicyRow[]> =>
  on.query<PolicyRow>(`${SELECT} where install_id = $1 order by version desc limit $2`, [installId, most]);

/**
 * Adds the version after `basedOn`, if that is the one in force (0: none is yet). Of two at once one wins.
 * @returns whether it was added
 */
export async function addPolicyVersion(
  on: Queries,
  installId: string,
  { basedOn, at, byId, byName, document }: Omit<PolicyRow, 'version'> & { readonly basedOn: number },
): Promise<boolean> {
  const added = await on.query(
    `insert into policies (install_id, version, at, by_id, by_name, document)
     select $1, $2::integer + 1, $3, $4, $5, $6::jsonb
     where coalesce((select max(version) from policies where install_id = $1), 0) = $2::integer
     on conflict do nothing returning version`,
    [installId, basedOn, at, byId, byName, JSON.stringify(document)],
  );
  return added.length > 0;
}
