import type { Database, Queries } from './database.ts';

/** An uninstalling: what is to be erased when, and afterwards what was. */
export interface ErasureRow {
  /** Unguessable: whoever has it may read the certificate. */
  readonly id: string;
  readonly installId: string;
  readonly dataCentre: string;
  readonly crmOrganisationId: string;
  readonly requestedAt: Date;
  /** A CRM user's id; `null` when the Marketplace told us. */
  readonly requestedBy: string | null;
  readonly dueAt: Date;
  /** Refresh tokens Zoho confirmed to have ended, and those it did not. */
  readonly revoked: number;
  readonly unconfirmed: number;
  readonly erasedAt: Date | null;
  readonly certificate: string | null;
  readonly publicJwk: unknown;
}

const ROW = `id, install_id as "installId", data_centre as "dataCentre", crm_organisation_id as "crmOrganisationId",
  requested_at as "requestedAt", requested_by as "requestedBy", due_at as "dueAt", revoked, unconfirmed,
  erased_at as "erasedAt", certificate, public_jwk as "publicJwk"`;

export async function erasureById(on: Queries, id: string): Promise<ErasureRow | null> {
  return (await on.query<ErasureRow>(`select ${ROW} from erasures where id = $1`, [id]))[0] ?? null;
}

export async function erasureOf(on: Queries, installId: string): Promise<ErasureRow | null> {
  const rows = await on.query<ErasureRow>(`select ${ROW} from erasures where install_id = $1`, [installId]);
  return rows[0] ?? null;
}

/** Those that are not done, the most urgent first. */
export const openErasures = (on: Queries): Promise<readonly ErasureRow[]> =>
  on.query<ErasureRow>(`select ${ROW} from erasures where erased_at is null order by due_at, id`);

export async function addErasure(
  on: Queries,
  row: Pick<ErasureRow, 'id' | 'installId' | 'requestedAt' | 'requestedBy' | 'dueAt'>,
): Promise<void> {
  await on.query(
    `insert into erasures (id, install_id, data_centre, crm_organisation_id, requested_at, requested_by, due_at)
     select $1, id, data_centre, crm_organisation_id, $3, $4, $5 from installs where id = $2`,
    [row.id, row.installId, row.requestedAt, row.requestedBy, row.dueAt],
  );
}

export async function hastenErasure(on: Queries, installId: string, dueAt: Date): Promise<void> {
  await on.query('update erasures set due_at = $2 where install_id = $1', [installId, dueAt]);
}

/** The organisation stays after all. */
export async function dropErasure(on: Queries, installId: string): Promise<void> {
  await on.query('delete from erasures where install_id = $1', [installId]);
}

/** Issues the certificate. From here on the database lets the audit log of the install go. */
export async function finishErasure(
  on: Queries,
  id: string,
  done: { readonly erasedAt: Date; readonly certificate: string; readonly publicJwk: object },
): Promise<void> {
  await on.query(
    'update erasures set erased_at = $2, certificate = $3, public_jwk = $4::jsonb where id = $1',
    [id, done.erasedAt, done.certificate, JSON.stringify(done.publicJwk)],
  );
}

/** Everything that was given until now was given before, whichever server's clock said when. */
export async function doomTokens(on: Queries, installId: string, at: Date): Promise<void> {
  for (const table of ['user_grants', 'books_grants'])
    await on.query(`update ${table} set granted_at = $2 where install_id = $1 and granted_at > $2`, [
      installId,
      at,
    ]);
}

/** A refresh token that is to be ended at Zoho, and where it is sealed. */
export interface LeftToken {
  readonly table: 'user_grants' | 'books_grants' | 'pending_books_grants';
  readonly column: 'sealed_refresh_token';
  readonly iid: string;
  readonly rowId: string;
  readonly sealed: string;
}

const ROW_ID = { user_grants: 'crm_user_id', books_grants: 'install_id::text', pending_books_grants: 'tx' };

/** Refresh tokens from before a moment: what somebody gave afterwards is theirs, who came back. */
export async function tokensLeft(
  on: Queries,
  installId: string,
  before: Date,
): Promise<readonly LeftToken[]> {
  return on.query<LeftToken>(
    `select "table", 'sealed_refresh_token' as "column", $1::text as iid, "rowId", sealed from (
       select 'user_grants' as "table", crm_user_id as "rowId", sealed_refresh_token as sealed from user_grants
        where install_id = $1::uuid and granted_at <= $2
       union all select 'books_grants', install_id::text, sealed_refresh_token from books_grants
        where install_id = $1::uuid and granted_at <= $2
       union all select 'pending_books_grants', tx, sealed_refresh_token from pending_books_grants
        where install_id = $1::uuid
     ) left_over order by 1, 4`,
    [installId, before],
  );
}

const STILL = `e.id = $1 and e.erased_at is null and exists (
  select 1 from installs i where i.id = e.install_id and i.state = 'uninstalling')`;

/** Whether a token is still there and still to be ended: its organisation may have been kept after all. */
export async function isDoomed(on: Queries, erasureId: string, token: LeftToken): Promise<boolean> {
  const rows = await on.query(
    `select 1 from ${token.table} t join erasures e on e.install_id = t.install_id
     where ${STILL} and t.${ROW_ID[token.table]} = $2 and t.sealed_refresh_token = $3`,
    [erasureId, token.rowId, token.sealed],
  );
  return rows.length > 0;
}

/**
 * Erases access tokens that were got late, behind an answer from before the end; not those of people who came back.
 * @param before as of `tokensLeft`
 */
export async function removeLateAccessTokens(on: Queries, erasureId: string, before: Date): Promise<void> {
  await on.query(
    `delete from access_tokens a using erasures e where ${STILL} and a.install_id = e.install_id and not exists (
       select 1 from user_grants g
       where g.install_id = a.install_id and g.crm_user_id = a.holder and g.granted_at > $2)`,
    [erasureId, before],
  );
}

/** Erases a token and counts what became of it, together; one that another server erased first counts once. */
export async function eraseToken(
  database: Database,
  token: LeftToken,
  outcome: 'revoked' | 'unconfirmed',
): Promise<void> {
  await database.transaction(async (on) => {
    const erased = await on.query(
      `delete from ${token.table} where install_id = $1 and ${ROW_ID[token.table]} = $2 and sealed_refresh_token = $3 returning 1`,
      [token.iid, token.rowId, token.sealed],
    );
    if (erased.length === 0) return;
    await on.query(`update erasures set ${outcome} = ${outcome} + 1 where install_id = $1`, [token.iid]);
  });
}
