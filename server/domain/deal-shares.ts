import type { DealId, DealShare } from './documents.ts';
import { add, compare, isPositive, type Money, prorated, subtract, zero } from './money.ts';

/** Kinds of document that Books holds a deal on. */
export const LINKABLE_TYPES = ['invoice', 'estimate', 'sales_order', 'expense'] as const;
export type LinkableDocument = (typeof LINKABLE_TYPES)[number];

/** A document as far as its shares go. @see `Document` */
interface Shared {
  readonly dealId: DealId | null;
  readonly total: Money;
  readonly net: Money | null;
  readonly shares?: readonly DealShare[] | undefined;
  readonly sharedNet?: Money | undefined;
}

/** What a part stands for: `part ÷ whole` of whatever amount of the document is told. */
interface Portion {
  readonly part: Money;
  readonly whole: Money;
}

/**
 * How much of a document a deal has; `null` when it has none. All parts together are never more than the document:
 * one that became smaller in Books after it was shared is handed out from the first share on.
 */
export function portionOf(document: Shared, dealId: DealId): Portion | null {
  const { total, shares } = document;
  if (!shares) return document.dealId === dealId ? { part: total, whole: total } : null;
  const whole = document.net ?? document.sharedNet;
  if (whole === undefined || !shares.some((share) => share.dealId === dealId)) return null;
  const parts = partsOf(shares, whole);
  return { part: parts.get(dealId) ?? zero(whole.currency), whole };
}

/** An amount of the document, cut to the deal's part. Zero of a document of nothing. */
export const cut = (amount: Money, { part, whole }: Portion): Money =>
  part === whole ? amount : prorated(amount, part, whole);

/** Each deal's net part, largest explicit share first; what is left goes to the one that has the rest. */
export function partsOf(shares: readonly DealShare[], net: Money): ReadonlyMap<DealId, Money> {
  const parts = new Map<DealId, Money>();
  let left = isPositive(net) ? net : zero(net.currency);
  const explicit = shares.flatMap(({ dealId, net: share }) => (share ? [{ dealId, share }] : []));
  for (const { dealId, share } of explicit.sort((a, b) => compare(b.share, a.share))) {
    const part = compare(share, left) > 0 ? left : share;
    parts.set(dealId, part);
    left = subtract(left, part);
  }
  const rest = shares.find((share) => share.net === null);
  if (rest) parts.set(rest.dealId, left);
  return parts;
}

/** Whether shares fit into the document. A rest of nothing still fits. */
export function fits(shares: readonly DealShare[], net: Money): boolean {
  const taken = shares.reduce((sum, { net: share }) => (share ? add(sum, share) : sum), zero(net.currency));
  return compare(taken, net) <= 0;
}

/**
 * The one deal Books is to hold: the one with the largest part. Of equal ones the deal Books holds already stays, so
 * that nothing is written without need; else the first.
 * @param net `null` where it is not read: then only a document with one deal has an answer
 */
export function mirroredDeal(
  shares: readonly DealShare[],
  net: Money | null,
  held: DealId | null,
): DealId | null {
  const [first] = shares;
  if (!first) return null;
  if (shares.length === 1 || net === null)
    return shares.some(({ dealId }) => dealId === held) ? held : first.dealId;
  const parts = partsOf(shares, net);
  const partOf = ({ dealId }: DealShare): Money => parts.get(dealId) ?? zero(net.currency);
  const largest = shares.reduce((best, share) => {
    const order = compare(partOf(share), partOf(best));
    return order > 0 || (order === 0 && share.dealId === held && best.dealId !== held) ? share : best;
  }, first);
  return largest.dealId;
}
