import { randomBytes } from 'node:crypto';

const CODE_LIFE_MS = 60_000;
const ACCESS_LIFE_MS = 3_600_000;
const LIVE_ACCESS_TOKENS = 15;
const REFRESH_TOKENS_PER_USER = 20;
const REFRESHES = { count: 10, withinMs: 600_000 };

interface Consent {
  readonly userId: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly offline: boolean;
  /** `prompt=consent`: a refresh token again, though the user consented before. */
  readonly again: boolean;
}

export interface AccessToken {
  readonly token: string;
  readonly userId: string;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
}

interface RefreshToken {
  readonly token: string;
  readonly userId: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  live: AccessToken[];
  refreshedAt: number[];
}

/** Codes and tokens of the accounts service. All times are the sandbox clock's. */
export interface Grants {
  issueCode(consent: Consent, now: Date): string;
  /** Spends the code; `null` when it is unknown, spent or older than 60 s. */
  redeemCode(code: string, now: Date): Consent | null;
  begin(consent: Consent, now: Date): { access: AccessToken; refreshToken: string | null };
  /** `null` when the refresh token was revoked or never existed. */
  refresh(ask: {
    token: string;
    clientId: string;
    now: Date;
    limited: boolean;
  }): AccessToken | 'too_many' | null;
  /** The live access token, or `null`. */
  access(token: string, now: Date): AccessToken | null;
  /** Ends a refresh token with its access tokens, or one access token. False when there is none. */
  revoke(token: string): boolean;
  endAllOf(userId: string): void;
}

const fresh = (): string => `1000.${randomBytes(16).toString('hex')}.${randomBytes(16).toString('hex')}`;

export function createGrants(): Grants {
  const codes = new Map<string, { consent: Consent; issuedAt: number }>();
  const consented = new Set<string>();
  let refreshTokens: RefreshToken[] = [];
  const access = new Map<string, AccessToken>();

  const mint = (userId: string, scopes: readonly string[], now: Date): AccessToken => {
    const token = { token: fresh(), userId, scopes, expiresAt: now.getTime() + ACCESS_LIFE_MS };
    access.set(token.token, token);
    return token;
  };
  const endRefresh = (ended: RefreshToken): void => {
    refreshTokens = refreshTokens.filter((token) => token !== ended);
    for (const { token } of ended.live) access.delete(token);
  };
  const keepFor = (refresh: RefreshToken, token: AccessToken): void => {
    refresh.live.push(token);
    for (const old of refresh.live.splice(0, refresh.live.length - LIVE_ACCESS_TOKENS))
      access.delete(old.token);
  };

  return {
    issueCode(consent, now) {
      const code = fresh();
      codes.set(code, { consent, issuedAt: now.getTime() });
      return code;
    },
    redeemCode(code, now) {
      const found = codes.get(code);
      codes.delete(code);
      return found && now.getTime() - found.issuedAt <= CODE_LIFE_MS ? found.consent : null;
    },
    begin({ userId, clientId, scopes, offline, again }, now) {
      const token = mint(userId, scopes, now);
      const before = consented.has(`${userId} ${clientId}`);
      consented.add(`${userId} ${clientId}`);
      if (!offline || (before && !again)) return { access: token, refreshToken: null };
      const refresh: RefreshToken = { token: fresh(), userId, clientId, scopes, live: [], refreshedAt: [] };
      refreshTokens.push(refresh);
      keepFor(refresh, token);
      const own = refreshTokens.filter((one) => one.userId === userId && one.clientId === clientId);
      for (const oldest of own.slice(0, -REFRESH_TOKENS_PER_USER)) endRefresh(oldest);
      return { access: token, refreshToken: refresh.token };
    },
    refresh({ token, clientId, now, limited }) {
      const refresh = refreshTokens.find((one) => one.token === token && one.clientId === clientId);
      if (!refresh) return null;
      const since = now.getTime() - REFRESHES.withinMs;
      refresh.refreshedAt = refresh.refreshedAt.filter((at) => at > since);
      if (limited && refresh.refreshedAt.length >= REFRESHES.count) return 'too_many';
      refresh.refreshedAt.push(now.getTime());
      const minted = mint(refresh.userId, refresh.scopes, now);
      keepFor(refresh, minted);
      return minted;
    },
    access(token, now) {
      const found = access.get(token);
      return found && found.expiresAt > now.getTime() ? found : null;
    },
    revoke(token) {
      const refresh = refreshTokens.find((one) => one.token === token);
      if (refresh) endRefresh(refresh);
      return access.delete(token) || refresh !== undefined;
    },
    endAllOf(userId) {
      for (const refresh of refreshTokens.filter((one) => one.userId === userId)) endRefresh(refresh);
      for (const [token, one] of access) if (one.userId === userId) access.delete(token);
      for (const [code, { consent }] of codes) if (consent.userId === userId) codes.delete(code);
    },
  };
}
