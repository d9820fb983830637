import { describe, expect, it } from 'vitest';
import { aBook, aCustomer, anInvoice, TODAY, usd } from '../../tests/support/builders.ts';
import { addDays } from './calendar-day.ts';
import type { CustomerBook } from './documents.ts';
import {
  countInvoices,
  oldestOverdueDays,
  open,
  openItems,
  overdue,
  overdueMoreThan,
} from './receivables.ts';

const headline = { currency: 'USD', baseCurrency: 'USD', rate: null };
const owed = (book: Partial<CustomerBook>) => open(openItems([aBook(book)]), headline);
const late = (book: Partial<CustomerBook>) => overdue(openItems([aBook(book)]), headline, TODAY);
const exactly = (amount: string) => ({
  known: true,
  money: { currency: 'USD', amount },
  caveats: [],
  byCurrency: [],
});

describe('open and overdue', () => {
  it('an invoice due today is not overdue', () => {
    expect(late({ invoices: [anInvoice({ due: TODAY })] })).toEqual(exactly('0.00'));
  });

  it('an invoice due yesterday is overdue by one day', () => {
    const items = openItems([aBook({ invoices: [anInvoice({ due: addDays(TODAY, -1), total: 80 })] })]);
    expect(overdue(items, headline, TODAY)).toEqual(exactly('80.00'));
    expect(oldestOverdueDays(items, TODAY)).toBe(1);
  });

  it('a part-paid invoice is open with its rest only', () => {
    expect(owed({ invoices: [anInvoice({ total: 100, balance: 30 })] })).toEqual(exactly('30.00'));
  });

  it.each(['draft', 'pending_approval', 'approved', 'rejected', 'void', 'unknown:foo'] as const)(
    'an invoice that is %s is not a receivable',
    (status) => {
      expect(owed({ invoices: [anInvoice({ status })] })).toEqual(exactly('0.00'));
    },
  );

  it.each(['sent', 'viewed', 'unpaid', 'overdue', 'partially_paid', 'paid'] as const)(
    'the word %s counts, and only the balance decides what is open',
    (status) => {
      expect(owed({ invoices: [anInvoice({ status, balance: 12.5 })] })).toEqual(exactly('12.50'));
    },
  );

  it("Books' word overdue does not make an invoice late before its date", () => {
    expect(late({ invoices: [anInvoice({ status: 'overdue', due: TODAY })] })).toEqual(exactly('0.00'));
  });

  it('the outstanding opening balance is open, never late, and no invoice', () => {
    const items = openItems([aBook({ customer: aCustomer({ openingBalance: 250 }) })]);
    expect(open(items, headline)).toEqual(exactly('250.00'));
    expect(overdueMoreThan(0, items, TODAY)).toEqual([]);
    expect(countInvoices(items)).toBe(0);
  });

  it('several customers of one account are told together', () => {
    const one = aBook({ invoices: [anInvoice({ total: 10 })] });
    const two = aBook({ customer: aCustomer({ id: 'C2' }), invoices: [anInvoice({ total: 5 })] });
    expect(open(openItems([one, two]), headline)).toMatchObject({ money: { ...usd(15), amount: '15.00' } });
  });
});
