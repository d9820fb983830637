import type { BandView } from '../contract/figures.ts';
import { compare, isNegative, isPositive, isZero, type Money, money, subtract } from '../domain/money.ts';
import { bandOf, edgesFor } from './bands.ts';
import type { Level } from './levels.ts';
import type { Policy } from './policy.ts';

type Bands = Policy['bands'];

/**
 * What somebody can tell of an amount: from and including, up to and excluding. `null` is open-ended; `one` is the very
 * amount, at both ends.
 */
interface Range {
  readonly from: Money | null;
  readonly to: Money | null;
  readonly one: boolean;
}

interface LeftInRanges {
  /** `null` where it cannot be told whether anything is left, or by how much too much is invoiced. */
  readonly left: 'some' | BandView | null;
  /** Whether too much is invoiced; `null` where it cannot be told. */
  readonly over: boolean | null;
}

/**
 * What is left to invoice, for somebody who does not see deal amount and invoiced both exactly. Anybody may write another
 * amount on their deal and watch where an answer turns; so it comes from the ranges this person is shown, and tells
 * nothing that these do not: where they overlap, nobody can say.
 * @param invoiced not zero, of the same currency
 */
export function leftInRanges(
  { dealAmount, invoiced }: { readonly dealAmount: Money; readonly invoiced: Money },
  { levels, bands }: Pick<Policy, 'levels' | 'bands'>,
): LeftInRanges {
  const amount = rangeOf(dealAmount, levels.dealAmount, bands);
  const taken = rangeOf(invoiced, levels.invoiced, bands);
  const from = less(amount.from, taken.to);
  const to = less(amount.to, taken.from);
  const over = isOver(from, to, amount);
  if (over === null) return { left: null, over };
  if (levels.leftToInvoice !== 'status') {
    const one = amount.one && taken.one && from;
    return { left: one ? bandOf(one, bands) : bandAround({ from, to }, invoiced.currency, bands), over };
  }
  // The lower end itself can be what is left only if exactly this much is known to be invoiced.
  const isSome = over || !taken.one || (from !== null && isPositive(from));
  return { left: isSome ? 'some' : null, over };
}

/** An upper end that is excluded is not reached, so what ends at zero is below it. */
function isOver(from: Money | null, to: Money | null, amount: Range): boolean | null {
  if (from && !isNegative(from)) return false;
  if (to && (isNegative(to) || (isZero(to) && !amount.one))) return true;
  return null;
}

/** As the amount itself is shown: zero is told at every level. */
function rangeOf(amount: Money, level: Level, bands: Bands): Range {
  if (level === 'exact' || isZero(amount)) return { from: amount, to: amount, one: true };
  if (level !== 'band') return { from: null, to: null, one: false };
  const { currency, from, to } = bandOf(amount, bands);
  const edge = (end: string | null): Money | null => (end === null ? null : money(currency, end));
  return { from: edge(from), to: edge(to), one: false };
}

const less = (amount: Money | null, taken: Money | null): Money | null =>
  amount && taken && subtract(amount, taken);

/** The narrowest bands of the table, put together, that hold all of a range. */
function bandAround(
  { from, to }: { readonly from: Money | null; readonly to: Money | null },
  currency: string,
  bands: Bands,
): BandView {
  const edges = edgesFor(currency, bands);
  const below = from && edges.findLast((edge) => compare(edge, from) <= 0);
  const above = to && edges.find((edge) => compare(edge, to) >= 0);
  return { currency, from: below?.amount ?? null, to: above?.amount ?? null };
}
