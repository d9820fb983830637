import type { DealId } from '../../server/domain/documents.ts';
import { rankedDocuments } from '../../server/domain/matching.ts';
import type { MatchDeal, MatchDocument, MatchQuestion } from '../../server/domain/matching-question.ts';
import { isPositive, ratio } from '../../server/domain/money.ts';
import { demoOrganisation } from '../sandbox/demo/demo-organisation.ts';
import type { Organisation } from '../sandbox/organisation.ts';
import { suggestionWorld } from './suggestion-world.ts';

/** How often the right document stood high enough. Shares of `documents`, 0 to 1. */
export interface SuggestionQuality {
  /** Documents of a deal that Books holds no deal for. */
  readonly documents: number;
  readonly first: number;
  readonly amongFirstThree: number;
}

/** The points of the ranking were chosen looking at this organisation … */
const TUNED = { seed: 20_260, today: '2026-06-15' };
/** … and the promise is kept on this one, whose documents nobody looked at. */
export const MEASURED = { seed: 48_611, today: '2026-06-15' };

/** Puts the documents of a question in the order they are suggested. */
export type Ranker = (question: MatchQuestion) => readonly MatchDocument[];

/** Ours with all it can use: lines, the way from invoice to order, when a deal began, what an expense says. */
export const oursFromPages: Ranker = (question) =>
  rankedDocuments(question).map(({ candidate }) => candidate);

/** Ours as the panel asks for a person with exact rights: what Books' lists tell, and net amounts once read. */
export const ours: Ranker = (question) =>
  oursFromPages({
    ...question,
    deal: withoutBeginning(question.deal),
    otherDeals: (question.otherDeals ?? []).map(withoutBeginning),
    candidates: question.candidates.map(
      ({ itemNames: _items, estimateId: _estimate, salesOrderId: _order, ...listed }) =>
        listed.type === 'expense' ? { ...listed, reference: null } : listed,
    ),
  });

/** Ours as the panel asks while no document's own page has been read, so that no net amount is known. */
export const oursFromLists: Ranker = (question) =>
  ours({ ...question, candidates: question.candidates.map(({ net: _net, ...listed }) => listed) });

/** Ours for somebody who sees documents but no amount. */
export const oursWithoutAmounts: Ranker = (question) =>
  ours({
    ...question,
    deal: withoutAmount(question.deal),
    otherDeals: (question.otherDeals ?? []).map(withoutAmount),
    candidates: question.candidates.map(({ total: _total, net: _net, exchangeRate: _rate, ...rest }) => rest),
  });

const withoutBeginning = ({ created: _created, ...deal }: MatchDeal): MatchDeal => deal;
const withoutAmount = ({ amount: _amount, ...deal }: MatchDeal): MatchDeal => deal;

/** What a hand-built matching does: free documents that name the deal, then those of the nearest amount. */
export const byNameAndAmount: Ranker = ({ deal, candidates }) =>
  candidates
    .filter(({ dealId }) => dealId === null)
    .map((document) => ({ document, named: names(document, deal), off: offBy(document, deal) }))
    .sort((a, b) => Number(b.named) - Number(a.named) || a.off - b.off || newest(a.document, b.document))
    .map(({ document }) => document);

/** What a list without suggestions shows. */
export const newestFirst: Ranker = ({ candidates }) =>
  candidates.filter(({ dealId }) => dealId === null).sort(newest);

/**
 * For each document with its true deal: its place among what is suggested on that deal. Other documents that truly
 * belong to the deal are not counted before it, for each of them is as right. A document whose deal gets no
 * suggestions counts as not found. No ranker is told the truth.
 */
export function suggestionQuality(
  organisation: Organisation,
  today: string,
  ranker: Ranker,
): SuggestionQuality {
  const world = suggestionWorld(organisation, today);
  const truth = new Map(Object.entries(organisation.truth?.dealOfDocument ?? {}));
  const places: number[] = [];
  for (const dealId of new Set(truth.values())) {
    // safe because ids are any text
    const question = world.questionFor(dealId as DealId);
    const order = question ? ranker(question) : [];
    const isRight = ({ id }: MatchDocument): boolean => truth.get(id) === dealId;
    for (const [documentId, of] of truth) {
      if (of !== dealId) continue;
      const at = order.findIndex(({ id }) => id === documentId);
      places.push(at < 0 ? Infinity : order.slice(0, at).filter((one) => !isRight(one)).length + 1);
    }
  }
  const share = (within: number): number => places.filter((place) => place <= within).length / places.length;
  return { documents: places.length, first: share(1), amongFirstThree: share(3) };
}

const RANKERS = {
  ours,
  'ours, no amounts seen': oursWithoutAmounts,
  'ours, lists only': oursFromLists,
  'ours, own pages too': oursFromPages,
  'name, then amount': byNameAndAmount,
  'newest first': newestFirst,
};

/** Ours beside what people have without it, for both organisations. */
export function suggestionQualityBesidePeers(): Readonly<Record<string, SuggestionQuality>> {
  return Object.fromEntries(
    [TUNED, MEASURED].flatMap((options) => {
      const organisation = demoOrganisation(options);
      return Object.entries(RANKERS).map(([name, ranker]) => [
        `${name} (seed ${options.seed})`,
        rounded(suggestionQuality(organisation, options.today, ranker)),
      ]);
    }),
  );
}

const rounded = ({ documents, first, amongFirstThree }: SuggestionQuality): SuggestionQuality => ({
  documents,
  first: Math.round(first * 1000) / 1000,
  amongFirstThree: Math.round(amongFirstThree * 1000) / 1000,
});

const names = ({ reference }: MatchDocument, { name, accountName }: MatchDeal): boolean => {
  const subject = name
    .replace(accountName ?? '', '')
    .replace(/^[\s–-]+/, '')
    .toLowerCase();
  return subject !== '' && (reference ?? '').toLowerCase().includes(subject);
};

/** Share of the deal's amount; endless where they cannot be compared. */
function offBy({ net, total }: MatchDocument, { amount }: MatchDeal): number {
  const own = net ?? total;
  if (!own || !amount || own.currency !== amount.currency || !isPositive(amount)) return ENDLESS;
  return Math.abs(Number(ratio(own, amount)) - 1);
}

/** A number, so that two of them cancel out. */
const ENDLESS = Number.MAX_SAFE_INTEGER;

const newest = (a: MatchDocument, b: MatchDocument): number =>
  a.date === b.date ? (a.id < b.id ? 1 : -1) : a.date < b.date ? 1 : -1;
