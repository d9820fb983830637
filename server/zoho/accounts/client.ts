import type { DataCentre } from '../data-centres.ts';
import type { Transport, ZohoAnswer } from '../transport.ts';
import { ZohoTrouble } from '../trouble.ts';
import { parseAnswer } from '../wire-values.ts';
import type { Accounts, Grant } from './accounts.ts';
import { ErrorAnswer, TokenAnswer } from './wire.ts';

interface AccountsNeeds {
  readonly transport: Transport;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly clock?: () => Date;
}

/** Zoho says ten new tokens in ten minutes: after that, only waiting helps. */
const TOO_MANY_TOKENS_SECONDS = 600;
const HOUR_SECONDS = 3600;

/** Zoho's OAuth server. Secrets go in form bodies; the one place Zoho documents a query, revocation, gets it. */
export function createAccounts({
  transport,
  clientId,
  clientSecret,
  clock = () => new Date(),
}: AccountsNeeds): Accounts {
  async function token(
    dataCentre: DataCentre,
    form: Record<string, string>,
    onSpentCode: 'refused' | 'revoked',
  ): Promise<Grant> {
    const answer = await transport({
      service: 'accounts',
      method: 'POST',
      origin: dataCentre.accounts,
      path: '/oauth/v2/token',
      form: { ...form, client_id: clientId, client_secret: clientSecret },
    });
    throwOnError(answer, onSpentCode);
    const granted = parseAnswer('accounts', TokenAnswer, answer.body);
    // The domain comes over the wire; the token may go to the origin in our table and nowhere else.
    if (originOf(granted.api_domain) !== dataCentre.api)
      throw new ZohoTrouble('accounts', 'refused', { code: 'foreign_api_domain' });
    const seconds = Math.min(granted.expires_in ?? HOUR_SECONDS, HOUR_SECONDS);
    return {
      accessToken: granted.access_token,
      expiresAt: new Date(clock().getTime() + seconds * 1000),
      apiOrigin: dataCentre.api,
      ...(granted.refresh_token === undefined ? {} : { refreshToken: granted.refresh_token }),
      ...(granted.scope === undefined ? {} : { scopes: granted.scope.split(/[\s,]+/).filter(Boolean) }),
    };
  }

  return {
    authorisationUrl({ dataCentre, redirectUri, scopes, state, prompt }) {
      const url = new URL('/oauth/v2/auth', dataCentre.accounts);
      url.search = new URLSearchParams({
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        scope: scopes.join(','),
        access_type: 'offline',
        ...(prompt === 'consent' ? { prompt } : {}),
        state,
      }).toString();
      return url.href;
    },

    exchange: ({ dataCentre, code, redirectUri }) =>
      token(dataCentre, { grant_type: 'authorization_code', code, redirect_uri: redirectUri }, 'refused'),

    refresh: ({ dataCentre, refreshToken }) =>
      token(dataCentre, { grant_type: 'refresh_token', refresh_token: refreshToken }, 'revoked'),

    async revoke({ dataCentre, refreshToken }) {
      const answer = await transport({
        service: 'accounts',
        method: 'POST',
        origin: dataCentre.accounts,
        path: '/oauth/v2/token/revoke',
        query: { token: refreshToken },
      });
      const error = errorOf(answer.body);
      if (error === 'invalid_code' || error === 'invalid_token') return; // gone already, which is what was asked
      throwOnError(answer, 'refused');
    },
  };
}

function throwOnError({ status, body }: ZohoAnswer, onSpentCode: 'refused' | 'revoked'): void {
  const error = errorOf(body);
  if (error === null && status < 300) return;
  const code = error ?? `http_${status}`;
  if (error === 'access_denied' || status === 429)
    throw new ZohoTrouble('accounts', 'rate_limited', {
      status,
      code,
      retryAfterSeconds: TOO_MANY_TOKENS_SECONDS,
    });
  if (status >= 500) throw new ZohoTrouble('accounts', 'unreachable', { status, code });
  // On refresh this is final: the refresh token was revoked or deleted.
  const spent = error === 'invalid_code' || error === 'invalid_grant';
  throw new ZohoTrouble('accounts', spent ? onSpentCode : 'refused', { status, code });
}

/** The error word as a code, e.g. `access_denied` for "Access Denied"; `null` when there is none. */
function errorOf(body: unknown): string | null {
  const parsed = ErrorAnswer.safeParse(body);
  return parsed.success
    ? parsed.data.error
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '_')
        .slice(0, 40)
    : null;
}

function originOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).origin : null;
}
