import type { Audit } from '../audit/audit.ts';
import { type AuthRedeem, TYPED_CODE_LENGTH } from '../contract/auth.ts';
import { Problem } from '../contract/problem.ts';
import type { Database } from '../store/database.ts';
import { grantCode, takeRedemption, tryRedeem } from '../store/sign-ins.ts';
import { holdForGrant, refusalOf } from './hold-for-grant.ts';
import type { Install } from './install.ts';
import { findInstall } from './installs.ts';
import { CODE_MS, hashed, MOST_TRIES, proves, secret, TYPED_CODE_MS, typedCode } from './one-time-code.ts';
import type { IssuedSession, Sessions } from './session.ts';

/** What a person may type on the page they came from, and as whom that signs them in. */
export interface TypedWay {
  readonly code: string;
  readonly name: string;
  readonly organisation: string;
}

interface Admitted {
  readonly purpose: 'panel' | 'setup';
  readonly install: Install;
  readonly user: { readonly id: string; readonly name: string };
}

/** Between Zoho's word on who somebody is and their session: codes that only the page that asked can redeem. */
export interface SignInCodes {
  /**
   * One code for the window to report and, for figures, one to type from a window that has nobody to report to.
   * @throws Problem `sign_in.not_installed` when the install was uninstalled meanwhile
   */
  give(tx: string, admitted: Admitted): Promise<{ code: string; typed: TypedWay | null }>;
  /** @throws Problem `sign_in.invalid`, the same for every reason */
  redeem(ask: AuthRedeem): Promise<IssuedSession>;
}

interface Needs {
  readonly database: Database;
  readonly sessions: Pick<Sessions, 'start'>;
  readonly audit: Pick<Audit, 'write'>;
  readonly clock: () => Date;
}

export function createSignInCodes({ database, sessions, audit, clock }: Needs): SignInCodes {
  const inMs = (ms: number): Date => new Date(clock().getTime() + ms);

  return {
    async give(tx, { purpose, install, user }) {
      const code = secret();
      // Administrators' functions refuse a session by typed code, so setting up gives none.
      const typed = purpose === 'panel' ? typedCode() : null;
      await database.transaction(async (on) => {
        await holdForGrant(on, install.id, { now: clock(), refusal: refusalOf(purpose) });
        await grantCode(on, tx, {
          hash: hashed(code),
          expiresAt: inMs(CODE_MS),
          installId: install.id,
          userId: user.id,
          userName: user.name,
          typed: typed === null ? null : { hash: hashed(tx + typed), expiresAt: inMs(TYPED_CODE_MS) },
        });
      });
      return {
        code,
        typed:
          typed === null ? null : { code: typed, name: user.name, organisation: install.crmOrganisationName },
      };
    },

    async redeem({ tx, code, verifier, crmPerson }) {
      const kind = code.length === TYPED_CODE_LENGTH ? 'typed' : 'reported';
      const found = await tryRedeem(database, { tx, kind, now: clock(), mostTries: MOST_TRIES });
      if (!found) throw new Problem('sign_in.invalid');
      // A short code counts for its own sign-in only, whatever else is stored.
      const shown = { code: kind === 'typed' ? tx + code : code, verifier };
      const install = proves(shown, found) ? await findInstall(database, found.installId) : null;
      const issued =
        install &&
        (await sessions.start(
          {
            installId: install.id,
            dataCentre: install.dataCentre,
            zgid: install.zgid,
            crmUserId: found.userId,
            name: found.userName,
            crmPerson: crmPerson ?? null,
            amr: kind === 'typed' ? 'typed' : 'zoho-oauth',
          },
          // an uninstalling takes all codes away, and then all sessions: never one between the two
          async (on) => {
            await holdForGrant(on, install.id, { now: clock(), refusal: null });
            return takeRedemption(on, tx);
          },
        ));
      if (issued) return issued;
      const outcome = 'sign_in.invalid';
      const subject = `sign-in/Users/${found.userId}`;
      await audit.write(found.installId, { action: 'session.refused', subject, outcome });
      throw new Problem(outcome);
    },
  };
}
