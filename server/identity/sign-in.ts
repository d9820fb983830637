import type { Audit } from '../audit/audit.ts';
import type { AuthRedeem, AuthStart, AuthStarted, PopupMessage } from '../contract/auth.ts';
import { Problem } from '../contract/problem.ts';
import type { Database } from '../store/database.ts';
import {
  closeSignIn,
  openSignIn,
  type SignInRow,
  setState,
  startSignIn,
  takeState,
} from '../store/sign-ins.ts';
import type { Accounts, Grant } from '../zoho/accounts/accounts.ts';
import type { Crm } from '../zoho/crm/crm.ts';
import type { DataCentre } from '../zoho/data-centres.ts';
import { admit } from './admission.ts';
import type { BooksConsents } from './books-consent.ts';
import type { CallbackQuery } from './callback.ts';
import { callbackDataCentre, startDataCentre } from './callback.ts';
import type { Install } from './install.ts';
import { findInstall } from './installs.ts';
import { hashed, secret } from './one-time-code.ts';
import type { IssuedSession } from './session.ts';
import type { SignInCodes, TypedWay } from './sign-in-codes.ts';
import {
  BOOKS_SCOPES,
  givenOf,
  KNOWING_SCOPES,
  missingScopes,
  PANEL_SCOPES,
  SETUP_SCOPES,
} from './sign-in-scopes.ts';
import type { UserGrants } from './user-grant.ts';

const TRANSACTION_MS = 5 * 60_000;

/** How Zoho's answer went on: something to tell the opener, or once more to Zoho. */
type Outcome =
  | {
      readonly kind: 'done';
      readonly message: PopupMessage;
      /** The origin of the page to tell; `null`: our own. */
      readonly opener: string | null;
      /** For a window that has nobody to tell; absent where nothing can be typed. */
      readonly typed?: TypedWay;
    }
  | {
      readonly kind: 'refused';
      readonly tx: string;
      readonly opener: string | null;
      readonly cause: unknown;
    }
  | { readonly kind: 'onwards'; readonly url: string };

export interface SignIn {
  /** @param opener origin of the page that asks and will be told how it ended; `null`: our own */
  start(ask: AuthStart, opener: string | null): Promise<AuthStarted>;
  /** An administrator, checked by the caller, connects Books. */
  startBooks(by: {
    install: Install;
    crmUserId: string;
    challenge: string;
    opener: string | null;
  }): Promise<AuthStarted>;
  /** What the popup asks for; `null` when the transaction is unknown or over. */
  pending(
    tx: string,
  ): Promise<{ purpose: 'panel' | 'setup' } | { purpose: 'books'; organisation: string } | null>;
  /** Zoho's consent page for this transaction. @throws Problem `sign_in.invalid` */
  onwards(tx: string): Promise<string>;
  /** @throws Problem `sign_in.invalid` when nothing is known of the one who asked, so nobody can be told */
  callback(query: CallbackQuery): Promise<Outcome>;
  /** @throws Problem `sign_in.invalid`, the same for every reason */
  redeem(ask: AuthRedeem): Promise<IssuedSession>;
}

interface Needs {
  readonly database: Database;
  readonly accounts: Accounts;
  /** CRM by a token that was exchanged just now. */
  readonly crmWith: (dataCentre: DataCentre, accessToken: string) => Crm;
  readonly dataCentres: readonly DataCentre[];
  readonly userGrants: UserGrants;
  readonly codes: SignInCodes;
  readonly booksConsents: Pick<BooksConsents, 'hold'>;
  readonly audit: Pick<Audit, 'write'>;
  /** Called when Zoho could not be told that a refused person's token is of no use. */
  readonly onTrouble: (trouble: unknown) => void;
  readonly publicUrl: string;
  readonly clock: () => Date;
}

