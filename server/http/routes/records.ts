import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { SeenRecord } from '../../access/seen-record.ts';
import { Customer360, DocumentsPage, DocumentsQuery, type Freshness } from '../../contract/customer-360.ts';
import { Problem } from '../../contract/problem.ts';
import { RecordRef } from '../../contract/record.ts';
import type { UnknownReason } from '../../domain/amount.ts';
import { dayIn } from '../../domain/calendar-day.ts';
import { customerFigures } from '../../domain/customer-figures.ts';
import { dealLadder } from '../../domain/deal-ladder.ts';
import { documentRows, matchingRows } from '../../domain/document-list.ts';
import { mattering } from '../../domain/mattering-warnings.ts';
import type { Caller } from '../../identity/caller.ts';
import type { ConnectedBooks } from '../../identity/install.ts';
import type { Ledger, LedgerAnswer, Owner } from '../../ledger/ledger.ts';
import { policyOf } from '../../visibility/policy.ts';
import { type Projected, project, projectDocuments } from '../../visibility/project.ts';
import type { NotLinkedRaw } from '../../visibility/raw.ts';
import { ZohoTrouble } from '../../zoho/trouble.ts';
import { callerOf } from '../rights.ts';
import { customerPage, documentPage } from './books-pages.ts';

type LinkedAnswer = Extract<LedgerAnswer, { state: 'linked' }>;

interface RecordsNeeds {
  readonly access: {
    /** `null` for absent and for forbidden alike. */
    recordSeenBy(caller: Caller, record: RecordRef): Promise<SeenRecord | null>;
    /** Ids of the account's contacts, as this person sees them. */
    contactsOfAccount(caller: Caller, accountId: string): Promise<readonly string[]>;
  };
  readonly ledger: Ledger;
  readonly clock: () => Date;
}

/** After this many seconds the panel asks again while more is being read. */
const READING_ON_SECONDS = 2;
/** … and while Books is in trouble. */
const TROUBLE_SECONDS = 30;

/** Figures and documents of a CRM record: identify → parse → may see → read → compute → project → answer. */
export function recordsRoutes(app: FastifyInstance, needs: RecordsNeeds): void {
  app.get(
    '/api/v1/records/:module/:recordId/customer-360',
    {
      config: { right: 'session', audit: 'record.read' },
      schema: { params: RecordRef, response: { 200: Customer360 } },
    },
    (request) => customer360(request, needs),
  );
  app.get(
    '/api/v1/records/:module/:recordId/documents',
    {
      config: { right: 'session', audit: 'documents.read' },
      schema: { params: RecordRef, querystring: DocumentsQuery, response: { 200: DocumentsPage } },
    },
    (request) => documents(request, needs),
  );
}

async function customer360(request: FastifyRequest, needs: RecordsNeeds): Promise<Projected<Customer360>> {
  const { caller, seen, books } = await asked(request, needs);
  const policy = policyOf(caller.template);
  const today = dayIn(books.timeZone, needs.clock());
  const common = {
    record: { module: seen.module, id: seen.id, name: seen.name },
    today,
    viewer: { template: caller.template, administrator: caller.administrator },
  };
  const basis = { today, baseCurrency: books.currency };
  const notLinked = (reason: NotLinkedRaw['reason'], suggestions: NotLinkedRaw['suggestions'] = []) => {
    // Without a customer nothing is known of documents: the deal's own amount stands alone.
    const ladder = seen.module === 'Deals' ? dealLadder(seen.deal, 'not_linked', basis) : undefined;
    return project({ ...common, state: 'not_linked', reason, suggestions, ladder }, policy);
  };

  const owner = ownerOf(seen, caller, needs);
  if (typeof owner === 'string') return notLinked(owner);
  const answer = await needs.ledger.read({
    install: caller.install,
    owner,
    ...(seen.module === 'Deals' ? { dealId: seen.deal.id } : {}),
    wantsNewer: request.headers['cache-control'] === 'no-cache',
  });
  if (answer.state === 'not_linked') {
    // Nobody is shown names, so Books is not asked for them.
    if (policy.levels.suggestions === 'hidden') return notLinked('no_customer');
    return notLinked('no_customer', await suggestionsFor(seen, request, needs));
  }
  const figures = customerFigures(answer.books, basis);
  const ladder =
    seen.module === 'Deals'
      ? dealLadder(seen.deal, answer.books, { ...basis, quotesUnknown: quotesUnknown(answer) })
      : undefined;
  return project(
    {
      ...common,
      state: 'linked',
      customers: answer.books.map(({ customer: { id, name, currency } }) => ({
        id,
        name,
        currency,
        href: customerPage(caller.install, books, id),
      })),
      figures,
      ladder,
      rows: documentRows(answer.books, basis),
      documentHref: documentPage(caller.install, books),
      warnings: mattering(answer.warnings, { figures, ladder }),
      freshness: freshnessOf(answer),
    },
    policy,
  );
}

