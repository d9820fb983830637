import type { Database, Queries } from '../store/database.ts';
import { booksGrant, markBooksGrantRevoked, saveBooksGrant } from '../store/grants.ts';
import type { Accounts, Grant } from '../zoho/accounts/accounts.ts';
import type { DataCentre } from '../zoho/data-centres.ts';
import { ZohoTrouble } from '../zoho/trouble.ts';
import { consentOf, createAccessTokens } from './access-tokens.ts';
import { type SealedSecrets, SecretUnreadable } from './sealed-secret.ts';
import { LINK_SCOPES } from './sign-in-scopes.ts';

interface Needs {
  readonly database: Database;
  readonly secrets: SealedSecrets;
  readonly accounts: Accounts;
  readonly clock: () => Date;
}

/** The one stored permission to read an install's Books. */
export interface BooksGrants {
  /**
   * Replaces what the install had; `on` lets it happen together with something else. Answers the refresh token that is
   * of no use any more, to be revoked at Zoho once this has happened; `null` where there is none.
   */
  save(
    on: Queries,
    installId: string,
    refreshToken: string,
    scopes: readonly string[],
  ): Promise<string | null>;
  /** Whether the consent holds links too: an older or narrower one only reads, and somebody has to connect again. */
  mayLink(installId: string): Promise<boolean>;
  state(installId: string): Promise<'none' | 'good' | 'revoked' | 'unreadable'>;
  /** @throws ZohoTrouble `revoked` or `unreadable` when an administrator has to connect again */
  accessToken(owner: { installId: string; dataCentre: DataCentre }, force?: 'renew'): Promise<string>;
}

export function createBooksGrants({ database, secrets, accounts, clock }: Needs): BooksGrants {
  const tokens = createAccessTokens({ database, secrets, clock, service: 'books', most: 500 });
  const holderOf = (installId: string) => ({ installId, holder: 'books' });
  const placeOf = (installId: string) => ({
    table: 'books_grants',
    column: 'sealed_refresh_token',
    iid: installId,
    rowId: installId,
  });

  /** What the install has, as long as it opens and Zoho has not ended it. */
  async function usable(on: Queries, installId: string): Promise<string | null> {
    const row = await booksGrant(on, installId);
    if (!row || row.revoked) return null;
    try {
      return secrets.open(row.sealedRefreshToken, placeOf(installId));
    } catch (cause) {
      if (cause instanceof SecretUnreadable) return null;
      throw cause;
    }
  }

  return {
    async save(on, installId, refreshToken, scopes) {
      const before = await usable(on, installId);
      await saveBooksGrant(on, {
        installId,
        sealedRefreshToken: secrets.seal(refreshToken, placeOf(installId)),
        scopes,
        now: clock(),
      });
      return before === refreshToken ? null : before;
    },

    async mayLink(installId) {
      const { scopes } = (await booksGrant(database, installId)) ?? {};
      return LINK_SCOPES.every((scope) => scopes?.includes(scope));
    },

    async state(installId) {
      const row = await booksGrant(database, installId);
      if (!row) return 'none';
      if (row.revoked) return 'revoked';
      try {
        secrets.open(row.sealedRefreshToken, placeOf(installId));
        return 'good';
      } catch (cause) {
        if (cause instanceof SecretUnreadable) return 'unreadable';
        throw cause;
      }
    },

    async accessToken({ installId, dataCentre }, force) {
      const row = await booksGrant(database, installId);
      // Also with a good token in memory: another server of ours may have learnt of the revocation.
      if (!row || row.revoked) throw new ZohoTrouble('books', 'revoked', { code: 'no_grant' });
      const refresh = async (): Promise<Grant> => {
        try {
          const refreshToken = secrets.open(row.sealedRefreshToken, placeOf(installId));
          return await accounts.refresh({ dataCentre, refreshToken });
        } catch (cause) {
          if (cause instanceof SecretUnreadable) throw new ZohoTrouble('books', 'unreadable', { cause });
          if (cause instanceof ZohoTrouble && cause.kind === 'revoked') {
            await tokens.drop(holderOf(installId));
            await markBooksGrantRevoked(database, installId, row.sealedRefreshToken, clock());
          }
          // To everyone but the sign-in, trouble at Zoho's token server is trouble with Books.
          throw cause instanceof ZohoTrouble
            ? new ZohoTrouble('books', cause.kind, { ...cause.detail, cause })
            : cause;
        }
      };
      // A new connection never works on with a token of the one before.
      const consent = consentOf(row.sealedRefreshToken);
      return tokens.token(holderOf(installId), { consent, refresh, force });
    },
  };
}
