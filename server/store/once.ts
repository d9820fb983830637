import type { Queries } from './database.ts';

/** Uses an access token up. True for exactly one caller. What was used before `forget` is tidied away. */
export async function spendToken(
  on: Queries,
  token: { jti: string; sessionId: string; now: Date; forget: Date },
): Promise<boolean> {
  await on.query('delete from used_tokens where session_id = $1 and used_at < $2', [
    token.sessionId,
    token.forget,
  ]);
  const used = await on.query(
    `insert into used_tokens (jti, session_id, used_at) values ($1, $2, $3)
     on conflict (jti) do nothing returning 1`,
    [token.jti, token.sessionId, token.now],
  );
  return used.length === 1;
}

/**
 * Takes an idempotency key of a session. `first` for exactly one caller; `repeated` when the same request came with it
 * before, `other` when a different one did. What is older than `forget` does not count.
 */
export async function takeKey(
  on: Queries,
  asked: { sessionId: string; key: string; requestHash: string; now: Date; forget: Date },
): Promise<'first' | 'repeated' | 'other'> {
  await on.query('delete from idempotency_keys where session_id = $1 and at < $2', [
    asked.sessionId,
    asked.forget,
  ]);
  const taken = await on.query(
    `insert into idempotency_keys (session_id, key, request_hash, at) values ($1, $2, $3, $4)
     on conflict (session_id, key) do nothing returning 1`,
    [asked.sessionId, asked.key, asked.requestHash, asked.now],
  );
  if (taken.length === 1) return 'first';
  const same = await on.query(
    'select 1 from idempotency_keys where session_id = $1 and key = $2 and request_hash = $3',
    [asked.sessionId, asked.key, asked.requestHash],
  );
  return same.length === 1 ? 'repeated' : 'other';
}

/** Gives a key back, because what was asked with it was not done. */
export async function giveKeyBack(on: Queries, asked: { sessionId: string; key: string }): Promise<void> {
  await on.query('delete from idempotency_keys where session_id = $1 and key = $2', [
    asked.sessionId,
    asked.key,
  ]);
}
