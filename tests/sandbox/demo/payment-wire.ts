import type { Wire } from '../organisation.ts';
import { balanceOf, leftOfPayment, type PaymentFacts, sumOf } from './book-facts.ts';
import { type Minor, rateOn, wireAmount, wireBaseAmount } from './currencies.ts';
import type { CustomerBook } from './customer-book.ts';
import { customerOf } from './document-wire.ts';
import type { Stamps } from './plain-day.ts';

/** A payment as `GET /customerpayments/{id}` answers. */
export function wirePayment(payment: PaymentFacts, { customer }: CustomerBook, stamps: Stamps): Wire {
  const { currency } = customer;
  const { id, number, date, amount, parts, refunds, retainerId, touched } = payment;
  const rate = rateOn(date, currency);
  const own = (minor: Minor): number => wireAmount(minor, currency);
  const base = (minor: Minor): number => wireBaseAmount(minor, rate, currency);
  const refunded = sumOf(refunds.map((refund) => refund.amount));
  // what is left of a retainer is kept apart from unused credits
  const unused = retainerId === null ? leftOfPayment(payment) : 0;
  return {
    payment_id: id,
    payment_number: number,
    payment_mode: payment.mode,
    status: 'success',
    payment_status: 'paid',
    date,
    ...customerOf(customer),
    email: customer.contactPerson.email,
    reference_number: '',
    description: payment.towardsOpening > 0 ? 'Payment towards the opening balance' : '',
    exchange_rate: rate / 1_000_000,
    price_precision: currency.places,
    amount: own(amount),
    bcy_amount: base(amount),
    amount_refunded: own(refunded),
    refunded_amount: own(refunded),
    bcy_refunded_amount: base(refunded),
    unused_amount: own(unused),
    bcy_unused_amount: base(unused),
    bank_charges: 0,
    tax_amount_withheld: 0,
    is_advance_payment: retainerId !== null,
    retainerinvoice_id: retainerId ?? '',
    invoice_numbers: parts.map(({ invoice }) => invoice.number).join(', '),
    invoices: parts.map((part) => ({
      invoice_payment_id: part.id,
      invoice_id: part.invoice.id,
      invoice_number: part.invoice.number,
      date: part.invoice.date,
      due_date: part.invoice.due,
      invoice_amount: own(part.invoice.total),
      total: own(part.invoice.total),
      amount_applied: own(part.amount),
      balance_amount: own(balanceOf(part.invoice)),
      balance: own(balanceOf(part.invoice)),
      tax_amount_withheld: 0,
    })),
    payment_refunds: refunds.map((refund) => ({
      payment_refund_id: refund.id,
      payment_id: id,
      payment_number: number,
      customer_name: customer.name,
      date: refund.date,
      refund_mode: 'banktransfer',
      reference_number: '',
      description: '',
      amount_fcy: own(refund.amount),
      amount_bcy: wireBaseAmount(refund.amount, rateOn(refund.date, currency), currency),
    })),
    custom_fields: [],
    created_time: stamps.books(date, id),
    last_modified_time: stamps.books(touched, id),
  };
}
