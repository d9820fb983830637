import { z } from 'zod';
import { Id } from '../wire-values.ts';
import type { Reading } from './booked-rate.ts';
import type { LinkableType } from './books.ts';
import { ascending, type SortOrder } from './lists.ts';
import { creditNote, estimate, expense, invoice, salesOrder } from './translate.ts';
import { creditNoteRefund, payment } from './translate-payment.ts';
import {
  CreditNoteRow,
  EstimateRow,
  ExpenseRow,
  InvoiceRow,
  PageDetail,
  PaymentRow,
  RefundRow,
  SalesOrderRow,
} from './wire.ts';

/** Where a list is, how its rows look, and what they are to us. */
export interface DocumentList<Row extends z.ZodType, Document> {
  readonly type: string;
  readonly path: string;
  readonly keys: readonly string[];
  readonly row: Row;
  readonly order: SortOrder;
  readonly idOf: (row: z.infer<Row>) => string;
  readonly translate: (row: z.infer<Row>, reading: Reading) => Document;
}

const list = <Row extends z.ZodType, Document>(entry: DocumentList<Row, Document>) => entry;

/** Sorted by creation where Books offers it: then a new document lands on the last page and shifts nothing. */
export const DOCUMENT_LISTS = {
  invoice: list({
    type: 'invoice',
    path: '/invoices',
    keys: ['invoices'],
    row: InvoiceRow,
    order: ascending('created_time'),
    idOf: (row) => row.invoice_id,
    translate: invoice,
  }),
  payment: list({
    type: 'payment',
    path: '/customerpayments',
    keys: ['customerpayments', 'customer_payments'], // live, and as described
    row: PaymentRow,
    order: ascending('date'),
    idOf: (row) => row.payment_id,
    translate: payment,
  }),
  creditNote: list({
    type: 'credit_note',
    path: '/creditnotes',
    keys: ['creditnotes'],
    row: CreditNoteRow,
    order: ascending('created_time'),
    idOf: (row) => row.creditnote_id,
    translate: creditNote,
  }),
  creditNoteRefund: list({
    type: 'credit_note_refund',
    path: '/creditnotes/refunds',
    keys: ['creditnote_refunds'],
    row: RefundRow,
    order: { sort_column: 'date' }, // the one list that documents no direction
    idOf: (row) => row.creditnote_refund_id,
    translate: creditNoteRefund,
  }),
  estimate: list({
    type: 'estimate',
    path: '/estimates',
    keys: ['estimates'],
    row: EstimateRow,
    order: ascending('created_time'),
    idOf: (row) => row.estimate_id,
    translate: estimate,
  }),
  salesOrder: list({
    type: 'sales_order',
    path: '/salesorders',
    keys: ['salesorders'],
    row: SalesOrderRow,
    order: ascending('created_time'),
    idOf: (row) => row.salesorder_id,
    translate: salesOrder,
  }),
  expense: list({
    type: 'expense',
    path: '/expenses',
    keys: ['expenses'],
    row: ExpenseRow,
    order: ascending('created_time'),
    idOf: (row) => row.expense_id,
    translate: expense,
  }),
} as const;

/** Pages that tell what lists do not. Expenses tell their tax in their list, credit notes are not asked. */
export const DETAIL_PAGES = {
  invoice: {
    path: '/invoices/{id}',
    answer: z
      .object({ invoice: PageDetail.extend({ invoice_id: Id }) })
      .transform(({ invoice: { invoice_id, ...detail } }) => ({ id: invoice_id, detail })),
  },
  estimate: {
    path: '/estimates/{id}',
    answer: z
      .object({ estimate: PageDetail.extend({ estimate_id: Id }) })
      .transform(({ estimate: { estimate_id, ...detail } }) => ({ id: estimate_id, detail })),
  },
  sales_order: {
    path: '/salesorders/{id}',
    answer: z
      .object({ salesorder: PageDetail.extend({ salesorder_id: Id }) })
      .transform(({ salesorder: { salesorder_id, ...detail } }) => ({ id: salesorder_id, detail })),
  },
} satisfies Record<LinkableType, unknown>;
