import { describe, expect, it } from 'vitest';
import { SMALL } from '../small-organisation.ts';
import { CRM_SCOPES } from '../zoho-signed-in.ts';
import { client, zohoUnderTest } from '../zoho-under-test.ts';

const { users, accounts, deals } = SMALL;
const at = zohoUnderTest();

async function token(form: Record<string, string>) {
  const answer = await fetch(`${at.zoho.origin}/oauth/v2/token`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: client.id, client_secret: client.secret, ...form }),
  });
  return { status: answer.status, body: await answer.json() };
}

describe('accounts', () => {
  const redirectUri = 'http://localhost:3600/auth/callback';
  const request = {
    client_id: client.id,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'ZohoCRM.users.READ,ZohoCRM.org.READ',
    state: 'a"&<b',
    access_type: 'offline',
  };
  const choose = (more: Record<string, string>) =>
    fetch(`${at.zoho.origin}/oauth/v2/auth/choose`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ ...request, ...more }),
    });
  const codeOf = (answer: Response): string =>
    new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';

  it('shows one button per active person and the scopes that are asked for', async () => {
    at.zoho.scenario.deactivateUser(users.finance);
    const page = await (
      await fetch(`${at.zoho.origin}/oauth/v2/auth?${new URLSearchParams(request)}`)
    ).text();
    expect(page.match(/name="user"/g)).toHaveLength(2);
    expect(page).toContain(
      'Ravi Menon<span>Sales Representative · Standard · works in the CRM page now</span>',
    );
    expect(page).not.toContain('Fay Osei');
    expect(page).toContain('<li>ZohoCRM.org.READ</li>');
    expect(page).toContain('name="state" value="a&quot;&amp;&lt;b"');
  });

  it('says which scopes let the application change something', async () => {
    const scope = 'ZohoBooks.invoices.READ,ZohoBooks.invoices.UPDATE';
    const page = await (
      await fetch(`${at.zoho.origin}/oauth/v2/auth?${new URLSearchParams({ ...request, scope })}`)
    ).text();
    expect(page).toContain('<li>ZohoBooks.invoices.READ</li>');
    expect(page).toContain('<li>ZohoBooks.invoices.UPDATE <strong>makes changes</strong></li>');
  });

  it('comes back with a code, the data centre and the same state', async () => {
    const back = new URL((await choose({ user: users.rep })).headers.get('location') ?? '');
    expect(back.origin + back.pathname).toBe(redirectUri);
    expect(back.searchParams.get('state')).toBe('a"&<b');
    expect(back.searchParams.get('location')).toBe('local');
    expect(back.searchParams.get('accounts-server')).toBe(at.zoho.origin);
  });

  it('Reject comes back as access_denied without a code', async () => {
    const back = new URL((await choose({ decision: 'reject' })).headers.get('location') ?? '');
    expect(back.searchParams.get('error')).toBe('access_denied');
    expect(back.searchParams.has('code')).toBe(false);
  });

  it.each([
    ['another client', { client_id: '1000.OTHER' }],
    ['an address outside this machine', { redirect_uri: 'https://evil.example/callback' }],
    ['a scope that is none', { scope: 'everything please' }],
  ])('refuses %s with a page, not a redirect', async (_, more) => {
    const answer = await fetch(
      `${at.zoho.origin}/oauth/v2/auth?${new URLSearchParams({ ...request, ...more })}`,
    );
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('role="alert"');
  });

  it('a code works once, within a minute, with the same redirect address; errors are told with status 200', async () => {
    const code = codeOf(await choose({ user: users.rep }));
    const form = { grant_type: 'authorization_code', redirect_uri: redirectUri, code };
    expect((await token(form)).body).toMatchObject({
      token_type: 'Bearer',
      expires_in: 3600,
      api_domain: at.zoho.origin,
    });
    expect(await token(form)).toEqual({ status: 200, body: { error: 'invalid_code' } });

    const old = codeOf(await choose({ user: users.rep }));
    at.later(61);
    expect((await token({ ...form, code: old })).body).toEqual({ error: 'invalid_code' });

    const elsewhere = codeOf(await choose({ user: users.rep }));
    expect((await token({ ...form, code: elsewhere, redirect_uri: `${redirectUri}/` })).body).toEqual({
      error: 'invalid_redirect_uri',
    });
    expect((await token({ ...form, client_secret: 'guess' })).body).toEqual({
      error: 'invalid_client_secret',
    });
  });

  it('a refresh token comes with the first consent, and again only when consent is asked for', async () => {
    expect((await at.signIn(users.rep, CRM_SCOPES, 'none')).refreshToken).not.toBeNull();
    expect((await at.signIn(users.rep, CRM_SCOPES, 'none')).refreshToken).toBeNull();
    expect((await at.signIn(users.rep, CRM_SCOPES, 'consent')).refreshToken).not.toBeNull();
  });

  it('refreshes without rotating, ten times in ten minutes and no more', async () => {
    const { refreshToken } = await at.signIn(users.rep);
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken ?? '' };
    const first = await token(form);
    expect(first.body).toHaveProperty('access_token');
    expect(first.body).not.toHaveProperty('refresh_token');
    for (let more = 2; more <= 10; more += 1) expect((await token(form)).body).toHaveProperty('access_token');
    expect(await token(form)).toMatchObject({ status: 200, body: { error: 'Access Denied' } });
    at.later(601);
    expect((await token(form)).body).toHaveProperty('access_token');
  });

  it('the sixteenth live access token kills the oldest', async () => {
    at.zoho.scenario.tokenLimits = false;
    const { accessToken, refreshToken } = await at.signIn(users.rep);
    const refresh = () => token({ grant_type: 'refresh_token', refresh_token: refreshToken ?? '' });
    for (let more = 1; more <= 14; more += 1) await refresh();
    expect((await at.get('/crm/v8/org', accessToken)).status).toBe(200);
    await refresh();
    expect((await at.get('/crm/v8/org', accessToken)).status).toBe(401);
  });

  it('an access token ends after an hour, a revoked grant at once and for good', async () => {
    const { accessToken, refreshToken } = await at.signIn(users.rep);
    at.later(3601);
    expect((await at.get('/crm/v8/org', accessToken)).body).toMatchObject({ code: 'INVALID_TOKEN' });
    const renewed = (await token({ grant_type: 'refresh_token', refresh_token: refreshToken ?? '' })).body
      .access_token;
    expect((await at.get('/crm/v8/org', renewed)).status).toBe(200);
    const revoked = await fetch(`${at.zoho.origin}/oauth/v2/token/revoke?token=${refreshToken}`, {
      method: 'POST',
    });
    expect(await revoked.json()).toEqual({ status: 'success' });
    expect((await at.get('/crm/v8/org', renewed)).status).toBe(401);
    expect((await token({ grant_type: 'refresh_token', refresh_token: refreshToken ?? '' })).body).toEqual({
      error: 'invalid_code',
    });
  });

  it('a token opens only what its scopes say', async () => {
    const { accessToken } = await at.signIn(users.administrator, [
      'ZohoCRM.users.READ',
      'ZohoCRM.modules.deals.READ',
      'ZohoBooks.invoices.READ',
    ]);
    expect((await at.get('/crm/v8/users?type=CurrentUser', accessToken)).status).toBe(200);
    expect((await at.get(`/crm/v8/Deals/${deals.birch}`, accessToken)).status).toBe(200);
    expect(await at.get(`/crm/v8/Accounts/${accounts.birch}`, accessToken)).toMatchObject({
      status: 401,
      body: { code: 'OAUTH_SCOPE_MISMATCH' },
    });
    expect((await at.books('/invoices', accessToken)).status).toBe(200);
    expect(await at.books('/estimates', accessToken)).toMatchObject({ status: 401, body: { code: 57 } });
  });
});
