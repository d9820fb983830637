/** Signs a person in at the local Zoho without a browser, as the consent page would. */
export async function signedIn(ask: {
  readonly origin: string;
  readonly userId: string;
  readonly scopes: readonly string[];
  readonly client?: { readonly id: string; readonly secret: string };
  readonly prompt?: string;
}): Promise<{ accessToken: string; refreshToken: string | null }> {
  const client = ask.client ?? { id: '1000.TEST', secret: 'test' };
  const redirectUri = 'http://localhost:3600/auth/callback';
  const chosen = await fetch(`${ask.origin}/oauth/v2/auth/choose`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({
      client_id: client.id,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: ask.scopes.join(','),
      state: 'state',
      access_type: 'offline',
      prompt: ask.prompt ?? 'consent',
      user: ask.userId,
    }),
  });
  const code =
    new URL(chosen.headers.get('location') ?? 'http://none.invalid').searchParams.get('code') ?? '';
  const answer = await fetch(`${ask.origin}/oauth/v2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: client.id,
      client_secret: client.secret,
      redirect_uri: redirectUri,
      code,
    }),
  });
  const { access_token: accessToken, refresh_token: refreshToken } = await answer.json();
  if (typeof accessToken !== 'string') throw new Error('The local Zoho gave no token');
  return { accessToken, refreshToken: typeof refreshToken === 'string' ? refreshToken : null };
}

export const CRM_SCOPES = [
  'ZohoCRM.users.READ',
  'ZohoCRM.org.READ',
  'ZohoCRM.modules.ALL',
  'ZohoCRM.settings.ALL',
  'ZohoCRM.coql.READ',
];
export const BOOKS_SCOPES = ['ZohoBooks.fullaccess.all'];
