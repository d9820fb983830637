import type { RequestHandler } from 'msw';
import type { Wire } from '../organisation.ts';
import type { ZohoState } from '../zoho.ts';
import { isWire, text } from '../zoho-wire.ts';
import {
  booksAnswer,
  booksError,
  doesNotExist,
  invalidAttribute,
  invalidValue,
  notAuthorised,
} from './answers.ts';
import { isDealResource } from './deal-documents.ts';
import { changedBy, enter, missingIn } from './document-change.ts';
import type { BooksEndpoints } from './endpoints.ts';
import { BOOKS_MODULES, type BooksModule } from './modules.ts';
import { asOf } from './words.ts';
import type { WriteBehaviour } from './write-rules.ts';

const MESSAGES = {
  invoices: 'Invoice information has been updated.',
  estimates: 'Estimate information has been updated.',
  salesorders: 'Sales Order Updated Successfully.',
  expenses: 'Expense information has been updated.',
} as const;

/** Transactions that post to the ledger; quotes and orders are in no period. */
const IN_PERIODS = ['invoices', 'expenses'];
const IN_APPROVAL = ['pending_approval', 'approved'];

/** `PUT /{module}/{id}` of the documents that hold a deal. */
export function writeHandlers(zoho: ZohoState, { ofOrganisation }: BooksEndpoints): RequestHandler[] {
  const { organisation, scenario } = zoho;

  return BOOKS_MODULES.flatMap((module) => {
    const { resource } = module;
    if (!isDealResource(resource)) return [];
    return ofOrganisation(
      { method: 'put', path: `/${resource}/:id`, scope: `ZohoBooks.${module.scope}.UPDATE` },
      ({ param, body }, books) => {
        const id = param('id');
        if (!/^\d{1,20}$/.test(id)) return invalidValue(module.idKey);
        const document = organisation.books[resource].find((one) => text(one, module.idKey) === id);
        if (!document) return doesNotExist(module.noun);
        const sent = parsed(body);
        if (sent === null) return booksError(400, 1038, 'JSON is not well formed');

        const behaviour = behaviourFor(document, id, module);
        const refusal = refusalOf(behaviour, document, module);
        if (refusal) return refusal;
        if (behaviour === 'needs_full') {
          const missing = missingIn(sent, resource);
          if (missing) return invalidAttribute(missing);
        }
        const after = changedBy(document, sent, { ...zoho, resource });
        if (after instanceof Response) return after;
        if (behaviour === 'drops') {
          delete after.zcrm_potential_id;
          delete after.zcrm_potential_name;
        }
        enter(document, after, zoho);
        const today = zoho.clock.today(text(books, 'time_zone') || 'UTC');
        return booksAnswer({ [module.single]: asOf(document, module, today) }, MESSAGES[resource]);
      },
    );
  });

  /** A document's own rule goes first, then its state, then the rule of its kind. */
  function behaviourFor(document: Wire, id: string, { resource }: BooksModule): WriteBehaviour {
    const { writes } = scenario;
    const own = writes.ofDocument(id);
    if (own) return own;
    if (text(document, 'status') === 'void') return 'refuses_void';
    if (IN_APPROVAL.includes(text(document, 'status'))) return 'refuses_approved';
    if (IN_PERIODS.includes(resource) && writes.lockedUntil && text(document, 'date') <= writes.lockedUntil)
      return 'refuses_locked';
    return isDealResource(resource) ? writes.ofKind(resource) : 'takes';
  }

  /** Zoho publishes neither code nor text of these; only that the change is refused may be relied on. */
  function refusalOf(behaviour: WriteBehaviour, document: Wire, { noun }: BooksModule): Response | null {
    switch (behaviour) {
      case 'refuses_locked':
        return booksError(
          400,
          1072,
          `Transactions dated on or before ${scenario.writes.lockedUntil ?? text(document, 'date')} have been locked. Hence, this transaction cannot be edited.`,
        );
      case 'refuses_void':
        return booksError(400, 1040, `${noun}s that have been voided cannot be edited.`);
      case 'refuses_approved':
        return booksError(400, 1041, `You cannot edit this ${noun.toLowerCase()} as it has been approved.`);
      case 'refuses_right':
        return notAuthorised();
      default:
        return null;
    }
  }
}

/** Books takes the JSON itself or, from forms, in `JSONString`. `null` when it is neither. */
function parsed(body: string): Wire | null {
  const json = body.startsWith('JSONString=') ? (new URLSearchParams(body).get('JSONString') ?? '') : body;
  try {
    const value: unknown = JSON.parse(json);
    return isWire(value) ? value : null;
  } catch {
    return null; // not JSON: the caller says so in Books' words
  }
}
