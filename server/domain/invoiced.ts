import type { Amount } from './amount.ts';
import type { CalendarDay } from './calendar-day.ts';
import { isAfter } from './calendar-day.ts';
import type { CreditNote, CustomerBook, Invoice } from './documents.ts';
import type { Entry, Headline } from './headline-currency.ts';
import { taken, totalOf } from './headline-currency.ts';
import { creditNoteInScope, invoiceInScope } from './in-scope.ts';

type Document = Invoice | CreditNote;

/**
 * Invoices less credit notes, without tax. Lists do not carry the tax split: unless it is known for every document,
 * tax is in all of them and the caveat says so. @see domain rule A1
 */
export function invoicedNet(books: readonly CustomerBook[], headline: Headline): Amount {
  const { invoices, creditNotes } = counting(books);
  const documents: readonly Document[] = [...invoices, ...creditNotes];
  const split = documents.every(({ net }) => net !== null);
  const entry = ({ net, total, exchangeRate }: Document): Entry => ({
    money: (split ? net : null) ?? total,
    rate: exchangeRate,
  });
  return totalOf(
    headline,
    [...invoices.map(entry), ...taken(creditNotes.map(entry))],
    split ? [] : ['tax_included'],
  );
}

/** Invoices less credit notes dated after `day`, tax included: the measure an overdue amount, also gross, is held against. */
export function invoicedGrossSince(
  day: CalendarDay,
  books: readonly CustomerBook[],
  headline: Headline,
): Amount {
  const { invoices, creditNotes } = counting(books);
  const entries = (documents: readonly Document[]): readonly Entry[] =>
    documents
      .filter(({ date }) => isAfter(date, day))
      .map(({ total, exchangeRate }) => ({ money: total, rate: exchangeRate }));
  return totalOf(headline, [...entries(invoices), ...taken(entries(creditNotes))]);
}

const counting = (
  books: readonly CustomerBook[],
): { invoices: readonly Invoice[]; creditNotes: readonly CreditNote[] } => ({
  invoices: books.flatMap(({ invoices }) => invoices.filter(invoiceInScope)),
  creditNotes: books.flatMap(({ creditNotes }) => creditNotes.filter(creditNoteInScope)),
});
