import type { Audit } from '../audit/audit.ts';
import { Problem } from '../contract/problem.ts';
import type { BooksRedeem } from '../contract/settings.ts';
import type { Database } from '../store/database.ts';
import { noteBooksConnector } from '../store/life-cycle.ts';
import {
  holdBooksGrant,
  type PendingBooksGrantRow,
  takeBooksGrant,
  takeUnclaimedBooksGrants,
  tryBooksGrant,
} from '../store/pending-books-grants.ts';
import type { SignInRow } from '../store/sign-ins.ts';
import type { Accounts, Grant } from '../zoho/accounts/accounts.ts';
import type { DataCentre } from '../zoho/data-centres.ts';
import { ZohoTrouble } from '../zoho/trouble.ts';
import type { BooksGrants } from './books-grant.ts';
import type { Caller } from './caller.ts';
import { holdForGrant } from './hold-for-grant.ts';
import { findInstall } from './installs.ts';
import { CODE_MS, hashed, MOST_TRIES, proves, secret } from './one-time-code.ts';
import { type SealedSecrets, SecretUnreadable } from './sealed-secret.ts';
import { BOOKS_SCOPES, givenOf } from './sign-in-scopes.ts';

interface Needs {
  readonly database: Database;
  readonly secrets: SealedSecrets;
  readonly accounts: Accounts;
  readonly booksGrants: BooksGrants;
  readonly dataCentreOf: (location: string) => DataCentre;
  readonly clock: () => Date;
  readonly audit: Pick<Audit, 'record'>;
  /** Called when Zoho could not be told to end a consent; it is forgotten here all the same. */
  readonly onTrouble: (trouble: unknown) => void;
}

/**
 * Consents for Books between Zoho's answer and the settings page that asked. Whoever was sent the link can consent too,
 * and would give their own Books away; so a consent waits, sealed, until the page whose window it was redeems it.
 */
export interface BooksConsents {
  /**
   * Keeps a consent for the one who asked. Answers the code that the popup reports to its opener.
   * @throws Problem `sign_in.invalid`, `install.uninstalling`
   * @throws ZohoTrouble `refused` when Zoho gave no lasting permission
   */
  hold(asked: SignInRow, dataCentre: DataCentre, grant: Grant): Promise<string>;
  /** Moves a held consent to the caller's install; what it replaces is ended at Zoho. @throws Problem `sign_in.invalid`, the same for every reason of the code's; `install.uninstalling` */
  redeem(caller: Pick<Caller, 'install' | 'crmUserId' | 'name' | 'amr'>, proof: BooksRedeem): Promise<void>;
  /** Ends, also at Zoho, what nobody took over in time. */
  revokeUnclaimed(): Promise<void>;
}

export function createBooksConsents(needs: Needs): BooksConsents {
  const { database, secrets, accounts, booksGrants, dataCentreOf, clock, audit, onTrouble } = needs;
  const placeOf = ({ tx, installId }: Pick<PendingBooksGrantRow, 'tx' | 'installId'>) => ({
    table: 'pending_books_grants',
    column: 'sealed_refresh_token',
    iid: installId,
    rowId: tx,
  });

  function opened(row: PendingBooksGrantRow): string {
    try {
      return secrets.open(row.sealedRefreshToken, placeOf(row));
    } catch (cause) {
      if (cause instanceof SecretUnreadable) throw new Problem('sign_in.invalid', { cause }); // lost: only a new one helps
      throw cause;
    }
  }

  /** Ends a removed consent at Zoho, as well as can be. */
  async function revoke(row: PendingBooksGrantRow): Promise<void> {
    try {
      const install = await findInstall(database, row.installId);
      if (!install) return;
      const refreshToken = opened(row);
      await accounts.revoke({ dataCentre: dataCentreOf(install.dataCentre), refreshToken });
    } catch (cause) {
      onTrouble(cause);
    }
  }

  return {
    async hold({ tx, installId, crmUserId, challenge }, dataCentre, { refreshToken, scopes }) {
      if (refreshToken === undefined) throw new ZohoTrouble('books', 'refused', { code: 'no_refresh_token' });
      try {
        const install = installId === null ? null : await findInstall(database, installId);
        if (!install || crmUserId === null || challenge === null) throw new Problem('sign_in.invalid');
        // All products of one organisation live in one data centre.
        if (install.dataCentre !== dataCentre.location) throw new Problem('sign_in.other_data_centre');
        const code = secret();
        await database.transaction(async (on) => {
          await holdForGrant(on, install.id, { now: clock(), refusal: 'install.uninstalling' });
          await holdBooksGrant(on, {
            tx,
            installId: install.id,
            crmUserId,
            challenge,
            codeHash: hashed(code),
            codeExpiresAt: new Date(clock().getTime() + CODE_MS),
            sealedRefreshToken: secrets.seal(refreshToken, placeOf({ tx, installId: install.id })),
            grantedScopes: givenOf(BOOKS_SCOPES, scopes),
          });
        });
        return code;
      } catch (cause) {
        // Not kept, so nobody could end it later.
        await accounts.revoke({ dataCentre, refreshToken }).catch(onTrouble);
        throw cause;
      }
    },

    async redeem({ install, crmUserId, name, amr }, { tx, code, verifier }) {
      const held = await tryBooksGrant(database, { tx, installId: install.id, crmUserId });
      if (!held) throw new Problem('sign_in.invalid');
      const late = held.codeExpiresAt <= clock();
      if (late || held.tries > MOST_TRIES || !proves({ code, verifier }, held)) {
        const over = late || held.tries >= MOST_TRIES;
        if (over && (await takeBooksGrant(database, tx))) await revoke(held);
        throw new Problem('sign_in.invalid');
      }
      const refreshToken = opened(held);
      // Together, so that a consent is never lost between the two places.
      const replaced = await database.transaction(async (on) => {
        await holdForGrant(on, install.id, { now: clock(), refusal: 'install.uninstalling' });
        if (!(await takeBooksGrant(on, tx))) throw new Problem('sign_in.invalid');
        const before = await booksGrants.save(
          on,
          install.id,
          refreshToken,
          held.grantedScopes ?? BOOKS_SCOPES,
        );
        await noteBooksConnector(on, install.id, { id: crmUserId, name });
        await audit.record(on, install.id, {
          action: 'books.connected',
          who: crmUserId,
          amr,
          subject: 'settings/books',
          outcome: before === null ? 'connected' : 'replaced',
        });
        return before;
      });
      if (replaced === null) return;
      const dataCentre = dataCentreOf(install.dataCentre);
      await accounts.revoke({ dataCentre, refreshToken: replaced }).catch(onTrouble);
    },

    async revokeUnclaimed() {
      for (const row of await takeUnclaimedBooksGrants(database, clock())) await revoke(row);
    },
  };
}