export function createSignIn(needs: Needs): SignIn {
  const { database, accounts, dataCentres, userGrants, publicUrl, clock, audit, onTrouble } = needs;
  const redirectUri = `${publicUrl}/auth/callback`;

  async function started(
    row: Omit<Parameters<typeof startSignIn>[1], 'tx' | 'expiresAt'>,
  ): Promise<AuthStarted> {
    const tx = secret();
    await startSignIn(database, { ...row, tx, expiresAt: new Date(clock().getTime() + TRANSACTION_MS) });
    return { tx, url: `${publicUrl}/auth/go?tx=${tx}` };
  }

  async function consentUrl(
    waiting: Pick<SignInRow, 'tx' | 'purpose'>,
    dataCentre: DataCentre,
    prompt: 'consent' | 'none',
  ): Promise<string> {
    const state = secret();
    await setState(database, waiting.tx, hashed(state), prompt);
    return accounts.authorisationUrl({
      dataCentre,
      redirectUri,
      scopes: scopesOf(waiting.purpose),
      state,
      prompt,
    });
  }

  async function signedIn(
    waiting: SignInRow,
    purpose: 'panel' | 'setup',
    dataCentre: DataCentre,
    grant: Grant,
  ): Promise<Outcome> {
    const scopes = givenOf(scopesOf(purpose), grant.scopes);
    const crm = needs.crmWith(dataCentre, grant.accessToken);
    const now = clock();
    const { organisationHint } = waiting;
    const admitted = await mustKnow(purpose, scopes)
      .then(() => admit({ database, crm, dataCentre, purpose, organisationHint, now, audit }))
      .catch((refusal: unknown) => {
        const { refreshToken } = grant;
        // Not kept, so nobody could end it later.
        if (refreshToken !== undefined) void accounts.revoke({ dataCentre, refreshToken }).catch(onTrouble);
        throw refusal;
      });
    const { install, user } = admitted;
    const owner = { installId: install.id, crmUserId: user.id, dataCentre };
    if (
      grant.refreshToken === undefined &&
      waiting.prompt !== 'consent' &&
      !(await userGrants.covers(owner, scopes))
    ) {
      // Zoho gives a lasting token only at the first consent, and we no longer have that one: ask for consent again.
      return { kind: 'onwards', url: await consentUrl(waiting, dataCentre, 'consent') };
    }
    await userGrants.save(owner, grant, { purpose, scopes });
    const { code, typed } = await needs.codes.give(waiting.tx, { purpose, install, user });
    const message = { type: 'customer360.signed-in', tx: waiting.tx, code } as const;
    return { kind: 'done', message, opener: waiting.openerOrigin, ...(typed ? { typed } : {}) };
  }

  async function booksConsented(waiting: SignInRow, dataCentre: DataCentre, grant: Grant): Promise<Outcome> {
    const code = await needs.booksConsents.hold(waiting, dataCentre, grant);
    await closeSignIn(database, waiting.tx);
    const message = { type: 'customer360.books-connected', tx: waiting.tx, code } as const;
    return { kind: 'done', message, opener: waiting.openerOrigin };
  }

  return {
    start: ({ challenge, purpose, serviceOrigin, orgHint }, openerOrigin) =>
      started({
        purpose,
        challenge,
        dataCentre: startDataCentre(serviceOrigin, dataCentres).location,
        installId: null,
        crmUserId: null,
        organisationHint: orgHint,
        openerOrigin,
      }),

    startBooks: ({ install, crmUserId, challenge, opener }) =>
      started({
        purpose: 'books',
        challenge,
        dataCentre: install.dataCentre,
        installId: install.id,
        crmUserId,
        openerOrigin: opener,
      }),

    async pending(tx) {
      const waiting = await openSignIn(database, tx, clock());
      if (!waiting) return null;
      const purpose = purposeOf(waiting);
      if (purpose !== 'books') return { purpose };
      const install = waiting.installId === null ? null : await findInstall(database, waiting.installId);
      return install && { purpose, organisation: install.crmOrganisationName };
    },

    async onwards(tx) {
      const waiting = await openSignIn(database, tx, clock());
      const dataCentre = dataCentres.find(({ location }) => location === waiting?.dataCentre);
      if (!waiting || !dataCentre) throw new Problem('sign_in.invalid');
      return consentUrl(waiting, dataCentre, waiting.purpose === 'panel' ? 'none' : 'consent');
    },

    async callback(query) {
      const hints = query.location !== undefined || query['accounts-server'] !== undefined;
      if (hints && !callbackDataCentre(query, '', dataCentres)) throw new Problem('sign_in.invalid');
      const waiting = await takeState(database, hashed(query.state), clock());
      if (!waiting) throw new Problem('sign_in.invalid');
      const dataCentre = callbackDataCentre(query, waiting.dataCentre, dataCentres);
      try {
        if (!dataCentre || query.code === undefined) throw new Problem('sign_in.invalid');
        const grant = await accounts.exchange({ dataCentre, code: query.code, redirectUri });
        const purpose = purposeOf(waiting);
        return purpose === 'books'
          ? await booksConsented(waiting, dataCentre, grant)
          : await signedIn(waiting, purpose, dataCentre, grant);
      } catch (cause) {
        await closeSignIn(database, waiting.tx);
        return { kind: 'refused', tx: waiting.tx, opener: waiting.openerOrigin, cause };
      }
    },

    redeem: (ask) => needs.codes.redeem(ask),
  };
}

type Purpose = 'panel' | 'setup' | 'books';

function purposeOf({ purpose }: Pick<SignInRow, 'purpose'>): Purpose {
  if (purpose === 'panel' || purpose === 'setup' || purpose === 'books') return purpose;
  throw new Error('A stored sign-in has an unknown purpose');
}

/** An administrator who gave too little is told by the settings what is missing, if they get that far. */
async function mustKnow(purpose: 'panel' | 'setup', given: readonly string[]): Promise<void> {
  const needed = purpose === 'setup' ? KNOWING_SCOPES : PANEL_SCOPES;
  if (missingScopes(needed, given).length > 0) throw new Problem('sign_in.scopes_missing');
}

function scopesOf(purpose: string): readonly string[] {
  if (purpose === 'books') return BOOKS_SCOPES;
  return purpose === 'setup' ? SETUP_SCOPES : PANEL_SCOPES;
}
