import { LRUCache } from 'lru-cache';
import type { Grant } from '../zoho/accounts/accounts.ts';

/** Zoho's access tokens live an hour; a new one is taken this long before, so that no call starts with a dying one. */
const RENEW_BEFORE_MS = 5 * 60_000;
/** A token this young is not renewed on demand: several calls refused at once need one renewal, not one each. */
const YOUNG_MS = 10_000;

interface Held {
  readonly token: string;
  readonly expiresAt: number;
  readonly since: number;
}

interface Needs {
  readonly clock: () => Date;
  /** How many users' tokens are held at once. */
  readonly most?: number;
}

/**
 * One access token per grant, in memory only. Everyone who needs a new one at the same moment shares one request:
 * Zoho allows ten per grant in ten minutes.
 */
export function createAccessTokens({ clock, most = 5_000 }: Needs) {
  const held = new LRUCache<string, Held>({ max: most });
  const running = new Map<string, Promise<string>>();

  function keep(key: string, grant: Grant): string {
    const now = clock().getTime();
    held.set(key, { token: grant.accessToken, expiresAt: grant.expiresAt.getTime(), since: now });
    return grant.accessToken;
  }

  return {
    keep,
    drop: (key: string): void => void held.delete(key),

    /** @param refresh asks Zoho for a new one; what it throws, everyone waiting gets */
    async token(key: string, refresh: () => Promise<Grant>, force?: 'renew'): Promise<string> {
      const now = clock().getTime();
      const has = held.get(key);
      if (has && has.expiresAt - now > RENEW_BEFORE_MS && !(force && now - has.since > YOUNG_MS))
        return has.token;
      const underWay = running.get(key);
      if (underWay) return underWay;
      const started = refresh()
        .then((grant) => keep(key, grant))
        .finally(() => running.delete(key));
      running.set(key, started);
      return started;
    },
  };
}
