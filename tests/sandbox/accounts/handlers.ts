import { HttpResponse, type RequestHandler } from 'msw';
import { tooManyTokens } from '../scenario-answers.ts';
import type { ZohoState } from '../zoho.ts';
import { type Call, endpoint } from '../zoho-endpoint.ts';
import { text } from '../zoho-wire.ts';
import { authorisationHandlers } from './authorise.ts';
import type { AccessToken } from './grants.ts';
import { mayUse } from './scopes.ts';

/** The accounts service tells errors in the body, with status 200. */
const refused = (error: string): Response => HttpResponse.json({ error });

const IDENTITY_SCOPES = ['AaaServer.profile.READ', 'profile', 'email', 'openid'];

export function accountsHandlers(zoho: ZohoState): RequestHandler[] {
  const { grants, organisation, client, scenario } = zoho;

  const granted = ({ token, scopes }: AccessToken, url: URL, refreshToken?: string | null): Response =>
    HttpResponse.json({
      access_token: token,
      ...(refreshToken ? { refresh_token: refreshToken } : {}),
      scope: scopes.join(' '),
      api_domain: url.origin,
      token_type: 'Bearer',
      expires_in: 3600,
    });

  const token = ({ body, now, url }: Call): Response => {
    const form = new URLSearchParams(body);
    const field = (name: string): string => form.get(name) ?? '';
    if (field('client_id') === '' || (client && field('client_id') !== client.id))
      return refused('invalid_client');
    if (client && field('client_secret') !== client.secret) return refused('invalid_client_secret');
    switch (field('grant_type')) {
      case 'authorization_code': {
        const consent = grants.redeemCode(field('code'), now);
        if (!consent || consent.clientId !== field('client_id')) return refused('invalid_code');
        if (consent.redirectUri !== field('redirect_uri')) return refused('invalid_redirect_uri');
        const { access, refreshToken } = grants.begin(consent, now);
        return granted(access, url, refreshToken);
      }
      case 'refresh_token': {
        const refreshed = grants.refresh({
          token: field('refresh_token'),
          clientId: field('client_id'),
          now,
          limited: scenario.tokenLimits,
        });
        if (refreshed === 'too_many') return tooManyTokens();
        return refreshed && isActive(refreshed.userId) ? granted(refreshed, url) : refused('invalid_code');
      }
      default:
        return refused('unsupported_grant_type');
    }
  };

  const isActive = (userId: string): boolean =>
    organisation.crm.users.some((user) => text(user, 'id') === userId && user.status === 'active');

  const userInfo = ({ request, now }: Call): Response => {
    const [, sent = ''] =
      /^(?:Bearer|Zoho-oauthtoken) (.+)$/.exec(request.headers.get('authorization') ?? '') ?? [];
    const access = grants.access(sent, now);
    const user = organisation.crm.users.find((one) => text(one, 'id') === access?.userId);
    if (!access || !user || !IDENTITY_SCOPES.some((scope) => mayUse(access.scopes, scope))) {
      return HttpResponse.json({ response: 'error', cause: 'INVALID_OAUTHTOKEN' }, { status: 401 });
    }
    return HttpResponse.json({
      First_Name: text(user, 'first_name'),
      Last_Name: text(user, 'last_name'),
      Display_Name: text(user, 'full_name'),
      Email: text(user, 'email'),
      ZUID: Number(text(user, 'zuid')),
    });
  };

  const revoke = ({ body, query }: Call): Response =>
    grants.revoke(query.get('token') ?? new URLSearchParams(body).get('token') ?? '')
      ? HttpResponse.json({ status: 'success' })
      : refused('invalid_token');

  return [
    ...authorisationHandlers(zoho),
    endpoint(zoho, { service: 'accounts', method: 'post', path: '/oauth/v2/token' }, token),
    endpoint(zoho, { service: 'accounts', method: 'post', path: '/oauth/v2/token/revoke' }, revoke),
    endpoint(zoho, { service: 'accounts', method: 'get', path: '/oauth/user/info' }, userInfo),
    endpoint(zoho, { service: 'accounts', method: 'all', path: '/oauth/*', unknown: true }, () =>
      HttpResponse.html('<!doctype html><title>Zoho</title><h1>Not found</h1>', { status: 404 }),
    ),
  ];
}
