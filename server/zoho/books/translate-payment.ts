import type { z } from 'zod';
import type {
  Application,
  CreditNoteRefund,
  CustomerId,
  DocumentId,
  Payment,
} from '../../domain/documents.ts';
import {
  compare,
  type DecimalText,
  type Money,
  money,
  ratio,
  rounded,
  times,
  zero,
} from '../../domain/money.ts';
import { ZohoTrouble } from '../trouble.ts';
import { bookedRate, type Reading } from './booked-rate.ts';
import { isVoided } from './statuses.ts';
import type { PaymentDetail, PaymentRow, RefundRow } from './wire.ts';

type WirePayment = z.infer<typeof PaymentRow>;

export function payment(row: WirePayment, reading: Reading): Payment {
  const { amount, unused, rate } = amountsOf(row, reading);
  const numbers = row.invoice_numbers || row.invoice_number;
  return {
    id: row.payment_id as DocumentId, // safe because the wire schema checked it
    number: row.payment_number,
    customerId: reading.customer.id as CustomerId,
    date: row.date,
    amount,
    unused,
    refunded: refundedOf(row, amount, reading),
    voided: isVoided(row.payment_status, reading.warn),
    exchangeRate: rate,
    invoiceNumbers: numbers
      .split(',')
      .map((number) => number.trim())
      .filter((number) => number !== ''),
    applications: null,
    ...(row.last_modified_time === undefined ? {} : { version: row.last_modified_time }),
  };
}

/** Live payment rows carry no currency: it is the customer's, unless the base amount says it cannot be. */
function amountsOf(
  row: WirePayment,
  reading: Reading,
): { amount: Money; unused: Money; rate: DecimalText | null } {
  const { baseCurrency, customer } = reading;
  const differs =
    row.bcy_amount !== undefined && compare(money('', row.amount), money('', row.bcy_amount)) !== 0;
  if (row.currency_code === undefined && customer.currency === baseCurrency && differs) {
    // Some other currency, and we cannot know which: the base amounts are right in the customer's currency.
    return {
      amount: money(baseCurrency, row.bcy_amount ?? row.amount),
      unused: money(baseCurrency, row.bcy_unused_amount ?? 0),
      rate: '1',
    };
  }
  const currency = row.currency_code ?? customer.currency;
  return {
    amount: money(currency, row.amount),
    unused: money(currency, row.unused_amount ?? 0),
    rate: bookedRate(
      {
        type: 'payment',
        currency,
        exchangeRate: row.exchange_rate,
        amount: row.amount,
        baseAmount: row.bcy_amount,
      },
      reading,
    ),
  };
}

/** Books tells refunds in base currency only; all of it refunded is exactly the amount, whatever the rate. */
function refundedOf(row: WirePayment, amount: Money, { baseCurrency }: Reading): Money {
  const refunded = money(baseCurrency, row.bcy_refunded_amount ?? 0);
  const whole = money(baseCurrency, row.bcy_amount ?? row.amount);
  if (compare(refunded, zero(baseCurrency)) <= 0) return zero(amount.currency);
  if (compare(refunded, whole) >= 0) return amount;
  return rounded(times(amount, ratio(refunded, whole)));
}

/** Parts of a payment on invoices, in the payment's currency. */
export function applications({ payment }: z.infer<typeof PaymentDetail>): readonly Application[] {
  return (payment.invoices ?? []).map(({ invoice_id, amount_applied }) => ({
    invoiceId: invoice_id as DocumentId, // safe because the wire schema checked it
    amount: money(payment.currency_code, amount_applied),
  }));
}

/** A refund row names no currency either: the foreign amount is in the credit note's, which is the customer's. */
export function creditNoteRefund(
  row: z.infer<typeof RefundRow>,
  { customer, baseCurrency }: Reading,
): CreditNoteRefund {
  const amount = row.amount_fcy ?? (customer.currency === baseCurrency ? row.amount_bcy : undefined);
  if (amount === undefined)
    throw new ZohoTrouble('books', 'unreachable', { code: 'unexpected_shape:creditnote_refunds.amount_fcy' });
  return {
    id: row.creditnote_refund_id as DocumentId, // safe because the wire schema checked these ids
    creditNoteId: row.creditnote_id as DocumentId,
    date: row.date,
    amount: money(customer.currency, amount),
  };
}
