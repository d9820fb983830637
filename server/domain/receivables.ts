import type { Amount } from './amount.ts';
import type { CalendarDay } from './calendar-day.ts';
import { daysBetween, isBefore } from './calendar-day.ts';
import type { CustomerBook } from './documents.ts';
import type { Entry, Headline } from './headline-currency.ts';
import { totalOf } from './headline-currency.ts';
import { invoiceInScope } from './in-scope.ts';
import { isPositive, isZero } from './money.ts';

/** Something the customer still owes. */
export interface OpenItem extends Entry {
  readonly kind: 'invoice' | 'opening_balance';
  /** `null`: it has no due date and is never late. */
  readonly dueDate: CalendarDay | null;
}

/**
 * Unpaid rests of invoices, and what is left of opening balances. Where the edition does not tell an opening balance
 * none is added; if there is one, Books' receivable is more than the rests and the reconciliation differs.
 * @see domain rules A2, A0.7
 */
export function openItems(books: readonly CustomerBook[]): readonly OpenItem[] {
  return books.flatMap(({ customer, invoices }) => {
    const items: OpenItem[] = invoices
      .filter((invoice) => invoiceInScope(invoice) && isPositive(invoice.balance))
      .map(({ balance, exchangeRate, dueDate }) => ({
        kind: 'invoice',
        money: balance,
        rate: exchangeRate,
        dueDate,
      }));
    const opening = customer.outstandingOpeningBalance;
    if (opening && !isZero(opening)) {
      items.push({ kind: 'opening_balance', money: opening, rate: customer.exchangeRate, dueDate: null });
    }
    return items;
  });
}

/** Tax included: it is what the customer owes. @see domain rule A2 */
export const open = (items: readonly OpenItem[], headline: Headline): Amount => totalOf(headline, items);

/** Days past due; 0 when not late or undated. Due today is not late. @see domain rule A3 */
export function daysOverdue({ dueDate }: Pick<OpenItem, 'dueDate'>, today: CalendarDay): number {
  // Books flips its status word to "overdue" a night late, so only the dates decide.
  return dueDate !== null && isBefore(dueDate, today) ? daysBetween(dueDate, today) : 0;
}

/** Items at least `days` + 1 days past due; with 0, everything overdue. */
export const overdueMoreThan = (
  days: number,
  items: readonly OpenItem[],
  today: CalendarDay,
): readonly OpenItem[] => items.filter((item) => daysOverdue(item, today) > days);

/** Owed past its due date, tax included. @see domain rule A3 */
export const overdue = (items: readonly OpenItem[], headline: Headline, today: CalendarDay): Amount =>
  totalOf(headline, overdueMoreThan(0, items, today));

/** 0 when nothing is overdue. */
export const oldestOverdueDays = (items: readonly OpenItem[], today: CalendarDay): number =>
  Math.max(0, ...items.map((item) => daysOverdue(item, today)));

/** Open invoices; an opening balance is an amount, not a document. */
export const countInvoices = (items: readonly OpenItem[]): number =>
  items.filter(({ kind }) => kind === 'invoice').length;
