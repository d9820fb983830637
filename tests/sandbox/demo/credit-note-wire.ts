import type { Wire } from '../organisation.ts';
import { type CreditNoteFacts, leftOfCreditNote, sumOf } from './book-facts.ts';
import type { Printer } from './paper-wire.ts';

/** A credit note as `GET /creditnotes/{id}` answers, with the invoices it was used on and its refunds. */
export function wireCreditNote(note: CreditNoteFacts, { book, own, base, head }: Printer): Wire {
  const { parts, refunds, state } = note;
  return {
    creditnote_id: note.id,
    creditnote_number: note.number,
    status: state === 'live' ? (leftOfCreditNote(note) > 0 ? 'open' : 'closed') : state,
    ...head(note),
    balance: own(leftOfCreditNote(note)),
    total_credits_used: own(sumOf(parts.map(({ amount }) => amount))),
    total_refunded_amount: own(sumOf(refunds.map(({ amount }) => amount))),
    invoices: parts.map(({ invoice, amount }) => ({
      invoice_id: invoice.id,
      invoice_number: invoice.number,
      amount: own(amount),
    })),
    invoices_credited: parts.map(({ id, invoice, amount, date }) => ({
      creditnote_invoice_id: id,
      creditnote_id: note.id,
      invoice_id: invoice.id,
      invoice_number: invoice.number,
      date,
      credited_date: date,
      credited_amount: own(amount),
    })),
    creditnote_refunds: refunds.map(({ id, date, amount }) => ({
      creditnote_refund_id: id,
      creditnote_id: note.id,
      creditnote_number: note.number,
      customer_name: book.customer.name,
      date,
      refund_mode: 'banktransfer',
      payment_form: '',
      reference_number: '',
      description: '',
      amount_fcy: own(amount),
      amount_bcy: base(amount, date),
    })),
  };
}
