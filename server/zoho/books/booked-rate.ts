import type { Customer } from '../../domain/documents.ts';
import { type CurrencyCode, type DecimalText, isZero, money, ratio } from '../../domain/money.ts';

/** What a row alone does not tell. */
export interface Reading {
  readonly customer: Customer;
  readonly baseCurrency: CurrencyCode;
  readonly warn: (warning: string) => void;
}

interface Booked {
  readonly type: string;
  readonly currency: CurrencyCode;
  readonly exchangeRate: DecimalText | undefined;
  readonly amount: DecimalText;
  readonly baseAmount: DecimalText | undefined;
}

/**
 * Base currency per unit of the document's, as booked. Several lists leave the rate out; then it is what the two
 * amounts say, then the customer's present rate, which is only near enough and is reported. `null`, and reported, where
 * not even that is known: such a document is in no figure that needs it converted.
 */
export function bookedRate(booked: Booked, { customer, baseCurrency, warn }: Reading): DecimalText | null {
  const { type, currency, exchangeRate, amount, baseAmount } = booked;
  if (currency === baseCurrency) return '1';
  if (exchangeRate !== undefined && Number(exchangeRate) > 0) return exchangeRate;
  const own = money(currency, amount);
  if (baseAmount !== undefined && !isZero(own)) return ratio(money(currency, baseAmount), own);
  const present = currency === customer.currency ? customer.exchangeRate : null;
  // Nothing is worth nothing at any rate: not worth a report.
  if (!isZero(own)) warn(`${type}:${present === null ? 'no_exchange_rate' : 'present_rate'}`);
  return present;
}
