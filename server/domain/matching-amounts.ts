import type { MatchDeal, MatchDocument } from './matching-question.ts';
import {
  absolute,
  type CurrencyCode,
  compare,
  convert,
  isPositive,
  type Money,
  minorUnit,
  ratio,
  subtract,
  sum,
  times,
} from './money.ts';

/** What a document of the deal may amount to, without tax and with it: people write either into a deal's amount. */
export interface Expected {
  readonly offers: PerBasis;
  /** What is not invoiced yet, once something is; before, the same as offers. */
  readonly invoices: PerBasis;
  /** Nothing is left to invoice, however it is reckoned. */
  readonly fullyInvoiced: boolean;
}

type Basis = 'net' | 'total';
type PerBasis = Readonly<Record<Basis, readonly Money[]>>;
const BASES: readonly Basis[] = ['net', 'total'];

/** How a document's amount compares with what is expected of the deal's documents. */
export type AmountFit =
  | { readonly kind: 'equals' }
  /** Off by this share of what is expected, at most `CLOSE`. */
  | { readonly kind: 'close'; readonly off: number }
  /** Could be part of it, or nothing can be said. */
  | { readonly kind: 'open' }
  | { readonly kind: 'far' };

export const CLOSE = 0.05;
/** What people drop when they round a deal's amount. */
const ROUNDED_OFF = 0.01;
/** A quote this many times larger or smaller than the deal is another piece of business. */
const FAR = 2;
/** An invoice may be a part, but hardly this many times the whole: tax is within it. */
const TOO_MUCH = 1.3;

/** A word we do not know, or may not see, counts: better nothing left to compare with than too much. */
const NOT_INVOICED: ReadonlySet<string> = new Set([
  'draft',
  'pending_approval',
  'approved',
  'rejected',
  'void',
]);

/** From the deal's amount, its quotes and orders, and its invoices, as far as this person may see each. */
export function expectedOn(
  deal: MatchDeal,
  linked: readonly MatchDocument[],
  baseCurrency: CurrencyCode | undefined,
): Expected {
  const whole = deal.amount && isPositive(deal.amount) ? deal.amount : null;
  const offered = linked.filter(({ type }) => type === 'estimate' || type === 'sales_order');
  const offers = (basis: Basis): readonly Money[] => [
    ...(whole ? [whole] : []),
    ...offered.flatMap((document) => document[basis] ?? []),
  ];
  const left = (basis: Basis): Money | null => whole && leftToInvoice(whole, linked, { basis, baseCurrency });
  const invoices = (basis: Basis): readonly Money[] => {
    const rest = left(basis);
    return rest === null ? offers(basis) : [rest].filter(isPositive);
  };
  const rests = BASES.flatMap((basis) => left(basis) ?? []);
  return {
    offers: { net: offers('net'), total: offers('total') },
    invoices: { net: invoices('net'), total: invoices('total') },
    fullyInvoiced:
      whole !== null &&
      rests.length > 0 &&
      rests.every((rest) => compare(rest, times(whole, ROUNDED_OFF)) <= 0),
  };
}

/** Nothing before the first invoice, and while one of them cannot be told in the deal's currency. */
function leftToInvoice(
  whole: Money,
  linked: readonly MatchDocument[],
  { basis, baseCurrency }: { basis: Basis; baseCurrency: CurrencyCode | undefined },
): Money | null {
  const invoices = linked.filter(({ type, status = '' }) => type === 'invoice' && !NOT_INVOICED.has(status));
  const told = invoices.flatMap(
    (invoice) => inCurrency(invoice, { basis, currency: whole.currency, baseCurrency }) ?? [],
  );
  if (invoices.length === 0 || told.length < invoices.length) return null;
  return subtract(whole, sum(whole.currency, told));
}

/** @param baseCurrency without it, only amounts of the document's own currency are compared */
export function amountFit(
  document: MatchDocument,
  expected: Expected,
  baseCurrency: CurrencyCode | undefined,
): AmountFit {
  // what a deal costs us is no part of what it brings in
  if (document.type === 'expense') return { kind: 'open' };
  const isInvoice = document.type === 'invoice';
  const pairs = BASES.flatMap((basis) =>
    (isInvoice ? expected.invoices : expected.offers)[basis].flatMap((wanted) => {
      const own = inCurrency(document, { basis, currency: wanted.currency, baseCurrency });
      const converted = document[basis]?.currency !== wanted.currency;
      return own && isPositive(own) ? [{ own, wanted, converted }] : [];
    }),
  );
  const offBy = ({ own, wanted }: Pair): Money => absolute(subtract(own, wanted));
  const exact = pairs.filter(({ converted }) => !converted);
  if (exact.some((pair) => compare(offBy(pair), minorUnit(pair.own.currency)) <= 0))
    return { kind: 'equals' };
  const close = pairs.filter((pair) => compare(offBy(pair), times(pair.wanted, CLOSE)) <= 0);
  if (close.length > 0)
    return { kind: 'close', off: Math.min(...close.map((pair) => Number(ratio(offBy(pair), pair.wanted)))) };
  const isFar = ({ own, wanted }: Pair): boolean =>
    isInvoice
      ? compare(own, times(wanted, TOO_MUCH)) > 0
      : compare(own, times(wanted, FAR)) > 0 || compare(times(own, FAR), wanted) < 0;
  const far = (isInvoice && expected.fullyInvoiced) || (pairs.length > 0 && pairs.every(isFar));
  return { kind: far ? 'far' : 'open' };
}

interface Pair {
  readonly own: Money;
  readonly wanted: Money;
}

interface Wanted {
  readonly basis: Basis;
  readonly currency: CurrencyCode;
  readonly baseCurrency: CurrencyCode | undefined;
}

/** A document's amount in that currency: its own, or at the rate it was booked at. @see domain rule A0.3 */
function inCurrency(document: MatchDocument, { basis, currency, baseCurrency }: Wanted): Money | null {
  const own = document[basis];
  if (!own) return null;
  if (own.currency === currency) return own;
  return currency === baseCurrency && document.exchangeRate
    ? convert(own, currency, document.exchangeRate)
    : null;
}
