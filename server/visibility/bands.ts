import type { BandView } from '../contract/figures.ts';
import type { PolicyDocument } from '../contract/policy.ts';
import { usualScale } from '../domain/currency-scale.ts';
import { compare, type Money, money, negated, times } from '../domain/money.ts';

/** Lower ends of the bands in a currency worth about a dollar; other currencies use them times a power of ten. */
const EDGES = ['0', '1000', '10000', '50000', '100000', '500000', '1000000', '5000000', '10000000'];

/** Edges above zero an organisation decided, per currency. */
type Bands = PolicyDocument['bands'];

/** The table's band around an amount, `from` inclusive. It depends on nothing but the table and which band it is. */
export function bandOf(amount: Money, bands: Bands = {}): BandView {
  const { currency } = amount;
  const edges = edgesFor(currency, bands);
  const above = edges.findIndex((edge) => compare(amount, edge) < 0);
  const to = above === -1 ? undefined : edges[above];
  const from = above === -1 ? edges.at(-1) : above === 0 ? undefined : edges[above - 1];
  return { currency, from: from?.amount ?? null, to: to?.amount ?? null };
}

/** All edges of a currency, lowest first; debts of ours (negative amounts) mirror the positive ones. */
export function edgesFor(currency: string, bands: Bands = {}): readonly Money[] {
  const own = Object.hasOwn(bands, currency) ? bands[currency] : undefined;
  const positive = own
    ? ['0', ...own].map((edge) => money(currency, edge))
    : EDGES.map((edge) => times(money(currency, edge), usualScale(currency)));
  return [...positive.slice(1).map(negated).reverse(), ...positive];
}

/** Whether edges can be a table: each above the one before, the first above zero. */
export const areAscending = (edges: readonly string[]): boolean =>
  ['0', ...edges].every((edge, at, all) => {
    const next = all[at + 1];
    // any currency does: only the numbers are compared
    return next === undefined || compare(money('USD', edge), money('USD', next)) < 0;
  });
