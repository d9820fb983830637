import type { Queries } from './database.ts';

export interface UserGrantRow {
  readonly sealedRefreshToken: string;
  readonly scopes: readonly string[];
}

export async function userGrant(
  on: Queries,
  user: { installId: string; crmUserId: string },
): Promise<UserGrantRow | null> {
  const rows = await on.query<UserGrantRow>(
    'select sealed_refresh_token as "sealedRefreshToken", scopes from user_grants where install_id = $1 and crm_user_id = $2',
    [user.installId, user.crmUserId],
  );
  return rows[0] ?? null;
}

export async function saveUserGrant(
  on: Queries,
  grant: {
    installId: string;
    crmUserId: string;
    sealedRefreshToken: string;
    scopes: readonly string[];
    now: Date;
  },
): Promise<void> {
  await on.query(
    `insert into user_grants (install_id, crm_user_id, sealed_refresh_token, scopes, granted_at) values ($1, $2, $3, $4, $5)
     on conflict (install_id, crm_user_id) do update set sealed_refresh_token = excluded.sealed_refresh_token,
       scopes = excluded.scopes, granted_at = excluded.granted_at`,
    [grant.installId, grant.crmUserId, grant.sealedRefreshToken, [...grant.scopes], grant.now],
  );
}

/** Removes a grant. Answers its sealed refresh token to exactly one caller. */
export async function removeUserGrant(
  on: Queries,
  user: { installId: string; crmUserId: string },
): Promise<string | null> {
  const rows = await on.query<{ sealed: string }>(
    'delete from user_grants where install_id = $1 and crm_user_id = $2 returning sealed_refresh_token as sealed',
    [user.installId, user.crmUserId],
  );
  return rows[0]?.sealed ?? null;
}

export interface BooksGrantRow {
  readonly sealedRefreshToken: string;
  readonly grantedAt: Date;
  /** Zoho said that the refresh token is gone; kept so that the settings page can say "reconnect". */
  readonly revoked: boolean;
  /** When we learnt of it; `null` also where that was not written down yet. */
  readonly revokedAt: Date | null;
  /** What the consent was asked for; `null` from before that was kept. */
  readonly scopes: readonly string[] | null;
}

export async function booksGrant(on: Queries, installId: string): Promise<BooksGrantRow | null> {
  const rows = await on.query<BooksGrantRow>(
    'select sealed_refresh_token as "sealedRefreshToken", granted_at as "grantedAt", revoked, revoked_at as "revokedAt", scopes from books_grants where install_id = $1',
    [installId],
  );
  return rows[0] ?? null;
}

export async function saveBooksGrant(
  on: Queries,
  grant: { installId: string; sealedRefreshToken: string; scopes: readonly string[]; now: Date },
): Promise<void> {
  await on.query(
    `insert into books_grants (install_id, sealed_refresh_token, granted_at, scopes) values ($1, $2, $3, $4)
     on conflict (install_id) do update set sealed_refresh_token = excluded.sealed_refresh_token,
       granted_at = excluded.granted_at, scopes = excluded.scopes, revoked = false, revoked_at = null`,
    [grant.installId, grant.sealedRefreshToken, grant.now, [...grant.scopes]],
  );
}

/** @param sealedRefreshToken the token Zoho refused; a newer one that came meanwhile stays good */
export async function markBooksGrantRevoked(
  on: Queries,
  installId: string,
  sealedRefreshToken: string,
  now: Date,
): Promise<void> {
  await on.query(
    `update books_grants set revoked = true, revoked_at = coalesce(revoked_at, $3)
     where install_id = $1 and sealed_refresh_token = $2`,
    [installId, sealedRefreshToken, now],
  );
}
