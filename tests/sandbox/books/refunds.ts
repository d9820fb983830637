import type { RequestHandler } from 'msw';
import type { Wire } from '../organisation.ts';
import type { ZohoState } from '../zoho.ts';
import { amount, children, text } from '../zoho-wire.ts';
import { booksAnswer, doesNotExist } from './answers.ts';
import type { BooksEndpoints } from './endpoints.ts';
import { paged } from './list.ts';

/** Refunds of credit notes and payments and the payments of an invoice: all derived from the documents that hold them. */
export function refundHandlers(
  { organisation: { books } }: ZohoState,
  { ofOrganisation }: BooksEndpoints,
): RequestHandler[] {
  const find = (among: readonly Wire[], key: string, id: string): Wire | undefined =>
    among.find((one) => text(one, key) === id);

  const refundsOf = (note: Wire): Wire[] =>
    [...children(note, 'creditnote_refunds'), ...children(note, 'refunds')].map((refund) => ({
      creditnote_refund_id: text(refund, 'creditnote_refund_id') || text(refund, 'refund_id'),
      creditnote_id: text(note, 'creditnote_id'),
      date: text(refund, 'date'),
      refund_mode: text(refund, 'refund_mode') || 'banktransfer',
      reference_number: text(refund, 'reference_number'),
      creditnote_number: text(note, 'creditnote_number'),
      customer_name: text(note, 'customer_name'),
      description: text(refund, 'description'),
      ...amounts(refund, note),
    }));

  const refundsOfPayment = (payment: Wire): Wire[] =>
    [...children(payment, 'payment_refunds'), ...children(payment, 'refunds')].map((refund) => ({
      payment_refund_id: text(refund, 'payment_refund_id') || text(refund, 'refund_id'),
      payment_id: text(payment, 'payment_id'),
      date: text(refund, 'date'),
      refund_mode: text(refund, 'refund_mode') || 'banktransfer',
      reference_number: text(refund, 'reference_number'),
      payment_number: text(payment, 'payment_number'),
      customer_name: text(payment, 'customer_name'),
      ...amounts(refund, payment),
    }));

  return [
    ofOrganisation(
      { method: 'get', path: '/creditnotes/refunds', scope: 'ZohoBooks.creditnotes.READ' },
      ({ query }) => {
        const customer = query.get('customer_id');
        const notes = books.creditnotes.filter((note) => !customer || text(note, 'customer_id') === customer);
        return refunds('creditnote_refunds', notes.flatMap(refundsOf), query);
      },
    ),
    ofOrganisation(
      { method: 'get', path: '/creditnotes/:id/refunds', scope: 'ZohoBooks.creditnotes.READ' },
      ({ param, query }) => {
        const note = find(books.creditnotes, 'creditnote_id', param('id'));
        return note ? refunds('creditnote_refunds', refundsOf(note), query) : doesNotExist('Credit Note');
      },
    ),
    ofOrganisation(
      { method: 'get', path: '/customerpayments/:id/refunds', scope: 'ZohoBooks.customerpayments.READ' },
      ({ param, query }) => {
        const payment = find(books.customerpayments, 'payment_id', param('id'));
        return payment
          ? refunds('payment_refunds', refundsOfPayment(payment), query)
          : doesNotExist('Payment');
      },
    ),
    ofOrganisation(
      { method: 'get', path: '/invoices/:id/payments', scope: 'ZohoBooks.invoices.READ' },
      ({ param }) => {
        const invoice = find(books.invoices, 'invoice_id', param('id'));
        return invoice ? booksAnswer({ payments: paymentsOf(invoice) }) : doesNotExist('Invoice');
      },
    ),
  ];

  function paymentsOf(invoice: Wire): Wire[] {
    const id = text(invoice, 'invoice_id');
    return books.customerpayments.flatMap((payment) =>
      children(payment, 'invoices')
        .filter((part) => text(part, 'invoice_id') === id)
        .map((part) => ({
          payment_id: text(payment, 'payment_id'),
          payment_number: text(payment, 'payment_number'),
          invoice_id: id,
          invoice_payment_id: text(part, 'invoice_payment_id') || `${text(payment, 'payment_id')}1`,
          payment_mode: text(payment, 'payment_mode'),
          description: text(payment, 'description'),
          date: text(payment, 'date'),
          reference_number: text(payment, 'reference_number'),
          exchange_rate: amount(payment, 'exchange_rate') || 1,
          amount: amount(part, 'amount_applied'),
          tax_amount_withheld: amount(part, 'tax_amount_withheld'),
          online_transaction_id: '',
          is_single_invoice_payment: children(payment, 'invoices').length === 1,
        })),
    );
  }
}

function amounts(refund: Wire, document: Wire): Wire {
  const own = amount(refund, 'amount_fcy') || amount(refund, 'amount');
  const rate = amount(refund, 'exchange_rate') || amount(document, 'exchange_rate') || 1;
  return {
    amount_fcy: own,
    amount_bcy: 'amount_bcy' in refund ? amount(refund, 'amount_bcy') : Number((own * rate).toFixed(2)),
  };
}

function refunds(key: string, rows: readonly Wire[], query: URLSearchParams): Response {
  const newest = [...rows].sort((a, b) => (text(a, 'date') < text(b, 'date') ? 1 : -1));
  const page = paged(newest, query);
  if (page instanceof Response) return page;
  return booksAnswer({
    [key]: page.rows,
    page_context: { ...page.context, report_name: 'Refunds', sort_column: 'date', sort_order: 'D' },
  });
}
