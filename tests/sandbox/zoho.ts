import type { RequestHandler } from 'msw';
import { createGrants, type Grants } from './accounts/grants.ts';
import { accountsHandlers } from './accounts/handlers.ts';
import { type BooksEdits, createBooksEdits } from './books/books-edits.ts';
import { booksHandlers } from './books/handlers.ts';
import { type BooksLimits, createBooksLimits, type LimitSettings } from './books/limits.ts';
import { type CrmEdits, createCrmEdits, type Deleted } from './crm/crm-edits.ts';
import { crmHandlers } from './crm/handlers.ts';
import type { Organisation } from './organisation.ts';
import { createScenario, type Scenario } from './scenario.ts';
import { type Clock, createClock } from './zoho-clock.ts';
import { createExchanges, type Exchanges } from './zoho-exchanges.ts';
import { text } from './zoho-wire.ts';

export interface ZohoOptions {
  /** Copied: a scenario that changes it changes nothing of the caller's. */
  readonly organisation: Organisation;
  /** Absent: the machine's, moved to the day the organisation was made for. */
  readonly clock?: () => Date;
  /** The registered OAuth client; absent: any client is welcome. */
  readonly client?: { readonly id: string; readonly secret: string };
  /** Books' call limits, where they should differ from the plan's. */
  readonly limits?: Partial<LimitSettings>;
}

/** What a whole Zoho account holds in memory: one CRM organisation, its Books organisations, its people and their grants. */
export interface ZohoState {
  readonly organisation: Organisation;
  readonly clock: Clock;
  readonly client: ZohoOptions['client'];
  readonly grants: Grants;
  readonly scenario: Scenario;
  readonly exchanges: Exchanges;
  readonly booksLimits: BooksLimits;
  /** Changes made in Books itself. */
  readonly booksEdits: BooksEdits;
  /** Deleted CRM records per module, newest last, as `/{Module}/deleted` lists them. */
  readonly deleted: Deleted;
  /** Changes made in CRM itself. */
  readonly crmEdits: CrmEdits;
}

export interface Zoho extends ZohoState {
  /** MSW handlers of accounts, CRM and Books, for `setupServer` or the HTTP server. */
  readonly handlers: readonly RequestHandler[];
}

export function createZoho({ organisation: given, clock: now, client, limits }: ZohoOptions): Zoho {
  const { truth: _, ...known } = given;
  const organisation: Organisation = structuredClone(known);
  const [books] = organisation.books.organizations;
  const timeZone = text(books, 'time_zone') || 'UTC';
  const { today } = organisation.org;
  const clock = createClock({ timeZone, ...(now ? { now } : {}), ...(today ? { today } : {}) });
  const grants = createGrants();
  const deleted: Deleted = new Map();
  const state: ZohoState = {
    organisation,
    clock,
    client,
    grants,
    scenario: createScenario({ organisation, endGrants: grants.endAllOf }),
    exchanges: createExchanges(),
    booksLimits: createBooksLimits({ organisation, clock, ...(limits ? { settings: limits } : {}) }),
    booksEdits: createBooksEdits({ organisation, clock }),
    deleted,
    crmEdits: createCrmEdits({ organisation, clock, deleted }),
  };
  return { ...state, handlers: [...accountsHandlers(state), ...crmHandlers(state), ...booksHandlers(state)] };
}