/** That the record is not linked stays true when Books cannot be asked for names. */
async function suggestionsFor(
  seen: SeenRecord,
  request: FastifyRequest,
  { ledger }: RecordsNeeds,
): Promise<NotLinkedRaw['suggestions']> {
  try {
    const { install } = callerOf(request);
    const suggested = await ledger.suggest({ install, name: customerNameOf(seen) });
    return suggested.map(({ id, name, evidence }) => ({ customerId: id, name, evidence }));
  } catch (trouble) {
    if (!(trouble instanceof ZohoTrouble)) throw trouble;
    request.log.warn({ err: trouble }, 'answered without suggestions');
    return [];
  }
}

async function documents(request: FastifyRequest, needs: RecordsNeeds): Promise<Projected<DocumentsPage>> {
  const { caller, seen, books } = await asked(request, needs);
  const query = DocumentsQuery.parse(request.query);
  const owner = ownerOf(seen, caller, needs);
  const answer =
    typeof owner === 'string' ? null : await needs.ledger.read({ install: caller.install, owner });
  if (answer?.state !== 'linked') throw new Problem('record.not_found');
  const today = dayIn(books.timeZone, needs.clock());
  return projectDocuments(
    {
      rows: matchingRows(documentRows(answer.books, { today }), query),
      page: Number(query.page ?? '1'),
      documentHref: documentPage(caller.install, books),
      freshness: freshnessOf(answer),
    },
    policyOf(caller.template),
  );
}

/** Who asks for which record, once both are certain. Absent and forbidden records answer alike. */
async function asked(
  request: FastifyRequest,
  { access }: RecordsNeeds,
): Promise<{ caller: Caller; seen: SeenRecord; books: ConnectedBooks }> {
  const caller = callerOf(request);
  const seen = await access.recordSeenBy(caller, RecordRef.parse(request.params));
  if (!seen) throw new Problem('record.not_found');
  const { books } = caller.install;
  if (!books) throw new Problem('books.not_connected');
  return { caller, seen, books };
}

function ownerOf(seen: SeenRecord, caller: Caller, { access }: RecordsNeeds): Owner | NotLinkedRaw['reason'] {
  switch (seen.module) {
    case 'Contacts':
      return { contactId: seen.id };
    case 'Accounts':
      return accountOwner(seen.id);
    case 'Deals':
      if (seen.account === 'none') return 'deal_without_account';
      if (seen.account === 'hidden') return 'account_hidden';
      return accountOwner(seen.account.id);
  }
  function accountOwner(accountId: string): Owner {
    return { accountId, contactsOfAccount: () => access.contactsOfAccount(caller, accountId) };
  }
}

const customerNameOf = (seen: SeenRecord): string =>
  seen.module === 'Deals' && typeof seen.account === 'object' ? seen.account.name : seen.name;

/** Quotes or orders that are missing while nothing is being read were refused, or not answered. */
function quotesUnknown({ missing, readingOn, trouble }: LinkedAnswer): UnknownReason {
  const stopped = !readingOn && (missing.includes('quotes') || missing.includes('sales_orders'));
  if (!stopped) return 'still_reading';
  return trouble === 'books_rate_limited' ? trouble : 'books_unreachable';
}

function freshnessOf(answer: LinkedAnswer): Freshness {
  const again = answer.readingOn ? READING_ON_SECONDS : answer.trouble ? TROUBLE_SECONDS : null;
  return {
    state: answer.fresh ? 'fresh' : 'stale',
    knownGoodAt: answer.knownGoodAt.toISOString(),
    missing: [...answer.missing],
    ...(again === null ? {} : { refetchAfterSeconds: again }),
    ...(answer.trouble ? { trouble: answer.trouble } : {}),
  };
}
