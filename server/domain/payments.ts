import type { Amount } from './amount.ts';
import type { CalendarDay } from './calendar-day.ts';
import { daysBetween, isAfter } from './calendar-day.ts';
import type { CustomerBook, DocumentId, Payment } from './documents.ts';
import type { Entry, Headline } from './headline-currency.ts';
import { taken, totalOf } from './headline-currency.ts';
import { creditNoteInScope } from './in-scope.ts';
import type { Money } from './money.ts';
import { compare, isPositive } from './money.ts';

export type LastPayment =
  | { readonly state: 'none' }
  | { readonly state: 'known'; readonly date: CalendarDay; readonly ageDays: number; readonly amount: Money };

/**
 * Cash in less cash given back, tax included: payments on invoices, retainers, opening balances and advances, less
 * refunds of payments and of credit notes. @see domain rule A1
 */
export function collected(books: readonly CustomerBook[], headline: Headline): Amount {
  const entries = books.flatMap((book): readonly Entry[] => {
    const received = book.payments.filter(({ voided }) => !voided);
    return [
      ...received.map(({ amount, exchangeRate }) => ({ money: amount, rate: exchangeRate })),
      ...taken(received.map(({ refunded, exchangeRate }) => ({ money: refunded, rate: exchangeRate }))),
      ...taken(creditNoteRefunds(book)),
    ];
  });
  return totalOf(headline, entries, books.some(mayHideRefunds) ? ['refunds_not_read'] : []);
}

function creditNoteRefunds({
  customer,
  creditNotes,
  creditNoteRefunds: refunds,
}: CustomerBook): readonly Entry[] {
  const rates = new Map(creditNotes.map(({ id, exchangeRate }) => [id, exchangeRate]));
  return (refunds ?? []).map(({ creditNoteId, amount }) => ({
    money: amount,
    rate: rates.get(creditNoteId) ?? customer.exchangeRate,
  }));
}

/** A credit note nothing was taken from cannot have been refunded, so not having read refunds is then no gap. */
export const mayHideRefunds = ({ creditNotes, creditNoteRefunds: refunds }: CustomerBook): boolean =>
  refunds === null &&
  creditNotes.some((note) => creditNoteInScope(note) && compare(note.total, note.unused) > 0);

/** The newest payment that was really kept. Credits are not payments. @see domain rules A0.6, A4 */
export function lastPayment(books: readonly CustomerBook[], today: CalendarDay): LastPayment {
  const kept = books
    .flatMap(({ payments }) => payments)
    .filter(({ amount, refunded, voided }) => !voided && isPositive(amount) && compare(refunded, amount) < 0);
  const [first, ...others] = kept;
  if (!first) return { state: 'none' };
  const { date, amount } = others.reduce(
    (newest, payment) => (isNewer(payment, newest) ? payment : newest),
    first,
  );
  return { state: 'known', date, ageDays: daysBetween(date, today), amount };
}

const isNewer = (a: Payment, b: Payment): boolean =>
  a.date === b.date ? comparedIds(a.id, b.id) > 0 : isAfter(a.date, b.date);

/** Ids are numbers too long for a number: the longer one is larger, equal lengths compare as text. */
export const comparedIds = (a: DocumentId, b: DocumentId): number =>
  a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
