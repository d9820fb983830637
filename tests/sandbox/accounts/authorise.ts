import { HttpResponse, type RequestHandler } from 'msw';
import type { ZohoState } from '../zoho.ts';
import { type Call, endpoint } from '../zoho-endpoint.ts';
import { child, text } from '../zoho-wire.ts';
import { consentPage, refusalPage } from './consent-page.ts';
import { parseScopes } from './scopes.ts';

const REQUEST_FIELDS = [
  'client_id',
  'redirect_uri',
  'response_type',
  'scope',
  'state',
  'access_type',
  'prompt',
] as const;

interface Asked {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state: string;
  readonly offline: boolean;
  readonly again: boolean;
  readonly fields: Readonly<Record<string, string>>;
}

/** Whom the CRM page belongs to in this browser: at Zoho that person is signed in here as well. */
const personInCrm = ({ request }: Call, { organisation }: ZohoState): string | undefined =>
  /(?:^|;\s*)crm_user=(\d+)/.exec(request.headers.get('cookie') ?? '')?.[1] ?? organisation.org.demo?.repId;

/** The browser's half of OAuth: one page to choose a person and consent, then back with a code. */
export function authorisationHandlers(zoho: ZohoState): RequestHandler[] {
  const active = zoho.organisation.crm.users;
  const people = () => active.filter((user) => user.status === 'active' && user.confirm !== false);
  return [
    endpoint(zoho, { service: 'accounts', method: 'get', path: '/oauth/v2/auth' }, (call) => {
      const asked = parse(call.query, zoho);
      if (typeof asked === 'string') return HttpResponse.html(refusalPage(asked), { status: 400 });
      return HttpResponse.html(
        consentPage({
          application: 'Customer 360',
          people: people()
            .map((user) => ({
              id: text(user, 'id'),
              name: text(user, 'full_name'),
              role: `${text(child(user, 'role'), 'name')} · ${text(child(user, 'profile'), 'name')}`,
              inCrm: text(user, 'id') === personInCrm(call, zoho),
            }))
            .sort((a, b) => Number(b.inCrm) - Number(a.inCrm)),
          scopes: asked.scopes,
          request: asked.fields,
        }),
      );
    }),
    endpoint(zoho, { service: 'accounts', method: 'post', path: '/oauth/v2/auth/choose' }, (call) =>
      choose(call, zoho),
    ),
  ];

  function choose({ body, now, url }: Call, { grants, scenario }: ZohoState): Response {
    const form = new URLSearchParams(body);
    const asked = parse(form, zoho);
    if (typeof asked === 'string') return HttpResponse.html(refusalPage(asked), { status: 400 });
    const back = new URL(asked.redirectUri);
    if (asked.state) back.searchParams.set('state', asked.state);
    if (form.get('decision') === 'reject') {
      back.searchParams.set('error', 'access_denied');
      return HttpResponse.redirect(back.href, 302);
    }
    const user = people().find((one) => text(one, 'id') === form.get('user'));
    if (!user) return HttpResponse.html(refusalPage('This person cannot sign in.'), { status: 400 });
    const { clientId, redirectUri, offline, again } = asked;
    const scopes = asked.scopes.filter((scope) => !scenario.refusedScopes.includes(scope));
    const code = grants.issueCode(
      { userId: text(user, 'id'), clientId, redirectUri, scopes, offline, again },
      now,
    );
    back.searchParams.set('code', code);
    back.searchParams.set('location', 'local');
    back.searchParams.set('accounts-server', url.origin);
    return HttpResponse.redirect(back.href, 302);
  }
}

/** The checked request, or why it is refused. */
function parse(from: URLSearchParams, { client }: ZohoState): Asked | string {
  const fields: Record<string, string> = {};
  for (const name of REQUEST_FIELDS) {
    const value = from.get(name);
    if (value !== null) fields[name] = value;
  }
  const { client_id: clientId = '', redirect_uri: redirectUri = '', scope = '', state = '' } = fields;
  if (clientId === '' || (client && clientId !== client.id))
    return 'invalid_client: the client id is not registered.';
  if (!isLoopback(redirectUri)) return 'invalid_redirect_uri: only addresses of this machine are registered.';
  if (fields.response_type !== 'code') return 'invalid_response_type: response_type must be code.';
  const scopes = parseScopes(scope);
  if (!scopes) return 'invalid_oauthscope: the scope is not known.';
  return {
    clientId,
    redirectUri,
    scopes,
    state,
    offline: fields.access_type === 'offline',
    again: (fields.prompt ?? '').includes('consent'),
    fields,
  };
}

function isLoopback(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return /^https?:$/.test(protocol) && ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
