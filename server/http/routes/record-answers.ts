import type { FastifyBaseLogger } from 'fastify';
import type { SeenRecord } from '../../access/seen-record.ts';
import type { Customer360, DocumentsPage, DocumentsQuery } from '../../contract/customer-360.ts';
import { Problem } from '../../contract/problem.ts';
import type { RecordRef } from '../../contract/record.ts';
import { dayIn } from '../../domain/calendar-day.ts';
import { customerFigures } from '../../domain/customer-figures.ts';
import { dealLadder } from '../../domain/deal-ladder.ts';
import { documentRows, matchingRows } from '../../domain/document-list.ts';
import type { DealId } from '../../domain/documents.ts';
import type { Caller } from '../../identity/caller.ts';
import { type ConnectedBooks, definitionsOf } from '../../identity/install.ts';
import type { Ledger, Owner } from '../../ledger/ledger.ts';
import type { Policy } from '../../visibility/policy.ts';
import { type Projected, project, projectDocuments } from '../../visibility/project.ts';
import type { LinkedRaw, NotLinkedRaw, PreviewedAs } from '../../visibility/raw.ts';
import { type DealsKnown, dealsToAskFor, seenBooks } from '../../visibility/seen-books.ts';
import { ZohoTrouble } from '../../zoho/trouble.ts';
import type { KnownAnswers } from '../known-answers.ts';
import { customerPage, documentPage } from './books-pages.ts';
import { freshnessOf, type LinkedAnswer, quotesUnknown } from './record-freshness.ts';

export interface AnswerNeeds {
  readonly access: {
    /** `null` for absent and for forbidden alike. */
    recordSeenBy(caller: Caller, record: RecordRef): Promise<SeenRecord | null>;
    /** Ids of the account's contacts, as this person sees them. */
    contactsOfAccount(caller: Caller, accountId: string): Promise<readonly string[]>;
    /** Those of the deals this person may see. */
    dealsSeenBy(caller: Caller, dealIds: readonly string[]): Promise<ReadonlySet<string>>;
  };
  readonly ledger: Pick<Ledger, 'read' | 'suggest'>;
  /** Answers made before, of what is still the same. */
  readonly knownAnswers?: KnownAnswers<Projected<Customer360>>;
  readonly clock: () => Date;
}

/** Who asks for which record, and by which policy the answer is made. */
export interface RecordQuestion {
  readonly caller: Caller;
  readonly record: RecordRef;
  readonly policy: Policy;
  /** Whether the answer is for an administrator; in a preview, whether the one looked as is. */
  readonly administrator: boolean;
  readonly preview?: PreviewedAs | undefined;
  readonly log: FastifyBaseLogger;
}

/** Whoever would wait longer for the first figures is told that Books' calls are used up. */
const LONGEST_TURN_SECONDS = 30 * 60;

/** May see → read → compute over what is seen → project. Absent and forbidden records answer alike. */
export async function customer360(
  question: RecordQuestion & { readonly wantsNewer: boolean },
  needs: AnswerNeeds,
): Promise<Projected<Customer360>> {
  const { caller, policy, administrator, preview, wantsNewer } = question;
  const { seen, books } = await asked(question, needs);
  const today = dayIn(books.timeZone, needs.clock());
  const common = {
    record: { module: seen.module, id: seen.id, name: seen.name },
    today,
    viewer: { administrator },
    preview,
  };
  const { dealAmount: amountTax } = definitionsOf(caller.install);
  const basis = { baseCurrency: books.currency, amountTax };
  const notLinked = (reason: NotLinkedRaw['reason'], suggestions: NotLinkedRaw['suggestions'] = []) => {
    // Without a customer nothing is known of documents: the deal's own amount stands alone.
    const ladder = seen.module === 'Deals' ? dealLadder(seen.deal, 'not_linked', basis) : undefined;
    return project({ ...common, state: 'not_linked', reason, suggestions, ladder }, policy);
  };

  const owner = ownerOf(seen, caller, needs);
  if (typeof owner === 'string') return notLinked(owner);
  const dealId = seen.module === 'Deals' ? seen.deal.id : undefined;
  const answer = await needs.ledger
    .read({ install: caller.install, owner, ...(dealId === undefined ? {} : { dealId }), wantsNewer })
    .catch(turnOf);
  if (answer.state === 'filling') return project({ ...common, ...answer }, policy);
  if (answer.state === 'not_linked') {
    // Nobody is shown names, so Books is not asked for them.
    if (policy.levels.suggestions === 'hidden') return notLinked('no_customer');
    return notLinked('no_customer', await suggestionsFor(seen, question, needs));
  }
  const deals = await dealsKnown(answer, seen, question, needs);
  const make = (): Projected<Customer360> =>
    linkedAnswer(question, { answer, deals, seen, books, common, dealId });
  if (!needs.knownAnswers || preview) return make();
  const { knownGoodAt, fresh, readingOn, missing, warnings, trouble } = answer;
  const { id, dataCentre, definitions } = caller.install;
  return needs.knownAnswers(
    {
      books: answer.books,
      policy,
      words: [
        [common, seen, wantsNewer, id, dataCentre, books, [...deals.visible], deals.untold],
        definitions?.version,
        [knownGoodAt, fresh, readingOn, missing, warnings, trouble],
      ],
    },
    make,
  );
}

