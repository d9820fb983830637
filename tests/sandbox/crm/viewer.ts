import { delay } from 'msw';
import { mayUse } from '../accounts/scopes.ts';
import type { Wire } from '../organisation.ts';
import type { ZohoState } from '../zoho.ts';
import { type Call, endpoint } from '../zoho-endpoint.ts';
import { text } from '../zoho-wire.ts';
import { crmError } from './answers.ts';

/** In process at once, for the whole organisation. @see https://www.zoho.com/crm/developer/docs/api/v8/api-limits.html */
const CONCURRENT_CALLS = 10;

export interface Viewer {
  readonly user: Wire;
  readonly id: string;
}

type Answer = (call: Call, viewer: Viewer) => Response | Promise<Response>;
type Place = {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly scopes: readonly string[] | ((call: Call) => readonly string[]);
};

/** Declares CRM endpoints: each call runs as the token's user, within the scopes the user granted. */
export function createCrmEndpoints(zoho: ZohoState) {
  let inProcess = 0;
  return ({ method, path, scopes }: Place, answer: Answer) =>
    endpoint(zoho, { service: 'crm', method, path: `/crm/v8${path}` }, async (call) => {
      const [, token] = /^Zoho-oauthtoken (\S+)$/.exec(call.request.headers.get('authorization') ?? '') ?? [];
      if (!token) return crmError(401, 'AUTHENTICATION_FAILURE', 'Authentication failed');
      const access = zoho.grants.access(token, call.now);
      const user = zoho.organisation.crm.users.find((one) => text(one, 'id') === access?.userId);
      if (!access || user?.status !== 'active') return crmError(401, 'INVALID_TOKEN', 'invalid oauth token');
      const needed = typeof scopes === 'function' ? scopes(call) : scopes;
      if (!needed.every((scope) => mayUse(access.scopes, scope))) {
        return crmError(401, 'OAUTH_SCOPE_MISMATCH', 'invalid oauth scope to access this URL');
      }
      if (inProcess >= CONCURRENT_CALLS) {
        return crmError(
          429,
          'TOO_MANY_REQUESTS',
          'Your API requests exceeded the concurrency limit. Please try again later.',
        );
      }
      inProcess += 1;
      try {
        await delay(zoho.scenario.latencyMs);
        const response = await answer(call, { user, id: text(user, 'id') });
        const told = new Date(call.now.getTime() + zoho.scenario.clockAheadSeconds * 1_000);
        response.headers.set('date', told.toUTCString());
        return response;
      } finally {
        inProcess -= 1;
      }
    });
}
export type CrmEndpoint = ReturnType<typeof createCrmEndpoints>;
