import type { Database, Queries } from './database.ts';

export interface SigningKeyRow {
  readonly kid: string;
  readonly publicJwk: unknown;
  readonly sealedPrivateJwk: string;
  readonly createdAt: Date;
}

/** Newest first. */
export async function signingKeys(on: Queries): Promise<readonly SigningKeyRow[]> {
  return on.query<SigningKeyRow>(
    `select kid, public_jwk as "publicJwk", sealed_private_jwk as "sealedPrivateJwk", created_at as "createdAt"
     from signing_keys order by created_at desc, kid`,
  );
}

/**
 * Adds a key and drops those whose tokens have all run out. False when another server has added one since `newest` was
 * read: then that one is to be used.
 */
export async function addSigningKey(
  database: Database,
  key: SigningKeyRow & { publicJwk: object },
  since: { newest: string | null; dropBefore: Date },
): Promise<boolean> {
  return database.transaction(async (on) => {
    await on.query('lock table signing_keys in share row exclusive mode');
    const [newest] = await signingKeys(on);
    if ((newest?.kid ?? null) !== since.newest) return false;
    await on.query('delete from signing_keys where created_at < $1', [since.dropBefore]);
    await on.query(
      'insert into signing_keys (kid, public_jwk, sealed_private_jwk, created_at) values ($1, $2::jsonb, $3, $4)',
      [key.kid, JSON.stringify(key.publicJwk), key.sealedPrivateJwk, key.createdAt],
    );
    return true;
  });
}
