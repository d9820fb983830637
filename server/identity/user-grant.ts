import type { Audit } from '../audit/audit.ts';
import type { Database } from '../store/database.ts';
import { removeUserGrant, saveUserGrant, userGrant } from '../store/grants.ts';
import type { Accounts, Grant } from '../zoho/accounts/accounts.ts';
import type { DataCentre } from '../zoho/data-centres.ts';
import { ZohoTrouble } from '../zoho/trouble.ts';
import { consentOf, createAccessTokens } from './access-tokens.ts';
import { holdForGrant, refusalOf } from './hold-for-grant.ts';
import { findInstall } from './installs.ts';
import { type SealedSecrets, SecretUnreadable } from './sealed-secret.ts';
import { endAllOf } from './session-ends.ts';

interface GrantOwner {
  readonly installId: string;
  readonly crmUserId: string;
  readonly dataCentre: DataCentre;
}

interface Needs {
  readonly database: Database;
  readonly secrets: SealedSecrets;
  readonly accounts: Accounts;
  readonly dataCentreOf: (location: string) => DataCentre;
  readonly clock: () => Date;
  readonly audit: Pick<Audit, 'record'>;
  /** Called when Zoho could not be told that a token is of no use any more. */
  readonly onTrouble: (trouble: unknown) => void;
}

/** What a CRM user allowed us: both tokens sealed in the database, the access token in memory too. */
export interface UserGrants {
  /**
   * Stores a new consent. A narrower one never replaces a wider one that still opens.
   * @throws Problem `sign_in.not_installed` when the install was uninstalled meanwhile; the consent is then ended
   */
  save(
    owner: GrantOwner,
    grant: Grant,
    consent: { readonly purpose: 'panel' | 'setup'; readonly scopes: readonly string[] },
  ): Promise<void>;
  /** Whether a sign-in may go without a new refresh token. */
  covers(owner: GrantOwner, scopes: readonly string[]): Promise<boolean>;
  /**
   * @throws ZohoTrouble `revoked` or `unreadable` when the person has to sign in again; the grant and sessions are then
   *   gone, unless it is only the key that is missing
   */
  accessToken(owner: GrantOwner, force?: 'renew'): Promise<string>;
  /**
   * The grant is of no use any more: forget it, end the person's sessions, and tell Zoho, unless it was Zoho who said so.
   */
  end(
    owner: Pick<GrantOwner, 'installId' | 'crmUserId'>,
    why: 'user_not_admitted' | 'consent_lost',
  ): Promise<void>;
}

export function createUserGrants(needs: Needs): UserGrants {
  const { database, secrets, accounts, dataCentreOf, clock, audit, onTrouble } = needs;
  const tokens = createAccessTokens({ database, secrets, clock, service: 'crm' });
  const holderOf = ({ installId, crmUserId }: Pick<GrantOwner, 'installId' | 'crmUserId'>) => ({
    installId,
    holder: crmUserId,
  });
  const placeOf = ({ installId, crmUserId }: Pick<GrantOwner, 'installId' | 'crmUserId'>) => ({
    table: 'user_grants',
    column: 'sealed_refresh_token',
    iid: installId,
    rowId: crmUserId,
  });

  async function stored(
    owner: GrantOwner,
  ): Promise<{ refreshToken: string; scopes: readonly string[] } | null> {
    const row = await userGrant(database, owner);
    if (!row) return null;
    return { refreshToken: secrets.open(row.sealedRefreshToken, placeOf(owner)), scopes: row.scopes };
  }

  /** Answers the refresh token as stored. */
  async function store(
    owner: GrantOwner,
    refreshToken: string,
    { purpose, scopes }: Parameters<UserGrants['save']>[2],
  ): Promise<string> {
    const { installId, crmUserId } = owner;
    const sealedRefreshToken = secrets.seal(refreshToken, placeOf(owner));
    await database.transaction(async (on) => {
      const now = await holdForGrant(on, installId, { now: clock(), refusal: refusalOf(purpose) });
      await saveUserGrant(on, { installId, crmUserId, sealedRefreshToken, scopes, now });
    });
    return sealedRefreshToken;
  }

  async function readable(
    owner: GrantOwner,
  ): Promise<{ refreshToken: string; scopes: readonly string[] } | null> {
    try {
      return await stored(owner);
    } catch (cause) {
      if (cause instanceof SecretUnreadable) return null; // lost: a new consent replaces it
      throw cause;
    }
  }

  const includes = (wide: readonly string[], narrow: readonly string[]): boolean =>
    narrow.every((scope) => wide.includes(scope));

  const end: UserGrants['end'] = async (owner, why) => {
    await tokens.drop(holderOf(owner));
    const sealed = await database.transaction(async (on) => {
      await endAllOf(on, audit, { user: owner, why });
      return removeUserGrant(on, owner);
    });
    // Behind the answer: whoever is refused does not wait for Zoho.
    if (sealed !== null && why !== 'consent_lost') void revokeSealed(owner, sealed).catch(onTrouble);
  };

  async function revokeSealed(owner: Pick<GrantOwner, 'installId' | 'crmUserId'>, sealed: string) {
    const refreshToken = secrets.open(sealed, placeOf(owner));
    const install = await findInstall(database, owner.installId);
    if (install) await accounts.revoke({ dataCentre: dataCentreOf(install.dataCentre), refreshToken });
  }

  /** A consent that is not kept, or that another one took the place of, would stay good at Zoho for ever. */
  const revoke = ({ dataCentre }: GrantOwner, refreshToken: string): void =>
    void accounts.revoke({ dataCentre, refreshToken }).catch(onTrouble);

  return {
    end,

    async save(owner, grant, { purpose, scopes }) {
      const before = await readable(owner);
      if (grant.refreshToken === undefined) {
        // Without any refresh token the person works for the hour this access token lives.
        if (!before) await tokens.keep(holderOf(owner), consentOf(null), grant);
        return;
      }
      const { refreshToken } = grant;
      if (before && !includes(scopes, before.scopes)) return revoke(owner, refreshToken);
      const sealed = await store(owner, refreshToken, { purpose, scopes }).catch((refusal: unknown) => {
        revoke(owner, refreshToken);
        throw refusal;
      });
      await tokens.keep(holderOf(owner), consentOf(sealed), grant);
      if (before && before.refreshToken !== refreshToken) revoke(owner, before.refreshToken);
    },

    async covers(owner, scopes) {
      const before = await readable(owner);
      return before !== null && includes(before.scopes, scopes);
    },

    async accessToken(owner, force) {
      const row = await userGrant(database, owner);
      const refresh = async (): Promise<Grant> => {
        try {
          if (!row) throw new ZohoTrouble('crm', 'revoked', { code: 'no_grant' });
          const refreshToken = secrets.open(row.sealedRefreshToken, placeOf(owner));
          return await accounts.refresh({ dataCentre: owner.dataCentre, refreshToken });
        } catch (cause) {
          const unreadable = cause instanceof SecretUnreadable;
          const revoked = cause instanceof ZohoTrouble && cause.kind === 'revoked';
          // A key that is missing may come back; everything else is gone for good.
          if (revoked || (unreadable && cause.why === 'damaged')) await end(owner, 'consent_lost');
          throw unreadable ? new ZohoTrouble('crm', 'unreadable', { cause }) : cause;
        }
      };
      // By the consent: a new one never works on with a token of the one before, on whichever server.
      const consent = consentOf(row?.sealedRefreshToken ?? null);
      return tokens.token(holderOf(owner), { consent, refresh, force });
    },
  };
}
