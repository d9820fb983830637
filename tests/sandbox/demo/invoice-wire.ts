import type { Wire } from '../organisation.ts';
import { balanceOf, type InvoiceFacts } from './book-facts.ts';
import { dealOf, type Printer } from './paper-wire.ts';
import { type Day, daysBetween } from './plain-day.ts';

/** An invoice as `GET /invoices/{id}` answers. */
export function wireInvoice(invoice: InvoiceFacts, { book, own, head }: Printer): Wire {
  const terms = daysBetween(invoice.date, invoice.due);
  return {
    invoice_id: invoice.id,
    invoice_number: invoice.number,
    status: statusOf(invoice, book.today),
    due_date: invoice.due,
    payment_terms: terms,
    payment_terms_label: `Net ${terms}`,
    payment_expected_date: '',
    last_payment_date: invoice.lastPaid ?? '',
    ...head(invoice),
    balance: own(balanceOf(invoice)),
    payment_made: own(invoice.paid),
    credits_applied: own(invoice.credited),
    tax_amount_withheld: 0,
    write_off_amount: own(invoice.writtenOff),
    ...dealOf(invoice),
    salesorder_id: invoice.order?.id ?? '',
    salesorder_number: invoice.order?.number ?? '',
    estimate_id: invoice.order?.estimate?.id ?? '',
    is_viewed_by_client: invoice.state === 'viewed',
    is_emailed: invoice.state !== 'draft',
    allow_partial_payments: true,
    recurring_invoice_id: '',
  };
}

function statusOf(invoice: InvoiceFacts, today: Day): string {
  if (invoice.state === 'draft' || invoice.state === 'void') return invoice.state;
  if (balanceOf(invoice) === 0) return 'paid';
  // Books turns the word in a night after the due date, and what fell due yesterday has not been through one
  if (daysBetween(invoice.due, today) > 1) return 'overdue';
  return invoice.paid + invoice.credited > 0 ? 'partially_paid' : invoice.state;
}
