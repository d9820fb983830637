import { hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { addHookSecret, sealedHookSecret } from '../store/books-hooks.ts';
import type { Database } from '../store/database.ts';
import { hashed } from './one-time-code.ts';
import { type SealedSecrets, SecretUnreadable } from './sealed-secret.ts';

/** Who calls an address: Books, that something changed, or the Marketplace, that the extension was uninstalled. */
type Hook = 'books' | 'uninstalled';

/**
 * The addresses at which we are told of an install. Nobody who calls them signs anything we could check, so the address
 * itself is the proof, and what is said there never more than a hint.
 */
export interface BooksHooks {
  /** The last part of the address; made at the first call. */
  tokenOf(installId: string, hook?: Hook): Promise<string>;
  opens(installId: string, token: string, hook?: Hook): Promise<boolean>;
}

interface Needs {
  readonly database: Database;
  readonly secrets: SealedSecrets;
  readonly clock: () => Date;
}

const SECRET_BYTES = 32;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function createBooksHooks({ database, secrets, clock }: Needs): BooksHooks {
  const placeOf = (installId: string) => ({
    table: 'books_hooks',
    column: 'sealed_secret',
    iid: installId,
    rowId: installId,
  });

  async function known(installId: string, hook: Hook): Promise<string | null> {
    const sealed = await sealedHookSecret(database, installId);
    if (sealed === null) return null;
    return tokenFrom(secrets.open(sealed, placeOf(installId)), installId, hook);
  }

  return {
    async tokenOf(installId, hook = 'books') {
      const has = await known(installId, hook);
      if (has !== null) return has;
      const secret = randomBytes(SECRET_BYTES).toString('base64url');
      const sealed = secrets.seal(secret, placeOf(installId));
      await addHookSecret(database, { installId, sealed, now: clock() });
      return (await known(installId, hook)) ?? tokenFrom(secret, installId, hook);
    },

    async opens(installId, token, hook = 'books') {
      if (!UUID.test(installId)) return false;
      try {
        const right = await known(installId, hook);
        return right !== null && timingSafeEqual(digest(token), digest(right));
      } catch (cause) {
        if (cause instanceof SecretUnreadable) return false;
        throw cause;
      }
    },
  };
}

/** For this purpose and install alone, so that the secret can serve others as well. */
const tokenFrom = (secret: string, installId: string, hook: Hook): string =>
  Buffer.from(
    hkdfSync('sha256', Buffer.from(secret, 'base64url'), '', `${hook}-hook|${installId}`, SECRET_BYTES),
  ).toString('base64url');

/** Of one length whatever was sent. */
const digest = (text: string): Buffer => Buffer.from(hashed(text));
