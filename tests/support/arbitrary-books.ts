import * as fc from 'fast-check';
import { addDays } from '../../server/domain/calendar-day.ts';
import type { CustomerBook, Invoice } from '../../server/domain/documents.ts';
import { minorUnit, times } from '../../server/domain/money.ts';
import { aBook, aCreditNote, aCustomer, anEstimate, anInvoice, aPayment, TODAY } from './builders.ts';

/** Customers as Books may hand them out: every status, part payments, credits, advances, undated invoices. */

const RATES: Readonly<Record<string, string>> = { USD: '1', EUR: '1.0837', JPY: '0.0067', KWD: '3.2519' };
export const CURRENCIES = Object.keys(RATES);

const STATUSES: readonly Invoice['status'][] = [
  'draft',
  'void',
  'sent',
  'viewed',
  'unpaid',
  'overdue',
  'partially_paid',
  'paid',
  'unknown:foo',
];

/** In whole minor units, so that every currency keeps its own precision. */
const amountIn = (currency: string, units: number): string => times(minorUnit(currency), units).amount;

const units = fc.integer({ min: 100_001, max: 99_999_999 });
const daysFromToday = fc.integer({ min: -500, max: 60 }).map((days) => addDays(TODAY, days));

const invoiceIn = (currency: string): fc.Arbitrary<Invoice> =>
  fc
    .record({
      units,
      paidShare: fc.constantFrom(0, 0, 0.3, 1),
      status: fc.constantFrom(...STATUSES),
      due: fc.option(daysFromToday, { freq: 8 }),
      netShare: fc.option(fc.constantFrom(0.8, 0.9, 1)),
      deal: fc.constantFrom(null, 'D1'),
    })
    .map(({ units: total, paidShare, status, due, netShare, deal }) => {
      const paid = Math.floor(total * paidShare);
      return anInvoice({
        currency,
        rate: RATES[currency] ?? '1',
        total: amountIn(currency, total),
        balance: amountIn(currency, total - paid),
        net: netShare === null ? null : amountIn(currency, Math.floor(total * netShare)),
        dated: addDays(due ?? TODAY, -30),
        status,
        due,
        deal,
      });
    });

export const bookIn = (currency: string, id = 'C1'): fc.Arbitrary<CustomerBook> =>
  fc
    .record({
      invoices: fc.array(invoiceIn(currency), { maxLength: 8 }),
      payments: fc.array(
        fc.record({ units, on: daysFromToday, advance: fc.boolean(), voided: fc.boolean() }),
        { maxLength: 5 },
      ),
      credits: fc.array(fc.record({ units, status: fc.constantFrom('open' as const, 'void' as const) }), {
        maxLength: 3,
      }),
      quotes: fc.array(units, { maxLength: 2 }),
      opening: fc.option(units),
      receivable: units,
    })
    .map(({ invoices, payments, credits, quotes, opening, receivable }) => {
      const rate = RATES[currency] ?? '1';
      const inMoney = (of: number): string => amountIn(currency, of);
      return aBook({
        customer: aCustomer({
          id,
          currency,
          rate,
          openingBalance: opening === null ? null : inMoney(opening),
          receivable: inMoney(receivable),
          unusedCredits: inMoney(receivable + 7),
        }),
        invoices,
        payments: payments.map((payment, at) =>
          aPayment({
            currency,
            rate,
            on: payment.on,
            amount: inMoney(payment.units),
            unused: payment.advance ? inMoney(payment.units) : 0,
            voided: payment.voided,
            of: invoices[at] && !payment.advance ? [invoices[at].number] : [],
          }),
        ),
        creditNotes: credits.map((note) =>
          aCreditNote({ currency, rate, total: inMoney(note.units), status: note.status }),
        ),
        estimates: quotes.map((total) => anEstimate({ currency, rate, total: inMoney(total), deal: 'D1' })),
      });
    });

/** One to three customers of one record, in one or several currencies. */
export const books: fc.Arbitrary<readonly CustomerBook[]> = fc
  .array(fc.constantFrom(...CURRENCIES), { minLength: 1, maxLength: 3 })
  .chain((currencies) => fc.tuple(...currencies.map((currency, at) => bookIn(currency, `C${at}`))));

export const booksInOneCurrency = (currency: string): fc.Arbitrary<readonly CustomerBook[]> =>
  fc.tuple(bookIn(currency, 'C1'), bookIn(currency, 'C2'));

/** The same customers with every list shuffled. */
export const shuffled = (given: readonly CustomerBook[]): fc.Arbitrary<readonly CustomerBook[]> =>
  fc
    .tuple(
      ...given.map((book) =>
        fc.record({
          customer: fc.constant(book.customer),
          invoices: shuffle(book.invoices),
          payments: shuffle(book.payments),
          creditNotes: shuffle(book.creditNotes),
          creditNoteRefunds: fc.constant(book.creditNoteRefunds),
          estimates: shuffle(book.estimates ?? []),
          salesOrders: fc.constant(book.salesOrders),
          expenses: fc.constant(book.expenses),
        }),
      ),
    )
    .chain(shuffle);

const shuffle = <Row>(rows: readonly Row[]): fc.Arbitrary<readonly Row[]> =>
  fc.shuffledSubarray([...rows], { minLength: rows.length, maxLength: rows.length });
