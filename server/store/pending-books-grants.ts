import type { Queries } from './database.ts';

/** A consent for Books that whoever asked for it has not taken over yet. Code as SHA-256, the token sealed. */
export interface PendingBooksGrantRow {
  readonly tx: string;
  readonly installId: string;
  /** Who asked, and the only one who may take it over. */
  readonly crmUserId: string;
  readonly challenge: string;
  readonly codeHash: string;
  readonly codeExpiresAt: Date;
  readonly sealedRefreshToken: string;
  /** What Zoho gave; `null` from before that was kept. */
  readonly grantedScopes: readonly string[] | null;
}

const ROW = `tx, install_id as "installId", crm_user_id as "crmUserId", challenge, code_hash as "codeHash",
  code_expires_at as "codeExpiresAt", sealed_refresh_token as "sealedRefreshToken", granted_scopes as "grantedScopes"`;

export async function holdBooksGrant(on: Queries, row: PendingBooksGrantRow): Promise<void> {
  await on.query(
    `insert into pending_books_grants (tx, install_id, crm_user_id, challenge, code_hash, code_expires_at, sealed_refresh_token, granted_scopes)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      row.tx,
      row.installId,
      row.crmUserId,
      row.challenge,
      row.codeHash,
      row.codeExpiresAt,
      row.sealedRefreshToken,
      row.grantedScopes,
    ],
  );
}

/** Counts a try of the one who asked. `null` for anybody else, and when nothing is held (any more). */
export async function tryBooksGrant(
  on: Queries,
  by: { tx: string; installId: string; crmUserId: string },
): Promise<(PendingBooksGrantRow & { readonly tries: number }) | null> {
  const rows = await on.query<PendingBooksGrantRow & { tries: number }>(
    `update pending_books_grants set tries = tries + 1 where tx = $1 and install_id = $2 and crm_user_id = $3
     returning ${ROW}, tries`,
    [by.tx, by.installId, by.crmUserId],
  );
  return rows[0] ?? null;
}

/** Removes what is held. True for exactly one caller. */
export async function takeBooksGrant(on: Queries, tx: string): Promise<boolean> {
  return (await on.query('delete from pending_books_grants where tx = $1 returning 1', [tx])).length === 1;
}

/** Removes everything whose code is too old, and answers it: each row to one caller. */
export async function takeUnclaimedBooksGrants(
  on: Queries,
  now: Date,
): Promise<readonly PendingBooksGrantRow[]> {
  return on.query<PendingBooksGrantRow>(
    `delete from pending_books_grants where code_expires_at <= $1 returning ${ROW}`,
    [now],
  );
}
