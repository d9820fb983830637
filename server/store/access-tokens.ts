import type { Queries } from './database.ts';

/** Whose token: a CRM user's, or that of an install's Books. */
export interface TokenHolder {
  readonly installId: string;
  /** A CRM user's id, or `books`. */
  readonly holder: string;
}

/** An access token as stored. */
export interface StoredToken {
  /** The consent it was made of. */
  readonly consent: string;
  readonly sealed: string;
  readonly expiresAt: Date;
  readonly since: Date;
}

interface Row {
  readonly consent: string | null;
  readonly sealed: string | null;
  readonly expiresAt: Date | null;
  readonly since: Date | null;
}

const COLUMNS = 'consent, sealed_access_token as sealed, expires_at as "expiresAt", since';

function tokenIn(row: Row | undefined): StoredToken | null {
  if (!row) return null;
  const { consent, sealed, expiresAt, since } = row;
  return consent !== null && sealed !== null && expiresAt && since
    ? { consent, sealed, expiresAt, since }
    : null;
}

export async function accessToken(
  on: Queries,
  { installId, holder }: TokenHolder,
): Promise<StoredToken | null> {
  const [row] = await on.query<Row>(
    `select ${COLUMNS} from access_tokens where install_id = $1 and holder = $2`,
    [installId, holder],
  );
  return tokenIn(row);
}

/**
 * Claims the right to ask Zoho for a new token, for a while. `false` while another server has it; otherwise what was
 * stored at that moment.
 */
export async function claimRenewal(
  on: Queries,
  { installId, holder }: TokenHolder,
  claim: { readonly server: string; readonly until: Date; readonly now: Date },
): Promise<{ readonly stored: StoredToken | null } | false> {
  const rows = await on.query<Row>(
    `insert into access_tokens (install_id, holder, renewing_by, renewing_until) values ($1, $2, $3, $4)
     on conflict (install_id, holder) do update set renewing_by = excluded.renewing_by, renewing_until = excluded.renewing_until
     where access_tokens.renewing_until is null or access_tokens.renewing_until <= $5
     returning ${COLUMNS}`,
    [installId, holder, claim.server, claim.until, claim.now],
  );
  return rows.length > 0 && { stored: tokenIn(rows[0]) };
}

/** Lets others claim it: nothing new was got. */
export async function endRenewal(
  on: Queries,
  { installId, holder }: TokenHolder,
  server: string,
): Promise<void> {
  await on.query(
    `update access_tokens set renewing_by = null, renewing_until = null
     where install_id = $1 and holder = $2 and renewing_by = $3`,
    [installId, holder, server],
  );
}

/** Stores a token and ends whatever renewal was under way. */
export async function saveAccessToken(
  on: Queries,
  { installId, holder }: TokenHolder,
  { consent, sealed, expiresAt, since }: StoredToken,
): Promise<void> {
  await on.query(
    `insert into access_tokens (install_id, holder, consent, sealed_access_token, expires_at, since) values ($1, $2, $3, $4, $5, $6)
     on conflict (install_id, holder) do update set consent = excluded.consent,
       sealed_access_token = excluded.sealed_access_token, expires_at = excluded.expires_at, since = excluded.since,
       renewing_by = null, renewing_until = null`,
    [installId, holder, consent, sealed, expiresAt, since],
  );
}

export async function removeAccessToken(on: Queries, { installId, holder }: TokenHolder): Promise<void> {
  await on.query('delete from access_tokens where install_id = $1 and holder = $2', [installId, holder]);
}
