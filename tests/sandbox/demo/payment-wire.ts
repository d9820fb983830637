import type { Wire } from '../organisation.ts';
import { balanceOf, leftOfPayment, type PaymentFacts, sumOf } from './book-facts.ts';
import { customerOf, type Printer } from './paper-wire.ts';

/** A payment as `GET /customerpayments/{id}` answers. */
export function wirePayment(payment: PaymentFacts, { book, own, base, rate, times }: Printer): Wire {
  const { customer } = book;
  const { id, number, date, amount, parts, refunds, retainerId } = payment;
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
    exchange_rate: rate(date),
    price_precision: customer.currency.places,
    amount: own(amount),
    bcy_amount: base(amount, date),
    amount_refunded: own(refunded),
    refunded_amount: own(refunded),
    bcy_refunded_amount: base(refunded, date),
    unused_amount: own(unused),
    bcy_unused_amount: base(unused, date),
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
      amount_bcy: base(refund.amount, refund.date),
    })),
    custom_fields: [],
    ...times(payment),
  };
}
