import { type AmountFit, amountFit, CLOSE } from './matching-amounts.ts';
import type { Paper } from './matching-chains.ts';
import { outcomeOf, seasonFit, seasonOf } from './matching-dates.ts';
import type { DealFacts, Surroundings } from './matching-facts.ts';
import { isDigits, isTelling, standsIn } from './matching-text.ts';

/** Why a document is suggested, as people are told. */
export const MATCH_REASONS = [
  'same_customer',
  'amount_equals',
  'amount_close',
  'number_in_deal_name',
  'name_in_reference',
  'date_close',
  'same_chain',
  'same_items',
] as const;
export type MatchReason = (typeof MATCH_REASONS)[number];

/** One piece of evidence. Without a reason it only moves the document: nobody is told why something is *not* likely. */
export interface Evidence {
  readonly points: number;
  readonly reason?: MatchReason;
}

/**
 * What each finding is worth. Papers that name one another outweigh names in free text, those outweigh equal amounts,
 * and dates only decide between documents that are alike otherwise.
 */
const POINTS = {
  sameCustomer: 40,
  otherCustomer: -40,
  sameChain: 60,
  /** Half of what names or amounts tell of the nearest kin: an instalment is known by its quote. */
  kinShare: 0.5,
  chainElsewhere: -60,
  numberInName: 50,
  /** The whole distinctive part of the name, or the deal's number; less for a part of it. */
  nameInReference: 45,
  amountEquals: 40,
  amountClose: 20,
  amountFar: -15,
  sameItems: 25,
  dateClose: 15,
  dateOff: -15,
  invoiceOnLostDeal: -20,
  /** Made from no order, while the deal has one. */
  besideTheOrder: -10,
} as const;

/** Everything found for a document of this deal, the weightiest first. */
export function evidenceFor(paper: Paper, facts: DealFacts, around: Surroundings): readonly Evidence[] {
  return [
    customer(paper, around),
    chain(paper, facts, around),
    ...ofItself(paper, facts, around),
    kin(paper, facts, around),
    items(paper, facts, around),
    ...date(paper, facts, around),
  ]
    .filter((evidence) => evidence !== null)
    .sort((a, b) => b.points - a.points || orderOf(a) - orderOf(b));
}

/** What the document's own numbers, words and amounts tell. */
const ofItself = (paper: Paper, facts: DealFacts, around: Surroundings): readonly Evidence[] =>
  [
    numberInName(paper, facts),
    nameInReference(paper, facts),
    amount(amountFit(paper.document, facts.expected, around.question.baseCurrency)),
  ].filter((evidence) => evidence !== null);

const orderOf = ({ reason }: Evidence): number => (reason ? MATCH_REASONS.indexOf(reason) : -1);

const customer = ({ document }: Paper, { customers }: Surroundings): Evidence =>
  customers.has(document.customerId)
    ? { points: POINTS.sameCustomer, reason: 'same_customer' }
    : { points: POINTS.otherCustomer };

/** A chain on several deals (an order for a whole year, say) tells less. */
function chain(paper: Paper, { deal, linked }: DealFacts, { chains }: Surroundings): Evidence | null {
  const { document } = paper;
  const others = (chains.get(document) ?? []).filter((one) => one !== paper);
  const deals = new Set(others.flatMap((one) => one.document.dealId ?? []));
  if (deals.has(deal.id)) return { points: Math.round(POINTS.sameChain / deals.size), reason: 'same_chain' };
  if (deals.size > 0) return { points: POINTS.chainElsewhere };
  const ordered = linked.some((one) => one.document.type === 'sales_order');
  return document.type === 'invoice' && document.salesOrderId === null && ordered
    ? { points: POINTS.besideTheOrder }
    : null;
}

/** More papers than one piece of business has: a frame contract, which tells nothing of a single deal. */
const LONGEST_CHAIN = 20;

/** No reason of its own: what would be told is an amount or a name that does not stand on this document. */
function kin(paper: Paper, facts: DealFacts, around: Surroundings): Evidence | null {
  const chained = around.chains.get(paper.document) ?? [];
  if (chained.length > LONGEST_CHAIN) return null;
  const others = chained.filter((one) => one !== paper && one.document.dealId === null);
  const best = Math.max(
    0,
    ...others.flatMap((one) => ofItself(one, facts, around).map(({ points }) => points)),
  );
  return best === 0 ? null : { points: Math.round(best * POINTS.kinShare) };
}

function numberInName({ number }: Paper, { name }: DealFacts): Evidence | null {
  return isTelling(number) && standsIn(number, name)
    ? { points: POINTS.numberInName, reason: 'number_in_deal_name' }
    : null;
}

function nameInReference({ reference }: Paper, { deal, number, tellingWords }: DealFacts): Evidence | null {
  if (reference.length === 0) return null;
  if ((isTelling(number) && standsIn(number, reference)) || reference.includes(deal.id))
    return { points: POINTS.nameInReference, reason: 'name_in_reference' };
  const typed = new Set(reference);
  const found = [...tellingWords].filter(([word]) => typed.has(word));
  // a lone short number is as likely a page or a floor
  if (!found.some(([word]) => !isDigits(word) || word.length > 4)) return null;
  const weight = found.reduce((sum, [, one]) => sum + one, 0);
  const points = Math.round((POINTS.nameInReference * weight) / tellingWords.size);
  return found.length * 2 >= tellingWords.size ? { points, reason: 'name_in_reference' } : { points };
}

function amount(fit: AmountFit): Evidence | null {
  switch (fit.kind) {
    case 'equals':
      return { points: POINTS.amountEquals, reason: 'amount_equals' };
    case 'close':
      return {
        points: Math.round(POINTS.amountClose * (1 - fit.off / CLOSE / 2)),
        reason: 'amount_close',
      };
    case 'far':
      return { points: POINTS.amountFar };
    case 'open':
      return null;
  }
}

/** Rare items tell more than what everybody buys, and many more than one. */
function items({ items: own }: Paper, { linked }: DealFacts, { itemCounts }: Surroundings): Evidence | null {
  if (own.size === 0) return null;
  const weight = (names: Iterable<string>): number =>
    [...names].reduce((sum, name) => sum + 1 / (itemCounts.get(name) ?? 1), 0);
  let best = 0;
  let all = false;
  for (const { items: theirs } of linked) {
    const shared = [...own].filter((name) => theirs.has(name));
    if (shared.length === 0) continue;
    const [inOwn, inTheirs] = [weight(shared) / weight(own), weight(shared) / weight(theirs)];
    best = Math.max(best, inOwn * (0.5 + inTheirs / 2));
    all ||= shared.length === own.size;
  }
  const points = Math.round(POINTS.sameItems * best);
  return points === 0 ? null : all ? { points, reason: 'same_items' } : { points };
}

/** Of the days, how many outside the season take everything away. */
const LONG_AFTER = 60;

function date(
  { document: { type, date: written } }: Paper,
  { deal }: DealFacts,
  { question }: Surroundings,
): readonly Evidence[] {
  const fit = seasonFit(written, seasonOf(deal, type, question.today), 0.4);
  const near: Evidence =
    fit > 0
      ? { points: Math.round(POINTS.dateClose * fit), reason: 'date_close' }
      : { points: Math.round(POINTS.dateOff * Math.min(1, -fit / LONG_AFTER)) };
  const invoiced = type === 'invoice' || type === 'sales_order';
  return outcomeOf(deal) === 'lost' && invoiced ? [near, { points: POINTS.invoiceOnLostDeal }] : [near];
}
