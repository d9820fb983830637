/** A whole number of the currency's smallest unit: cents, yen, fils. Sums of these are exact. */
export type Minor = number;

export type CurrencyCode = 'USD' | 'EUR' | 'JPY' | 'KWD';

export interface Currency {
  readonly code: CurrencyCode;
  readonly symbol: string;
  /** Places after the point. */
  readonly places: number;
  /** Millionths of the base currency (USD) per unit, before the drift of the month it is booked in. */
  readonly rateMillionths: number;
  readonly id: string;
}

const CURRENCIES = {
  USD: { code: 'USD', symbol: '$', places: 2, rateMillionths: 1_000_000, id: '46000000001000097' },
  EUR: { code: 'EUR', symbol: '€', places: 2, rateMillionths: 1_084_000, id: '46000000001000099' },
  JPY: { code: 'JPY', symbol: '¥', places: 0, rateMillionths: 6_700, id: '46000000001000101' },
  KWD: { code: 'KWD', symbol: 'KWD', places: 3, rateMillionths: 3_254_000, id: '46000000001000103' },
} as const satisfies Record<CurrencyCode, Currency>;

export const currency = (code: CurrencyCode): Currency => CURRENCIES[code];

/** The number as Books prints it in JSON. Safe: one division of an integer gives the nearest double to the decimal. */
export const wireAmount = (amount: Minor, { places }: Currency): number => amount / 10 ** places;

/** Rate a document was booked at, in millionths: it drifts by up to 2 % from month to month. */
export function rateOn(day: string, { code, rateMillionths }: Currency): number {
  if (code === 'USD') return rateMillionths;
  const month = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return Math.round(rateMillionths * (1 + (((month * 37) % 9) - 4) / 200));
}

/** In base currency, rounded to the cent. */
export const wireBaseAmount = (amount: Minor, rateMillionths: number, { places }: Currency): number =>
  Math.round((amount * rateMillionths) / 10 ** (4 + places)) / 100;
