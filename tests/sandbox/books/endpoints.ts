import { delay } from 'msw';
import { mayUse } from '../accounts/scopes.ts';
import type { Wire } from '../organisation.ts';
import type { ZohoState } from '../zoho.ts';
import { type Call, endpoint } from '../zoho-endpoint.ts';
import { text } from '../zoho-wire.ts';
import { booksError, notAuthorised } from './answers.ts';

type Place = { readonly method: 'get' | 'put'; readonly path: string; readonly scope: string };
type Answer = (call: Call, organisation: Wire) => Response | Promise<Response>;

/** Whether the call carries a live token of an active user with the scope. */
function isAuthorised({ request, now }: Call, scope: string, { grants, organisation }: ZohoState): boolean {
  const [, token = ''] = /^Zoho-oauthtoken (\S+)$/.exec(request.headers.get('authorization') ?? '') ?? [];
  const access = grants.access(token, now);
  const user = organisation.crm.users.find((one) => text(one, 'id') === access?.userId);
  return access !== null && user?.status === 'active' && mayUse(access.scopes, scope);
}

/** Declares Books endpoints. All but the list of organisations need `organization_id` and count against its limits. */
export function createBooksEndpoints(zoho: ZohoState) {
  const { organizations } = zoho.organisation.books;
  return {
    ofOrganisation: ({ method, path, scope }: Place, answer: Answer) =>
      endpoint(zoho, { service: 'books', method, path: `/books/v3${path}` }, async (call) => {
        const id = call.query.get('organization_id') ?? '';
        if (!/^\d{1,20}$/.test(id)) return booksError(400, 4, 'Invalid value passed for organization_id');
        const organisation = organizations.find((one) => text(one, 'organization_id') === id);
        const isClosed = zoho.scenario.closedOrganisations.includes(id);
        if (!organisation || isClosed || !isAuthorised(call, scope, zoho)) return notAuthorised();
        const leave = zoho.booksLimits.enter(id);
        if (leave instanceof Response) return leave;
        try {
          await delay(zoho.scenario.latencyMs);
          const response = await answer(call, organisation);
          for (const [name, value] of Object.entries(zoho.booksLimits.headers(id)))
            response.headers.set(name, value);
          return response;
        } finally {
          leave();
        }
      }),
    ofUser: ({ method, path, scope }: Place, answer: (call: Call) => Response) =>
      endpoint(zoho, { service: 'books', method, path: `/books/v3${path}` }, (call) =>
        isAuthorised(call, scope, zoho) ? answer(call) : notAuthorised(),
      ),
  };
}
export type BooksEndpoints = ReturnType<typeof createBooksEndpoints>;
