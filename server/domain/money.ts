import Big from 'big.js';

/** ISO 4217 code, upper case. */
export type CurrencyCode = string;

/** A decimal number as text, e.g. `-1234.50`. Never a float: sums stay exact. */
export type DecimalText = string;

/** An amount in one currency. Plain data, so it survives JSON and the database unchanged. */
export interface Money {
  readonly currency: CurrencyCode;
  readonly amount: DecimalText;
}

// Division results only feed rates and averages; 20 places are far below a minor unit.
Big.DP = 20;

/** @param amount decimal text or a JSON number as Books sends it. Throws on anything that is not a finite number. */
export function money(currency: CurrencyCode, amount: DecimalText | number): Money {
  return { currency, amount: new Big(amount).toFixed() };
}

export const zero = (currency: CurrencyCode): Money => ({ currency, amount: '0' });

/** Places after the point in this currency: JPY 0, USD 2, KWD 3. @see domain rule A0.2 */
export function minorUnitPlaces(currency: CurrencyCode): number {
  const known = placesByCurrency.get(currency);
  if (known !== undefined) return known;
  const places = placesOf(currency);
  placesByCurrency.set(currency, places);
  return places;
}

/** Making a formatter costs more than the sum it is made for; an organisation has a handful of currencies. */
const placesByCurrency = new Map<CurrencyCode, number>();

function placesOf(currency: CurrencyCode): number {
  try {
    return (
      new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
      2
    );
  } catch {
    // An organisation may use a private code that Intl refuses; two places is what Books itself falls back to.
    return 2;
  }
}

/** Adds two amounts of the same currency; adding across currencies is our own mistake and throws. @see domain rule A0.3 */
export function add(a: Money, b: Money): Money {
  return { currency: sameCurrency(a, b), amount: new Big(a.amount).plus(b.amount).toFixed() };
}

export function subtract(a: Money, b: Money): Money {
  return { currency: sameCurrency(a, b), amount: new Big(a.amount).minus(b.amount).toFixed() };
}

export function sum(currency: CurrencyCode, amounts: readonly Money[]): Money {
  return amounts.reduce(add, zero(currency));
}

/** `factor` is a plain decimal (a rate, a share). The result is not rounded: sum first, round last. */
export function times(a: Money, factor: DecimalText | number): Money {
  return { currency: a.currency, amount: new Big(a.amount).times(factor).toFixed() };
}

/** `a ÷ b` as decimal text. Throws on a zero divisor: callers decide what "no base" means. */
export function ratio(a: Money, b: Money): DecimalText {
  sameCurrency(a, b);
  return new Big(a.amount).div(b.amount).toFixed();
}

/** Revalues into another currency at a given rate. The only way from one currency to another. */
export function convert(a: Money, to: CurrencyCode, rate: DecimalText): Money {
  return { currency: to, amount: new Big(a.amount).times(rate).toFixed() };
}

/** `a × part ÷ whole`, unrounded: the share of an amount that a part stands for. Zero when the whole is zero. */
export function prorated(a: Money, part: Money, whole: Money): Money {
  sameCurrency(part, whole);
  if (isZero(whole)) return zero(a.currency);
  return { currency: a.currency, amount: new Big(a.amount).times(part.amount).div(whole.amount).toFixed() };
}

/** The way back of `convert`: `rate` is units of this amount's currency per unit of `to`. */
export function convertBack(a: Money, to: CurrencyCode, rate: DecimalText): Money {
  return { currency: to, amount: new Big(a.amount).div(rate).toFixed() };
}

/** Rounds half away from zero to the currency's minor unit: how an amount is shown. */
export function rounded(a: Money): Money {
  return {
    currency: a.currency,
    amount: new Big(a.amount).toFixed(minorUnitPlaces(a.currency), Big.roundHalfUp),
  };
}

/** Negative when `a < b`, 0 when equal, positive when `a > b`. */
export function compare(a: Money, b: Money): number {
  sameCurrency(a, b);
  return new Big(a.amount).cmp(b.amount);
}

export const isZero = (a: Money): boolean => new Big(a.amount).eq(0);
export const isPositive = (a: Money): boolean => new Big(a.amount).gt(0);
export const isNegative = (a: Money): boolean => new Big(a.amount).lt(0);
export const absolute = (a: Money): Money => ({
  currency: a.currency,
  amount: new Big(a.amount).abs().toFixed(),
});
export const negated = (a: Money): Money => ({
  currency: a.currency,
  amount: new Big(a.amount).times(-1).toFixed(),
});

/** Mean of whole numbers weighted by amounts of one currency, unrounded. `null` when nothing weighs anything. */
export function weightedMean(
  parts: readonly { readonly weight: Money; readonly value: number }[],
): DecimalText | null {
  const [first] = parts;
  if (!first) return null;
  const weights = sum(
    first.weight.currency,
    parts.map(({ weight }) => weight),
  );
  if (isZero(weights)) return null;
  const weighted = sum(
    first.weight.currency,
    parts.map(({ weight, value }) => times(weight, value)),
  );
  return ratio(weighted, weights);
}

/** Rounds half away from zero; a rounded nothing is `0.00`, never `-0.00`. */
export function toPlaces(value: DecimalText, places: number): DecimalText {
  const round = new Big(value).round(places, Big.roundHalfUp);
  return (round.eq(0) ? round.abs() : round).toFixed(places);
}

export const exceeds = (value: DecimalText, limit: number): boolean => new Big(value).gt(limit);

/** One minor unit (0.01 USD, 1 JPY, 0.001 KWD). */
export function minorUnit(currency: CurrencyCode): Money {
  return { currency, amount: new Big(10).pow(-minorUnitPlaces(currency)).toFixed() };
}

function sameCurrency(a: Money, b: Money): CurrencyCode {
  if (a.currency !== b.currency) throw new Error(`Cannot combine ${a.currency} with ${b.currency}`);
  return a.currency;
}
