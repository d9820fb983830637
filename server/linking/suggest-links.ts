import type { SuggestionReason, SuggestQuery } from '../contract/links.ts';
import { PAGE_SIZE } from '../domain/document-list.ts';
import type { DealId } from '../domain/documents.ts';
import { rankedDocuments } from '../domain/matching.ts';
import type { MatchDeal, MatchDocument } from '../domain/matching-question.ts';
import { convert, type DecimalText, type Money, money } from '../domain/money.ts';
import type { Caller } from '../identity/caller.ts';
import { ZohoTrouble } from '../zoho/trouble.ts';
import { seenContents } from './contents.ts';
import {
  type DealAsked,
  dealAsked,
  type LinkableRow,
  type LinkingNeeds,
  noticeGoneAmong,
} from './deal-asked.ts';
import type { ObstacleRaw } from './linked-document.ts';
import { asSituation, cautionsFor } from './obstacles.ts';
import { nameOf } from './overlay.ts';
import { planOf } from './plan.ts';
import { searching } from './search.ts';
import type { Sight } from './sight.ts';

interface SuggestionRaw {
  readonly row: LinkableRow;
  readonly customer: { readonly id: string; readonly name: string };
  readonly reference: string | null;
  readonly reasons: readonly SuggestionReason[];
  readonly obstacles: readonly ObstacleRaw[];
  readonly booked: { readonly rate: DecimalText; readonly base: Money } | null;
}

export interface SuggestionsRaw {
  readonly suggestions: readonly SuggestionRaw[];
  readonly total: number;
  readonly page: number;
}

interface Candidate extends MatchDocument {
  readonly row: LinkableRow;
}

/** Documents of the deal's customers that are not on it, the likeliest first. */
export async function suggestLinks(
  needs: LinkingNeeds,
  of: {
    readonly caller: Caller;
    readonly dealId: string;
    readonly sight: Sight;
    readonly query: SuggestQuery;
  },
): Promise<SuggestionsRaw> {
  const { caller, dealId, sight, query } = of;
  const asked = await dealAsked(needs, caller, dealId, sight);
  const page = Number(query.page ?? '1');
  const customers = new Map(asked.answer?.books.map(({ customer: { id, name } }) => [id, name]) ?? []);
  const contents = await seenContents(needs.database, asked);
  const candidates = asked.rows.map((row) => ({
    ...candidate(asked, row, sight, customers),
    ...contents.get(nameOf(row.type, row.id)),
  }));
  const ranked = rankedDocuments({
    deal: dealOf(asked, sight),
    customersOfDeal: [...customers.keys()],
    candidates,
    otherDeals: candidates.length === 0 ? [] : await otherDeals(needs, asked, sight),
    baseCurrency: asked.books.currency,
    today: asked.today,
  });
  const matches = searching(query.q, sight);
  const found = ranked.filter(
    ({ candidate: { row, reference, customerName, net, dealId: on } }) =>
      on !== dealId &&
      (query.type === undefined || row.type === query.type) &&
      (query.status === undefined || row.status === query.status) &&
      matches({ row, reference, customerName, net: net ?? null }),
  );
  const suggestions = found
    .slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
    .map(({ candidate: { row, customerId, customerName, reference }, reasons }) => ({
      row,
      customer: { id: customerId, name: customerName },
      reference,
      reasons: [...reasons, ...(row.dealId === null ? (['unlinked'] as const) : [])],
      obstacles: obstaclesFor(asked, row, sight),
      booked: bookedOf(asked, row),
    }));
  const inTheWay = suggestions.flatMap(({ obstacles }) => obstacles);
  // Each deal is noticed once, so this ends.
  if (await noticeGoneAmong(needs, asked, inTheWay)) return suggestLinks(needs, of);
  return { suggestions, total: found.length, page };
}

/** `null` for documents in the organisation's own currency, and where nobody tells the rate. */
function bookedOf(
  { documents, books }: DealAsked,
  { type, id, total }: LinkableRow,
): SuggestionRaw['booked'] {
  const rate = documents.get(nameOf(type, id))?.exchangeRate ?? null;
  return rate === null || total.currency === books.currency
    ? null
    : { rate, base: convert(total, books.currency, rate) };
}

function obstaclesFor(asked: DealAsked, row: LinkableRow, { mayLink }: Sight): readonly ObstacleRaw[] {
  const situation = asSituation(asked, row);
  const plan = planOf({ action: 'link', share: null, mayMove: false }, asked.dealId, situation, null);
  return [
    ...(mayLink ? [] : [{ code: 'no_right' } as const]),
    ...(plan.kind === 'refused' ? plan.obstacles : []),
    ...cautionsFor(situation),
  ];
}

function candidate(
  asked: DealAsked,
  row: LinkableRow,
  { totals }: Sight,
  customers: ReadonlyMap<string, string>,
): Candidate {
  const document = asked.documents.get(nameOf(row.type, row.id));
  return {
    row,
    type: row.type,
    id: row.id,
    number: row.number,
    reference: document?.reference ?? null,
    customerId: row.customerId,
    customerName: customers.get(row.customerId) ?? '',
    date: row.date,
    ...(document ? { status: document.status } : {}),
    dealId: document?.shares?.find((share) => share.dealId === asked.dealId)?.dealId ?? row.dealId,
    ...(totals && document
      ? { total: document.total, net: document.net, exchangeRate: document.exchangeRate }
      : {}),
  };
}

const dealOf = ({ seen: { deal, account } }: DealAsked, { dealAmount }: Sight): MatchDeal => ({
  id: deal.id,
  name: deal.name,
  accountName: typeof account === 'object' ? account.name : null,
  closingDate: deal.closingDate,
  stage: deal.stage,
  ...(dealAmount ? { amount: deal.amount } : {}),
});

/** They only sharpen the ranking, so without CRM's answer it is the blunter one. */
async function otherDeals(
  needs: LinkingNeeds,
  { caller, seen: { account } }: DealAsked,
  { dealAmount }: Sight,
): Promise<readonly MatchDeal[]> {
  if (typeof account !== 'object') return [];
  try {
    return (await needs.dealsOfAccount(caller, account.id)).map((deal) => ({
      id: deal.id as DealId, // safe because CRM gave it as the id of a deal
      name: deal.name,
      accountName: account.name,
      closingDate: deal.closingDate,
      stage: deal.stage,
      ...(dealAmount && deal.amount !== null
        ? { amount: money(deal.currency ?? caller.install.crmCurrency, deal.amount) }
        : {}),
    }));
  } catch (trouble) {
    if (!(trouble instanceof ZohoTrouble)) throw trouble;
    needs.onTrouble(trouble, { install: caller.install.id, reading: 'other deals of the account' });
    return [];
  }
}
