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
 * amounts say, then the customer's present rate, which is only near enough and is reported.
 */
export function bookedRate(booked: Booked, { customer, baseCurrency, warn }: Reading): DecimalText {
  const { type, currency, exchangeRate, amount, baseAmount } = booked;
  if (currency === baseCurrency) return '1';
  if (exchangeRate !== undefined && Number(exchangeRate) > 0) return exchangeRate;
  const own = money(currency, amount);
  if (baseAmount !== undefined && !isZero(own)) return ratio(money(currency, baseAmount), own);
  const present = currency === customer.currency ? customer.exchangeRate : null;
  if (present === null) warn(`${type}:no_exchange_rate`);
  return present ?? '1';
}
