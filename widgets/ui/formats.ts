import type { BandView, MoneyView } from '../../server/contract/figures.ts';

/** How one reader writes numbers, money and dates. Pure but for `clock`, which uses the browser's time zone. */
export interface Formats {
  /** Exact, in the currency's own precision. */
  readonly money: (money: MoneyView) => string;
  /** `12.4k`, for narrow places; never shown without the exact text beside it. */
  readonly moneyShort: (money: MoneyView) => string;
  /** `10k–50k`, `≥ 1M`, `< 10k`. */
  readonly band: (band: BandView) => string;
  readonly number: (value: number) => string;
  /** A plain day, without time-zone shifting. The year is left out when it is that of `today`. */
  readonly day: (day: string, today?: string) => string;
  /** Relative within 30 days ("12 days ago"), the day itself beyond. */
  readonly ago: (day: string, ageDays: number) => string;
  /** Time of an instant; with its day when that is not `now`'s. */
  readonly clock: (instant: Date, now: Date) => string;
}

/** Days within which a relative date is easier to read than a date. @see domain rule B4 */
export const RELATIVE_DAYS = 30;

export function createFormats({
  locale,
  baseCurrency,
}: {
  locale: string;
  baseCurrency: string | null;
}): Formats {
  const english = locale.split('-')[0] === 'en';
  const number = new Intl.NumberFormat(locale);
  const compact = new Intl.NumberFormat(locale, {
    notation: 'compact',
    maximumFractionDigits: 1,
    useGrouping: 'always',
  });
  const twoPlaces = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const fullDay = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', dateStyle: 'medium' });
  const shortDay = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'short' });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const dayAndTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const inCurrency = new Map<string, Intl.NumberFormat>();

  const currency = (code: string): Intl.NumberFormat => {
    const known = inCurrency.get(code);
    if (known) return known;
    const made = currencyFormat(locale, code, code === baseCurrency);
    inCurrency.set(code, made);
    return made;
  };
  // English writes 12.4k here, as domain rule B4 does; CLDR's K is for headlines
  const short = (amount: string): string => {
    const text = compact.format(decimal(amount));
    return withMinus(english ? text.replace('K', 'k') : text);
  };
  /** Puts `text` where this locale would put the number of an amount. */
  const aroundNumber = (code: string, text: string): string => {
    if (!isCurrencyCode(code)) return `${code} ${text}`;
    let placed = false;
    const parts = currency(code)
      .formatToParts(1)
      .map(({ type, value }) => {
        if (type === 'currency' || type === 'literal') return value;
        if (placed) return '';
        placed = true;
        return text;
      });
    return upright(parts.join(''));
  };

  const end = (code: string, amount: string): string =>
    isNegativeAmount(amount)
      ? `−${aroundNumber(code, short(amount.slice(1)))}`
      : aroundNumber(code, short(amount));

  return {
    money: ({ currency: code, amount }) =>
      isCurrencyCode(code)
        ? upright(withMinus(currency(code).format(decimal(amount))))
        : `${code} ${withMinus(twoPlaces.format(decimal(amount)))}`,
    moneyShort: ({ currency: code, amount }) => end(code, amount),
    band: ({ currency: code, from, to }) => {
      if (from !== null && to !== null) {
        // two minus signs and a dash would run together, so each end is written out
        if (isNegativeAmount(from)) return `${end(code, from)} – ${end(code, to)}`;
        return aroundNumber(code, `${short(from)}–${short(to)}`);
      }
      if (from !== null) return `≥ ${end(code, from)}`;
      return to === null ? '—' : `< ${end(code, to)}`;
    },
    number: (value) => withMinus(number.format(value)),
    day: (day, today) =>
      (today?.slice(0, 4) === day.slice(0, 4) ? shortDay : fullDay).format(new Date(`${day}T00:00:00Z`)),
    ago: (day, ageDays) =>
      Math.abs(ageDays) <= RELATIVE_DAYS
        ? relative.format(-ageDays, 'day')
        : fullDay.format(new Date(`${day}T00:00:00Z`)),
    clock: (instant, now) =>
      (instant.toDateString() === now.toDateString() ? time : dayAndTime).format(instant),
  };
}

function currencyFormat(locale: string, code: string, isBase: boolean): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: code,
    currencyDisplay: isBase ? 'narrowSymbol' : 'code',
  });
}

/** Intl refuses anything else, and an organisation may have named its own. */
const isCurrencyCode = (code: string): boolean => /^[A-Za-z]{3}$/.test(code);

// safe because Intl reads decimal text exactly (no float in between), and the contract only carries decimals
const decimal = (amount: string): `${number}` => amount as `${number}`;

/** Between words from right to left the sign of `US$` would come before its letters. */
const upright = (text: string): string => text.replace(/[A-Z]\p{Sc}$/u, '$&\u200e');

/** A true minus sign; a hyphen next to tabular digits is easily missed. */
const withMinus = (text: string): string => text.replace('-', '−');

/** Whether decimal text is zero, without reading it as a float. */
export const isZeroAmount = (amount: string): boolean => /^-?0*(\.0*)?$/.test(amount);
export const isNegativeAmount = (amount: string): boolean => amount.startsWith('-') && !isZeroAmount(amount);
