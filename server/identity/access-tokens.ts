import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import {
  accessToken,
  claimRenewal,
  endRenewal,
  removeAccessToken,
  type StoredToken,
  saveAccessToken,
  type TokenHolder,
} from '../store/access-tokens.ts';
import type { Database } from '../store/database.ts';
import type { Grant } from '../zoho/accounts/accounts.ts';
import { ZohoTrouble } from '../zoho/trouble.ts';
import { type SealedSecrets, SecretUnreadable } from './sealed-secret.ts';

/** Zoho's access tokens live an hour; a new one is taken this long before, so that no call starts with a dying one. */
const RENEW_BEFORE_MS = 5 * 60_000;
/** A token this young is not renewed on demand: several calls refused at once need one renewal, not one each. */
const YOUNG_MS = 10_000;
/** A server that died while it renewed is no longer waited for. Longer than a call to Zoho may take. */
const RENEWAL_MS = 15_000;
const LOOK_AGAIN_MS = { first: 50, longest: 500 };

interface Held {
  readonly token: string;
  readonly consent: string;
  /** In milliseconds, as the next one. */
  readonly expiresAt: number;
  readonly since: number;
}

interface Needs {
  readonly database: Database;
  readonly secrets: SealedSecrets;
  readonly clock: () => Date;
  /** Whose trouble it is when no token can be had. */
  readonly service: 'crm' | 'books';
  /** How many tokens are held at once. */
  readonly most?: number;
}

/** Names a consent by its refresh token as stored; of one without a refresh token there is only one at a time. */
export const consentOf = (sealedRefreshToken: string | null): string =>
  sealedRefreshToken === null ? '' : createHash('sha256').update(sealedRefreshToken).digest('base64url');

/**
 * One access token per grant, in memory and, sealed, in the database. Everyone who needs a new one at the same moment
 * shares one request, over all servers: Zoho allows ten per grant in ten minutes.
 */
export function createAccessTokens({ database, secrets, clock, service, most = 5_000 }: Needs) {
  const server = randomUUID();
  const held = new LRUCache<string, Held>({ max: most });
  const running = new Map<string, Promise<string>>();
  const nameOf = ({ installId, holder }: TokenHolder): string => `${installId}:${holder}`;
  const placeOf = ({ installId, holder }: TokenHolder) => ({
    table: 'access_tokens',
    column: 'sealed_access_token',
    iid: installId,
    rowId: holder,
  });
  const time = (): number => clock().getTime();
  const lasts = ({ expiresAt }: Pick<Held, 'expiresAt'>): boolean => expiresAt - time() > RENEW_BEFORE_MS;

  async function keep(of: TokenHolder, consent: string, grant: Grant): Promise<string> {
    const since = clock();
    const { accessToken: token, expiresAt } = grant;
    held.set(nameOf(of), { token, consent, expiresAt: expiresAt.getTime(), since: since.getTime() });
    const sealed = secrets.seal(token, placeOf(of));
    await saveAccessToken(database, of, { consent, sealed, expiresAt, since });
    return token;
  }

  /** What another server stored; `null` when it is none for this consent, or the very one Zoho no longer knows. */
  function taken(of: TokenHolder, stored: StoredToken | null, wanted: Wanted): string | null {
    if (stored?.consent !== wanted.consent) return null;
    const token = opened(of, stored.sealed);
    const expiresAt = stored.expiresAt.getTime();
    const since = stored.since.getTime();
    const isRefused = wanted.refused !== null && token === wanted.refused && time() - since > YOUNG_MS;
    if (token === null || isRefused || !lasts({ expiresAt })) return null;
    held.set(nameOf(of), { token, consent: wanted.consent, expiresAt, since });
    return token;
  }

  function opened(of: TokenHolder, sealed: string): string | null {
    try {
      return secrets.open(sealed, placeOf(of));
    } catch (cause) {
      if (cause instanceof SecretUnreadable) return null; // lost: a new one takes its place
      throw cause;
    }
  }

  async function renewed(of: TokenHolder, wanted: Wanted): Promise<string> {
    for (let waitedMs = 0, pause = LOOK_AGAIN_MS.first; ; ) {
      const has = taken(of, await accessToken(database, of), wanted);
      if (has !== null) return has;
      const now = clock();
      const until = new Date(now.getTime() + RENEWAL_MS);
      const claim = await claimRenewal(database, of, { server, until, now });
      if (claim) return mine(of, wanted, claim.stored);
      if (waitedMs >= RENEWAL_MS)
        throw new ZohoTrouble(service, 'unreachable', { code: 'renewal_under_way' });
      await sleep(pause);
      waitedMs += pause;
      pause = Math.min(pause * 2, LOOK_AGAIN_MS.longest);
    }
  }

  async function mine(of: TokenHolder, wanted: Wanted, stored: StoredToken | null): Promise<string> {
    try {
      // Another server may have finished between our look and our claim.
      const has = taken(of, stored, wanted);
      if (has === null) return await keep(of, wanted.consent, await wanted.refresh());
      await endRenewal(database, of, server);
      return has;
    } catch (cause) {
      await endRenewal(database, of, server);
      throw cause;
    }
  }

  return {
    keep,
    async drop(of: TokenHolder): Promise<void> {
      held.delete(nameOf(of));
      await removeAccessToken(database, of);
    },

    /**
     * @param consent what the token has to be made of
     * @param refresh asks Zoho for a new one; what it throws, everyone waiting here gets
     */
    async token(
      of: TokenHolder,
      {
        consent,
        refresh,
        force,
      }: { consent: string; refresh: () => Promise<Grant>; force?: 'renew' | undefined },
    ): Promise<string> {
      const has = held.get(nameOf(of));
      const known = has?.consent === consent ? has : undefined;
      if (known && lasts(known) && !(force && time() - known.since > YOUNG_MS)) return known.token;
      const key = `${nameOf(of)}:${consent}`;
      const underWay = running.get(key);
      if (underWay) return underWay;
      const started = renewed(of, {
        consent,
        refresh,
        refused: force ? (known?.token ?? null) : null,
      }).finally(() => running.delete(key));
      running.set(key, started);
      return started;
    },
  };
}

interface Wanted {
  readonly consent: string;
  readonly refresh: () => Promise<Grant>;
  /** The token that Zoho no longer knows. */
  readonly refused: string | null;
}
