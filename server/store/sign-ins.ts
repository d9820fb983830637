import type { Queries } from './database.ts';

/** A consent under way in a popup. Hashes are SHA-256 in base64url; the values themselves are never stored. */
export interface SignInRow {
  readonly tx: string;
  readonly purpose: string;
  readonly challenge: string | null;
  readonly dataCentre: string;
  /** Who asked, where an already signed-in administrator connects Books. */
  readonly installId: string | null;
  readonly crmUserId: string | null;
  readonly prompt: string | null;
  /** Which organisation the page said it sits in; never believed, only compared. */
  readonly organisationHint: string | null;
  /** The origin of the page to tell how it ended; `null`: our own. */
  readonly openerOrigin: string | null;
}

const ROW = `tx, purpose, challenge, data_centre as "dataCentre", install_id as "installId",
  crm_user_id as "crmUserId", prompt, organisation_hint as "organisationHint",
  opener_origin as "openerOrigin"`;

export async function startSignIn(
  on: Queries,
  row: Omit<SignInRow, 'prompt' | 'organisationHint' | 'openerOrigin'> & {
    organisationHint?: string | undefined;
    openerOrigin?: string | null;
    expiresAt: Date;
  },
): Promise<void> {
  // There is no other moment at which somebody would tidy up.
  await on.query(`delete from sign_ins where expires_at < $1::timestamptz - interval '1 hour'`, [
    row.expiresAt,
  ]);
  await on.query(
    `insert into sign_ins (tx, purpose, challenge, data_centre, install_id, crm_user_id, organisation_hint, opener_origin, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      row.tx,
      row.purpose,
      row.challenge,
      row.dataCentre,
      row.installId,
      row.crmUserId,
      row.organisationHint ?? null,
      row.openerOrigin ?? null,
      row.expiresAt,
    ],
  );
}

/** The transaction while it still waits for Zoho's answer. */
export async function openSignIn(on: Queries, tx: string, now: Date): Promise<SignInRow | null> {
  const rows = await on.query<SignInRow>(
    `select ${ROW} from sign_ins where tx = $1 and expires_at > $2 and code_hash is null and not redeemed`,
    [tx, now],
  );
  return rows[0] ?? null;
}

/** Only the newest state counts: going on twice makes the first one worthless. */
export async function setState(on: Queries, tx: string, stateHash: string, prompt: string): Promise<void> {
  await on.query('update sign_ins set state_hash = $2, prompt = $3 where tx = $1', [tx, stateHash, prompt]);
}

/** Uses a state up. `null` when it is unknown, expired or was used before. */
export async function takeState(on: Queries, stateHash: string, now: Date): Promise<SignInRow | null> {
  const rows = await on.query<SignInRow>(
    `update sign_ins set state_hash = null where state_hash = $1 and expires_at > $2 returning ${ROW}`,
    [stateHash, now],
  );
  return rows[0] ?? null;
}

/** Ends a transaction that will never give a session. */
export async function closeSignIn(on: Queries, tx: string): Promise<void> {
  await on.query('update sign_ins set redeemed = true, state_hash = null where tx = $1', [tx]);
}

export async function grantCode(
  on: Queries,
  tx: string,
  code: {
    hash: string;
    expiresAt: Date;
    installId: string;
    userId: string;
    userName: string;
    /** The code for typing; `null` where none is given. */
    typed: { hash: string; expiresAt: Date } | null;
  },
): Promise<void> {
  await on.query(
    `update sign_ins set code_hash = $2, code_expires_at = $3, result_install_id = $4, result_user_id = $5, result_user_name = $6,
       typed_code_hash = $7, typed_expires_at = $8
     where tx = $1`,
    [
      tx,
      code.hash,
      code.expiresAt,
      code.installId,
      code.userId,
      code.userName,
      code.typed?.hash ?? null,
      code.typed?.expiresAt ?? null,
    ],
  );
}

export interface Redeemable {
  readonly challenge: string | null;
  readonly codeHash: string;
  readonly installId: string;
  readonly userId: string;
  readonly userName: string;
}

/** Counts a try at redeeming, both kinds together. `null` when nothing is left to redeem or all tries are used. */
export async function tryRedeem(
  on: Queries,
  asked: { tx: string; kind: 'reported' | 'typed'; now: Date; mostTries: number },
): Promise<Redeemable | null> {
  const [hash, expiry] =
    asked.kind === 'typed' ? ['typed_code_hash', 'typed_expires_at'] : ['code_hash', 'code_expires_at'];
  const rows = await on.query<Redeemable>(
    `update sign_ins set tries = tries + 1
     where tx = $1 and ${hash} is not null and ${expiry} > $2 and not redeemed and tries < $3
     returning challenge, ${hash} as "codeHash", result_install_id as "installId", result_user_id as "userId",
       result_user_name as "userName"`,
    [asked.tx, asked.now, asked.mostTries],
  );
  return rows[0] ?? null;
}

/** True for exactly one caller. */
export async function takeRedemption(on: Queries, tx: string): Promise<boolean> {
  return (
    (await on.query('update sign_ins set redeemed = true where tx = $1 and not redeemed returning 1', [tx]))
      .length === 1
  );
}
