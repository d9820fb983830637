import { HttpResponse, http, type JsonBodyType } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DATA_CENTRES, type DataCentre } from '../data-centres.ts';
import { createTransport } from '../transport.ts';
import { ZohoTrouble } from '../trouble.ts';
import { createAccounts } from './client.ts';

const zoho = setupServer();
beforeAll(() => zoho.listen({ onUnhandledRequest: 'error' }));
afterEach(() => zoho.resetHandlers());
afterAll(() => zoho.close());

const eu = DATA_CENTRES.find(({ location }) => location === 'eu') as DataCentre; // safe because the table has it
const accounts = createAccounts({
  transport: createTransport({
    allowedOrigins: DATA_CENTRES.flatMap(({ accounts, api }) => [accounts, api]),
  }),
  clientId: '1000.CLIENT',
  clientSecret: 'canary-client-secret',
  clock: () => new Date('2026-11-21T10:00:00Z'),
});
const refresh = () => accounts.refresh({ dataCentre: eu, refreshToken: '1000.canary-refresh' });
const granted = {
  access_token: '1000.access',
  api_domain: 'https://www.zohoapis.eu',
  token_type: 'Bearer',
  expires_in: 3600,
};

/** What was posted, after answering it. */
function answering(body: JsonBodyType, status = 200): URLSearchParams[] {
  const posted: URLSearchParams[] = [];
  zoho.use(
    http.post('https://accounts.zoho.eu/oauth/v2/token', async ({ request }) => {
      expect(new URL(request.url).search).toBe('');
      posted.push(new URLSearchParams(await request.text()));
      return HttpResponse.json(body, { status });
    }),
  );
  return posted;
}

async function troubleOf(work: Promise<unknown>): Promise<ZohoTrouble> {
  const trouble = await work.then(
    () => null,
    (cause: unknown) => cause,
  );
  if (!(trouble instanceof ZohoTrouble)) throw new Error(`no trouble but ${String(trouble)}`);
  expect(`${trouble.stack}${JSON.stringify(trouble)}`).not.toContain('canary');
  return trouble;
}

describe('signing in at Zoho', () => {
  it("sends the person to their data centre's page and asks for a lasting grant", () => {
    const url = new URL(
      accounts.authorisationUrl({
        dataCentre: eu,
        redirectUri: 'https://panel.example/auth/callback',
        scopes: ['ZohoCRM.users.READ', 'ZohoCRM.org.READ'],
        state: 's-1',
        prompt: 'consent',
      }),
    );
    expect(url.origin + url.pathname).toBe('https://accounts.zoho.eu/oauth/v2/auth');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: '1000.CLIENT',
      redirect_uri: 'https://panel.example/auth/callback',
      scope: 'ZohoCRM.users.READ,ZohoCRM.org.READ',
      access_type: 'offline',
      prompt: 'consent',
      state: 's-1',
    });
  });

  it('a person who consented before is not asked to again', () => {
    const ask = { dataCentre: eu, redirectUri: 'https://panel.example/cb', scopes: [], state: 's' };
    expect(accounts.authorisationUrl({ ...ask, prompt: 'none' })).not.toContain('prompt');
  });

  it('a code becomes a grant of one hour, with the secret in the body and not in the address', async () => {
    const posted = answering({ ...granted, refresh_token: '1000.refresh' });
    const grant = await accounts.exchange({
      dataCentre: eu,
      code: 'c-1',
      redirectUri: 'https://panel.example/auth/callback',
    });
    expect(grant).toEqual({
      accessToken: '1000.access',
      refreshToken: '1000.refresh',
      apiOrigin: 'https://www.zohoapis.eu',
      expiresAt: new Date('2026-11-21T11:00:00Z'),
    });
    expect(Object.fromEntries(posted[0] ?? [])).toEqual({
      grant_type: 'authorization_code',
      code: 'c-1',
      redirect_uri: 'https://panel.example/auth/callback',
      client_id: '1000.CLIENT',
      client_secret: 'canary-client-secret',
    });
  });

  it('a refresh brings no new refresh token, because Zoho does not rotate them', async () => {
    answering(granted);
    expect(await refresh()).not.toHaveProperty('refreshToken');
  });

  it.each([
    ['http://169.254.169.254'],
    ['https://www.zohoapis.com'],
    ['https://www.zohoapis.eu.evil.example'],
    ['not a url'],
  ])('a token for %s is not accepted from the European accounts server', async (api_domain) => {
    answering({ ...granted, api_domain });
    const trouble = await troubleOf(refresh());
    expect([trouble.kind, trouble.detail.code]).toEqual(['refused', 'foreign_api_domain']);
  });

  it.each([
    [{ error: 'invalid_code' }, 200, 'revoked'],
    [{ error: 'invalid_code' }, 400, 'revoked'],
    [{ error: 'access_denied' }, 200, 'rate_limited'],
    [{ error: 'Access Denied', status: 'failure' }, 200, 'rate_limited'],
    [{ error: 'access_denied' }, 400, 'rate_limited'],
    [{ error: 'invalid_client_secret' }, 200, 'refused'],
    [{ error: 'general_error' }, 500, 'unreachable'],
    [{}, 200, 'unreachable'],
    [{ ...granted, access_token: 'two\nlines canary' }, 200, 'unreachable'],
    [{ ...granted, expires_in: 'canary' }, 200, 'unreachable'],
  ] as const)('a refresh answered %j with status %i is "%s"', async (body, status, kind) => {
    answering(body, status);
    const trouble = await troubleOf(refresh());
    expect([trouble.service, trouble.kind]).toEqual(['accounts', kind]);
    expect(trouble.detail.retryAfterSeconds).toBe(kind === 'rate_limited' ? 600 : undefined);
  });

  it('a spent code is refused: nothing was granted that could be gone', async () => {
    answering({ error: 'invalid_code' });
    const spent = accounts.exchange({
      dataCentre: eu,
      code: 'canary-code',
      redirectUri: 'https://a.example',
    });
    expect((await troubleOf(spent)).kind).toBe('refused');
  });

  it.each([[{ status: 'success' }], [{ error: 'invalid_code' }]])(
    'revoking answered %j leaves no grant',
    async (body) => {
      const asked: string[] = [];
      zoho.use(
        http.post('https://accounts.zoho.eu/oauth/v2/token/revoke', ({ request }) => {
          asked.push(new URL(request.url).searchParams.get('token') ?? '');
          return HttpResponse.json(body);
        }),
      );
      await accounts.revoke({ dataCentre: eu, refreshToken: '1000.refresh' });
      expect(asked).toEqual(['1000.refresh']);
    },
  );
});
