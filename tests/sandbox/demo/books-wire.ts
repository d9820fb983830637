import type { Organisation, Wire } from '../organisation.ts';
import { wireContact } from './contact-wire.ts';
import { wireCreditNote } from './credit-note-wire.ts';
import type { CustomerBook } from './customer-book.ts';
import { wireInvoice } from './invoice-wire.ts';
import { wireEstimate, wireExpense, wireSalesOrder } from './order-wire.ts';
import { createPrinter } from './paper-wire.ts';
import { wirePayment } from './payment-wire.ts';
import type { Stamps } from './plain-day.ts';

type Documents = Omit<Organisation['books'], 'organizations' | 'items' | 'users'>;

/** All customers and their documents in wire shape, each list in the order it was written: by date, then id. */
export function wireBooks(books: readonly CustomerBook[], stamps: Stamps): Documents {
  numberDocuments(books);
  const lists: Documents = {
    contacts: books.map((book) => wireContact(book, stamps)),
    invoices: [],
    customerpayments: [],
    creditnotes: [],
    estimates: [],
    salesorders: [],
    expenses: [],
  };
  for (const book of books) {
    const printer = createPrinter(book, stamps);
    lists.invoices.push(...book.invoices.map((invoice) => wireInvoice(invoice, printer)));
    lists.customerpayments.push(...book.payments.map((payment) => wirePayment(payment, printer)));
    lists.creditnotes.push(...book.creditNotes.map((note) => wireCreditNote(note, printer)));
    lists.estimates.push(...book.estimates.map((estimate) => wireEstimate(estimate, printer)));
    lists.salesorders.push(...book.orders.map((order) => wireSalesOrder(order, printer)));
    lists.expenses.push(...book.expenses.map((expense) => wireExpense(expense, printer)));
  }
  for (const list of [
    lists.invoices,
    lists.customerpayments,
    lists.creditnotes,
    lists.estimates,
    lists.salesorders,
    lists.expenses,
  ]) {
    list.sort(byDate);
  }
  return lists;
}

/** Gives out numbers by date over the whole organisation. Documents that came with one keep it. */
function numberDocuments(books: readonly CustomerBook[]): void {
  const number = (
    papers: { id: string; date: string; number: string }[],
    name: (n: number) => string,
  ): void => {
    papers.sort((a, b) => order(a.date, b.date) || order(a.id, b.id));
    papers.forEach((paper, at) => {
      if (paper.number === '') paper.number = name(at + 1);
    });
  };
  const padded = (prefix: string) => (n: number) => `${prefix}-${String(n).padStart(6, '0')}`;
  number(
    books.flatMap(({ invoices }) => invoices),
    padded('INV'),
  );
  number(
    books.flatMap(({ creditNotes }) => creditNotes),
    padded('CN'),
  );
  number(
    books.flatMap(({ estimates }) => estimates),
    padded('QT'),
  );
  number(
    books.flatMap(({ orders }) => orders),
    padded('SO'),
  );
  number(
    books.flatMap(({ payments }) => payments),
    String,
  );
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byDate = (a: Wire, b: Wire): number => order(String(a.created_time), String(b.created_time));
