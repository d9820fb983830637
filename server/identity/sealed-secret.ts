import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** A key-encryption key: wraps the data keys, never touches the data. Lives outside the database. */
export interface KeyEncryptionKey {
  readonly id: string;
  readonly key: Buffer;
}

/** Where a secret is stored. Bound into the ciphertext, so it opens nowhere else. */
interface SecretPlace {
  readonly table: string;
  readonly column: string;
  /** Install id, or `-` for what belongs to the server itself. */
  readonly iid: string;
  readonly rowId: string;
}

/** The stored form is damaged, was moved, or its key is gone. Treated as lost: somebody must sign in or connect again. */
export class SecretUnreadable extends Error {
  override readonly name = 'SecretUnreadable';
  /** `key_missing`: nothing is lost yet, for the key may come back with the next start. */
  readonly why: 'damaged' | 'key_missing';

  constructor(message: string, why: SecretUnreadable['why'], options?: ErrorOptions) {
    super(message, options);
    this.why = why;
  }
}

export interface SealedSecrets {
  seal(plain: string, place: SecretPlace): string;
  /** @throws SecretUnreadable */
  open(sealed: string, place: SecretPlace): string;
  /** Id of the key that seals: what an older one wraps is to be sealed again before that key is retired. */
  readonly keyId: string;
}

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM envelopes: every secret has its own data key, wrapped by the newest key-encryption key.
 * Stored as `v1.kekId.iv.ct.tag.wrappedDek`, parts in base64url.
 *
 * @param keys newest first; older ones only open
 */
export function createSealedSecrets(keys: readonly KeyEncryptionKey[]): SealedSecrets {
  const [newest] = keys;
  if (!newest) throw new Error('At least one key-encryption key is needed');
  const byId = new Map(keys.map((key) => [key.id, key.key]));

  return {
    seal(plain, place) {
      const bound = binding(place, newest.id);
      const dataKey = randomBytes(32);
      const body = encrypt(dataKey, Buffer.from(plain, 'utf8'), bound);
      const wrapped = encrypt(newest.key, dataKey, bound);
      const wrappedDek = Buffer.concat([wrapped.iv, wrapped.ciphertext, wrapped.tag]);
      return [
        'v1',
        newest.id,
        ...[body.iv, body.ciphertext, body.tag, wrappedDek].map((part) => part.toString('base64url')),
      ].join('.');
    },

    open(sealed, place) {
      const [version, kekId = '', iv, ciphertext, tag, wrappedDek, ...more] = sealed.split('.');
      const key = byId.get(kekId);
      if (version === 'v1' && !key)
        throw new SecretUnreadable(`There is no key ${kekId} to open the secret with`, 'key_missing');
      if (
        version !== 'v1' ||
        !key ||
        !iv ||
        ciphertext === undefined ||
        !tag ||
        !wrappedDek ||
        more.length > 0
      ) {
        throw new SecretUnreadable('The secret has an unknown form', 'damaged');
      }
      const bound = binding(place, kekId);
      const wrapped = Buffer.from(wrappedDek, 'base64url');
      try {
        const dataKey = decrypt(
          key,
          {
            iv: wrapped.subarray(0, IV_BYTES),
            ciphertext: wrapped.subarray(IV_BYTES, -TAG_BYTES),
            tag: wrapped.subarray(-TAG_BYTES),
          },
          bound,
        );
        const parts = { iv: bytes(iv), ciphertext: bytes(ciphertext), tag: bytes(tag) };
        return decrypt(dataKey, parts, bound).toString('utf8');
      } catch (cause) {
        throw new SecretUnreadable('The secret does not open here', 'damaged', { cause });
      }
    },

    keyId: newest.id,
  };
}

interface Encrypted {
  readonly iv: Buffer;
  readonly ciphertext: Buffer;
  readonly tag: Buffer;
}

const binding = (place: SecretPlace, kekId: string): Buffer =>
  Buffer.from(['v1', place.table, place.column, place.iid, place.rowId, kekId].join('|'), 'utf8');

const bytes = (text: string): Buffer => Buffer.from(text, 'base64url');

function encrypt(key: Buffer, plain: Buffer, bound: Buffer): Encrypted {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES }).setAAD(bound);
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
  return { iv, ciphertext, tag: cipher.getAuthTag() };
}

function decrypt(key: Buffer, { iv, ciphertext, tag }: Encrypted, bound: Buffer): Buffer {
  const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES })
    .setAAD(bound)
    .setAuthTag(tag);
  return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
}