interface Linked {
  readonly answer: LinkedAnswer;
  readonly deals: DealsKnown;
  readonly seen: SeenRecord;
  readonly books: ConnectedBooks;
  readonly common: Pick<LinkedRaw, 'record' | 'today' | 'viewer' | 'preview'>;
  readonly dealId: DealId | undefined;
}

/** Nothing is asked any more: of the same, the same comes out. */
function linkedAnswer(
  { caller, policy, wantsNewer }: RecordQuestion & { readonly wantsNewer: boolean },
  { answer, deals, seen, books, common, dealId }: Linked,
): Projected<Customer360> {
  const own = seenBooks(answer.books, policy, deals);
  const definitions = definitionsOf(caller.install);
  const basis = { today: common.today, baseCurrency: books.currency, definitions };
  const figures = customerFigures(own, basis);
  const ladder =
    seen.module === 'Deals'
      ? dealLadder(seen.deal, own, {
          baseCurrency: books.currency,
          quotesUnknown: quotesUnknown(answer),
          amountTax: definitions.dealAmount,
        })
      : undefined;
  return project(
    {
      ...common,
      state: 'linked',
      customers: own.map(({ customer: { id, name, currency } }) => ({
        id,
        name,
        currency,
        href: customerPage(caller.install, books, id),
      })),
      figures,
      definitions,
      ladder,
      rows: documentRows(own, basis),
      documentHref: documentPage(caller.install, books),
      warnings: answer.warnings,
      freshness: freshnessOf(answer, {
        books: own,
        dealId,
        policy,
        wantsNewer,
        needsNet: definitions.dealAmount === 'without_tax',
      }),
    },
    policy,
  );
}

/** Our own budget lets nobody in for the moment, but soon: that is no failure, only a wait of known length. */
function turnOf(trouble: unknown): { state: 'filling'; refetchAfterSeconds: number } {
  const { code, retryAfterSeconds } = trouble instanceof ZohoTrouble ? trouble.detail : {};
  if (code !== 'own_turn' || retryAfterSeconds === undefined || retryAfterSeconds > LONGEST_TURN_SECONDS)
    throw trouble;
  return { state: 'filling', refetchAfterSeconds: Math.ceil(retryAfterSeconds) };
}

/** One page of a record's documents, those somebody sees. */
export async function documentsPage(
  question: RecordQuestion & { readonly query: DocumentsQuery },
  needs: AnswerNeeds,
): Promise<Projected<DocumentsPage>> {
  const { caller, policy, preview, query } = question;
  const { seen, books } = await asked(question, needs);
  const owner = ownerOf(seen, caller, needs);
  const answer =
    typeof owner === 'string' ? null : await needs.ledger.read({ install: caller.install, owner });
  if (answer?.state !== 'linked') throw new Problem('record.not_found');
  const own = seenBooks(answer.books, policy, await dealsKnown(answer, seen, question, needs));
  const today = dayIn(books.timeZone, needs.clock());
  return projectDocuments(
    {
      rows: matchingRows(documentRows(own, { today }), query),
      page: Number(query.page ?? '1'),
      documentHref: documentPage(caller.install, books),
      freshness: freshnessOf(answer, { books: own, dealId: undefined, policy, wantsNewer: false }),
      preview,
    },
    policy,
  );
}

async function asked(
  { caller, record }: RecordQuestion,
  { access }: AnswerNeeds,
): Promise<{ seen: SeenRecord; books: ConnectedBooks }> {
  const seen = await access.recordSeenBy(caller, record);
  if (!seen) throw new Problem('record.not_found');
  const { books } = caller.install;
  if (!books) throw new Problem('books.not_connected');
  return { seen, books };
}

/**
 * Of which deals this person may know: figures are computed with only what they see, so that no figure, count or order
 * can tell of the rest.
 */
async function dealsKnown(
  { books, dealsUntold: untold }: LinkedAnswer,
  seen: SeenRecord,
  { caller, policy }: RecordQuestion,
  { access }: AnswerNeeds,
): Promise<DealsKnown> {
  const looked = seen.module === 'Deals' ? [seen.deal.id as string] : [];
  const others = dealsToAskFor(books, policy).filter((id) => !looked.includes(id));
  const known = others.length === 0 ? [] : await access.dealsSeenBy(caller, others);
  return { visible: new Set([...looked, ...known]), untold };
}

/** That the record is not linked stays true when Books cannot be asked for names. */
async function suggestionsFor(
  seen: SeenRecord,
  { caller: { install }, log }: RecordQuestion,
  { ledger }: AnswerNeeds,
): Promise<NotLinkedRaw['suggestions']> {
  try {
    const suggested = await ledger.suggest({ install, name: customerNameOf(seen) });
    return suggested.map(({ id, name, evidence }) => ({ customerId: id, name, evidence }));
  } catch (trouble) {
    if (!(trouble instanceof ZohoTrouble)) throw trouble;
    log.warn({ err: trouble }, 'answered without suggestions');
    return [];
  }
}

function ownerOf(seen: SeenRecord, caller: Caller, { access }: AnswerNeeds): Owner | NotLinkedRaw['reason'] {
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
