import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { books, shuffled } from '../../tests/support/arbitrary-books.ts';
import { aBook, aCreditNote, anEstimate, anInvoice, aPayment, TODAY } from '../../tests/support/builders.ts';
import { addDays } from './calendar-day.ts';
import { documentRows, matchingRows, PAGE_SIZE, pageOfRows, typesOf } from './document-list.ts';
import { invoiceStatus, paymentStatus } from './document-status.ts';
import type { CustomerBook } from './documents.ts';

const rows = (book: Partial<CustomerBook>) => documentRows([aBook(book)], { today: TODAY });

describe('the document list', () => {
  it('pins overdue invoices, the oldest due date first, then goes from new to old', () => {
    const numbers = rows({
      invoices: [
        anInvoice({ number: 'new', dated: '2026-03-10' }),
        anInvoice({ number: 'late', due: addDays(TODAY, -3), dated: '2026-01-01' }),
        anInvoice({ number: 'very late', due: addDays(TODAY, -40), dated: '2026-02-01' }),
      ],
      estimates: [anEstimate({ number: 'quote', dated: '2026-03-01' })],
      payments: [aPayment({ id: '1', on: '2026-03-05' })],
    }).map(({ number }) => number);
    expect(numbers).toEqual(['very late', 'late', 'new', 'P-1', 'quote']);
  });

  it('tells the days past due only of what is overdue', () => {
    const [late, today] = rows({
      invoices: [anInvoice({ due: TODAY }), anInvoice({ due: addDays(TODAY, -3) })],
    });
    expect([late?.daysOverdue, today?.daysOverdue]).toEqual([3, null]);
  });

  it('filters by type and status', () => {
    const all = rows({
      invoices: [anInvoice({ status: 'draft' }), anInvoice()],
      creditNotes: [aCreditNote()],
    });
    expect(matchingRows(all, { type: 'invoice' })).toHaveLength(2);
    expect(matchingRows(all, { type: 'invoice', status: 'draft' })).toHaveLength(1);
    expect(matchingRows(all, {})).toHaveLength(3);
    expect(typesOf(all)).toEqual(['invoice', 'credit_note']);
  });

  it('pages of 25 hold every row once', () => {
    const all = rows({ invoices: Array.from({ length: 53 }, () => anInvoice()) });
    const paged = [1, 2, 3, 4].map((page) => pageOfRows(all, page));
    expect(paged.map(({ length }) => length)).toEqual([PAGE_SIZE, PAGE_SIZE, 3, 0]);
    expect(paged.flat()).toEqual(all);
  });

  it('lists that were not read yet are simply missing', () => {
    expect(
      rows({ estimates: null, salesOrders: null, expenses: null, invoices: [anInvoice()] }),
    ).toHaveLength(1);
  });

  it('does not depend on the order Books answers in', () => {
    fc.assert(
      fc.property(
        books.chain((given) => fc.tuple(fc.constant(given), shuffled(given))),
        ([given, other]) => {
          expect(documentRows(other, { today: TODAY })).toEqual(documentRows(given, { today: TODAY }));
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('status words', () => {
  it.each([
    [{ balance: 0 }, 'paid'],
    [{ balance: 0, writtenOff: 10 }, 'written_off'],
    [{ balance: 40 }, 'part_paid'],
    [{ balance: 40, due: TODAY }, 'due_today'],
    [{ balance: 40, due: addDays(TODAY, -1), status: 'sent' as const }, 'overdue'],
    [{ status: 'overdue' as const }, 'sent'],
    [{ due: null }, 'sent'],
    [{ status: 'draft' as const, due: addDays(TODAY, -9) }, 'draft'],
    [{ status: 'void' as const }, 'void'],
    [{ status: 'unknown:foo' as const }, 'unknown'],
  ])('an invoice %o is %s', (given, word) => {
    expect(invoiceStatus(anInvoice(given), TODAY)).toBe(word);
  });

  it.each([
    [{}, 'received'],
    [{ unused: 100 }, 'advance'],
    [{ unused: 10 }, 'received'],
    [{ refunded: 100 }, 'refunded'],
    [{ voided: true }, 'void'],
  ])('a payment %o is %s', (given, word) => {
    expect(paymentStatus(aPayment(given))).toBe(word);
  });
});
