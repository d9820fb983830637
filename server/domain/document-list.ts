import type { CalendarDay } from './calendar-day.ts';
import { daysBetween, isBefore } from './calendar-day.ts';
import { invoiceStatus, otherStatus, paymentStatus } from './document-status.ts';
import type { CustomerBook, CustomerId, DealId, DocumentId } from './documents.ts';
import type { Money } from './money.ts';
import { comparedIds } from './payments.ts';

const DOCUMENT_TYPES = ['invoice', 'estimate', 'sales_order', 'credit_note', 'expense', 'payment'] as const;
export type DocumentType = (typeof DOCUMENT_TYPES)[number];

export const PAGE_SIZE = 25;
/** What the panel shows before "Show all". */
export const FIRST_ROWS = 5;

export interface DocumentRowRaw {
  readonly type: DocumentType;
  readonly id: DocumentId;
  readonly customerId: CustomerId;
  readonly number: string;
  readonly date: CalendarDay;
  readonly dueDate: CalendarDay | null;
  /** `null` when not overdue. */
  readonly daysOverdue: number | null;
  readonly status: string;
  readonly dealId: DealId | null;
  readonly total: Money;
  /** Still to pay of an invoice, still to use of a credit note or payment; `null` where there is no such thing. */
  readonly balance: Money | null;
}

/**
 * All documents: overdue ones first, the oldest due date on top, then the newest. Neither order nor page depends on an
 * amount, so they tell nothing to people who may not see amounts; for those not told days late see `lateByDate`.
 */
export function documentRows(
  books: readonly CustomerBook[],
  { today }: { today: CalendarDay },
): readonly DocumentRowRaw[] {
  return books.flatMap((book) => rowsOf(book, today)).sort(inListOrder);
}

/** The same rows where nobody may be told how late one is: what is overdue stays on top, but the newest first there too. */
export function lateByDate<Of>(given: readonly Of[], rowOf: (one: Of) => DocumentRowRaw): readonly Of[] {
  const isLate = (one: Of): boolean => rowOf(one).daysOverdue !== null;
  const late = given.filter(isLate).sort((a, b) => newestFirst(rowOf(a), rowOf(b)));
  return [...late, ...given.filter((one) => !isLate(one))];
}

export interface RowFilter {
  readonly type?: DocumentType | undefined;
  /** One of our words, e.g. `overdue`. */
  readonly status?: string | undefined;
}

export const matchingRows = (
  rows: readonly DocumentRowRaw[],
  { type, status }: RowFilter,
): readonly DocumentRowRaw[] =>
  rows.filter(
    (row) => (type === undefined || row.type === type) && (status === undefined || row.status === status),
  );

/** @param page 1-based; a page past the end is empty. */
export const pageOfRows = (rows: readonly DocumentRowRaw[], page: number): readonly DocumentRowRaw[] =>
  rows.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);

/** The types that occur, in a fixed order. */
export const typesOf = (rows: readonly DocumentRowRaw[]): readonly DocumentType[] =>
  DOCUMENT_TYPES.filter((type) => rows.some((row) => row.type === type));

function rowsOf(book: CustomerBook, today: CalendarDay): readonly DocumentRowRaw[] {
  const plain = { dueDate: null, daysOverdue: null, dealId: null, balance: null };
  return [
    ...book.invoices.map((invoice): DocumentRowRaw => {
      const status = invoiceStatus(invoice, today);
      const late = status === 'overdue' && invoice.dueDate !== null;
      return {
        ...shared('invoice', invoice),
        ...pick(invoice),
        status,
        daysOverdue: late ? daysBetween(invoice.dueDate, today) : null,
      };
    }),
    ...(book.estimates ?? []).map((row) => ({
      ...plain,
      ...shared('estimate', row),
      dealId: row.dealId,
      status: otherStatus(row),
    })),
    ...(book.salesOrders ?? []).map((row) => ({
      ...plain,
      ...shared('sales_order', row),
      dealId: row.dealId,
      status: otherStatus(row),
    })),
    ...book.creditNotes.map((row) => ({
      ...plain,
      ...shared('credit_note', row),
      dealId: row.dealId,
      status: otherStatus(row),
      balance: row.unused,
    })),
    ...(book.expenses ?? []).map((row) => ({
      ...plain,
      ...shared('expense', row),
      dealId: row.dealId,
      status: otherStatus(row),
    })),
    ...book.payments.map((row) => ({
      ...plain,
      ...shared('payment', { ...row, total: row.amount }),
      status: paymentStatus(row),
      balance: row.unused,
    })),
  ];
}

type Shared = Pick<DocumentRowRaw, 'id' | 'customerId' | 'number' | 'date' | 'total'>;

const shared = (
  type: DocumentType,
  { id, customerId, number, date, total }: Shared,
): Shared & { type: DocumentType } => ({
  type,
  id,
  customerId,
  number,
  date,
  total,
});

const pick = ({ dueDate, dealId, balance }: Pick<DocumentRowRaw, 'dueDate' | 'dealId' | 'balance'>) => ({
  dueDate,
  dealId,
  balance,
});

function inListOrder(a: DocumentRowRaw, b: DocumentRowRaw): number {
  const [aLate, bLate] = [a.daysOverdue ?? 0, b.daysOverdue ?? 0];
  return aLate === bLate ? newestFirst(a, b) : bLate - aLate;
}

function newestFirst(a: DocumentRowRaw, b: DocumentRowRaw): number {
  if (a.date !== b.date) return isBefore(a.date, b.date) ? 1 : -1;
  return DOCUMENT_TYPES.indexOf(a.type) - DOCUMENT_TYPES.indexOf(b.type) || comparedIds(b.id, a.id);
}
