import type { CustomerId } from './documents.ts';
import { type Expected, expectedOn } from './matching-amounts.ts';
import { chainsOf, type Paper } from './matching-chains.ts';
import type { MatchDeal, MatchDocument, MatchQuestion } from './matching-question.ts';
import { isYear, type Words, wordsOf } from './matching-text.ts';

/** A deal with all that is looked up once for it. */
export interface DealFacts {
  readonly deal: MatchDeal;
  readonly name: Words;
  readonly number: Words;
  /** The words that tell this deal from others, each with its weight: shared by n deals, it counts one n-th. */
  readonly tellingWords: ReadonlyMap<string, number>;
  readonly expected: Expected;
  readonly linked: readonly Paper[];
}

/** What holds for all deals and documents of one question. */
export interface Surroundings {
  readonly question: MatchQuestion;
  readonly customers: ReadonlySet<CustomerId>;
  readonly papers: readonly Paper[];
  readonly chains: ReadonlyMap<MatchDocument, readonly Paper[]>;
  /** In how many documents an item stands. */
  readonly itemCounts: ReadonlyMap<string, number>;
}

export function surroundings(question: MatchQuestion, papers: readonly Paper[]): Surroundings {
  const itemCounts = new Map<string, number>();
  for (const { items } of papers)
    for (const item of items) itemCounts.set(item, (itemCounts.get(item) ?? 0) + 1);
  return {
    question,
    customers: new Set(question.customersOfDeal),
    papers,
    chains: chainsOf(papers),
    itemCounts,
  };
}

export const paperOf = (document: MatchDocument): Paper => ({
  document,
  number: wordsOf(document.number),
  reference: wordsOf(document.reference ?? ''),
  items: new Set(
    (document.itemNames ?? []).map((name) => wordsOf(name).join(' ')).filter((name) => name !== ''),
  ),
});

/** @param deal one of the question's deals */
export function dealFacts(deal: MatchDeal, { question, papers }: Surroundings): DealFacts {
  const names = [question.deal, ...(question.otherDeals ?? [])].map((one) => new Set(ownWords(one)));
  const linked = papers.filter(({ document }) => document.dealId === deal.id);
  return {
    deal,
    name: wordsOf(deal.name),
    number: wordsOf(deal.number ?? ''),
    tellingWords: new Map(
      ownWords(deal).map((word) => [word, 1 / Math.max(1, names.filter((name) => name.has(word)).length)]),
    ),
    expected: expectedOn(
      deal,
      linked.map(({ document }) => document),
      question.baseCurrency,
    ),
    linked,
  };
}

/** Without the account's name, which stands on everything of that account, and without years and particles. */
function ownWords({ name, accountName }: MatchDeal): Words {
  const account = new Set(wordsOf(accountName ?? ''));
  const words = wordsOf(name).filter((word) => !account.has(word) && !isYear(word) && isSubstantial(word));
  return [...new Set(words)];
}

/** Three letters, or a sign of a script in which fewer make a word. */
const isSubstantial = (word: string): boolean =>
  word.length >= 3 || [...word].some((sign) => sign > '\u024f');
