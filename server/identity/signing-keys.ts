import { randomBytes } from 'node:crypto';
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import type { Database } from '../store/database.ts';
import { addSigningKey, type SigningKeyRow, signingKeys } from '../store/signing-keys.ts';
import { type SealedSecrets, SecretUnreadable } from './sealed-secret.ts';

const ROTATE_AFTER_MS = 30 * 24 * 3_600_000;
/** Twice the life of what it signed. */
const OLD_KEY_VALID_MS = 10 * 60_000;
/** An unknown key may be another server's new one; asked at most this often, or strangers could make us ask. */
const LOOK_AGAIN_MS = 5_000;

interface Needs {
  readonly database: Database;
  readonly secrets: SealedSecrets;
  readonly clock: () => Date;
}

/** Keys that sign sessions, kept in the database so that several servers and restarts share them. */
export interface SigningKeys {
  current(): Promise<{ kid: string; key: CryptoKey | Uint8Array }>;
  /** `null` for every key that is not one of ours and in use. */
  verifying(kid: string): Promise<CryptoKey | Uint8Array | null>;
}

export function createSigningKeys({ database, secrets, clock }: Needs): SigningKeys {
  let rows: readonly SigningKeyRow[] = [];
  let lookedAt = Number.NEGATIVE_INFINITY;
  let rotating: Promise<void> | null = null;
  const privateKeys = new Map<string, CryptoKey | Uint8Array>();
  const publicKeys = new Map<string, CryptoKey | Uint8Array>();
  const placeOf = (kid: string) => ({
    table: 'signing_keys',
    column: 'sealed_private_jwk',
    iid: '-',
    rowId: kid,
  });
  const ageMs = (row: SigningKeyRow): number => clock().getTime() - row.createdAt.getTime();

  async function look(): Promise<void> {
    rows = await signingKeys(database);
    lookedAt = clock().getTime();
  }

  async function rotate(): Promise<void> {
    const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
    const [previous] = rows;
    // After the one before it, also where another server's clock is ahead.
    const now = new Date(Math.max(clock().getTime(), (previous?.createdAt.getTime() ?? 0) + 1));
    const kid = `${now.toISOString().slice(0, 7)}-${randomBytes(6).toString('hex')}`;
    const sealedPrivateJwk = secrets.seal(JSON.stringify(await exportJWK(privateKey)), placeOf(kid));
    await addSigningKey(
      database,
      { kid, publicJwk: await exportJWK(publicKey), sealedPrivateJwk, createdAt: now },
      { newest: previous?.kid ?? null, dropBefore: previous?.createdAt ?? now },
    );
    await look(); // at our own, or at the one another server was faster with
  }

  async function privateKeyOf(row: SigningKeyRow): Promise<CryptoKey | Uint8Array | null> {
    const known = privateKeys.get(row.kid);
    if (known) return known;
    try {
      const jwk = JSON.parse(secrets.open(row.sealedPrivateJwk, placeOf(row.kid))) as JWK; // safe because we sealed it
      const key = await importJWK(jwk, 'EdDSA');
      privateKeys.set(row.kid, key);
      return key;
    } catch (cause) {
      if (cause instanceof SecretUnreadable) return null; // its key is lost: sign with a new one
      throw cause;
    }
  }

  async function usable(): Promise<{ kid: string; key: CryptoKey | Uint8Array } | null> {
    const [newest] = rows;
    if (!newest || ageMs(newest) > ROTATE_AFTER_MS) return null;
    const key = await privateKeyOf(newest);
    return key && { kid: newest.kid, key };
  }

  return {
    async current() {
      const now = await usable();
      if (now) return now;
      await look();
      const shared = await usable();
      if (shared) return shared;
      rotating ??= rotate().finally(() => {
        rotating = null;
      });
      await rotating;
      const fresh = await usable();
      if (!fresh) throw new Error('No signing key could be made');
      return fresh;
    },

    async verifying(kid) {
      if (!rows.some((row) => row.kid === kid) && clock().getTime() - lookedAt > LOOK_AGAIN_MS) await look();
      const index = rows.findIndex((row) => row.kid === kid);
      const row = rows[index];
      const successor = rows[index - 1];
      if (!row || (successor && ageMs(successor) > OLD_KEY_VALID_MS)) return null;
      const known = publicKeys.get(kid);
      if (known) return known;
      const key = await importJWK(row.publicJwk as JWK, 'EdDSA'); // safe because we exported it
      publicKeys.set(kid, key);
      return key;
    },
  };
}
