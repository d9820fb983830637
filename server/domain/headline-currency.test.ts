import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bookIn } from '../../tests/support/arbitrary-books.ts';
import { aBook, aCustomer, anInvoice, TODAY } from '../../tests/support/builders.ts';
import { customerFigures } from './customer-figures.ts';
import { convert, minorUnitPlaces, rounded, sum } from './money.ts';
import { openItems } from './receivables.ts';

const figures = (...books: Parameters<typeof customerFigures>[0]) =>
  customerFigures(books, { today: TODAY, baseCurrency: 'USD' });

const euro = aBook({
  customer: aCustomer({ id: 'C1', currency: 'EUR', rate: '1.10' }),
  invoices: [anInvoice({ currency: 'EUR', rate: '1.08', total: 100 })],
});
const dollar = aBook({ customer: aCustomer({ id: 'C2' }), invoices: [anInvoice({ total: 50 })] });

describe('the headline currency', () => {
  it("is the customer's own when there is only one, with nothing converted", () => {
    expect(figures(euro)).toMatchObject({
      currency: 'EUR',
      open: { money: { currency: 'EUR', amount: '100.00' }, caveats: [], byCurrency: [] },
    });
  });

  it('is the base currency for several, each document at the rate it was booked at, and told apart as well', () => {
    expect(figures(euro, dollar)).toMatchObject({
      currency: 'USD',
      open: {
        money: { currency: 'USD', amount: '158.00' },
        caveats: ['converted_at_booked_rates'],
        byCurrency: [
          { currency: 'EUR', amount: '100.00' },
          { currency: 'USD', amount: '50.00' },
        ],
      },
    });
  });

  it('two equal numbers in two currencies are never added up', () => {
    const yen = aBook({
      customer: aCustomer({ id: 'C3', currency: 'JPY', rate: '0.0067' }),
      invoices: [anInvoice({ currency: 'JPY', rate: '0.0067', total: 50 })],
    });
    expect(figures(dollar, yen).open).toMatchObject({ money: { currency: 'USD', amount: '50.34' } });
  });

  it('an invoice at a rate nobody tells is told in its own currency, and makes a sum that needs the rate unknown', () => {
    const euros = aBook({
      customer: aCustomer({ id: 'C5', currency: 'EUR', rate: null }),
      invoices: [anInvoice({ currency: 'EUR', rate: null, total: 10 })],
    });
    expect(figures(euros).open).toMatchObject({ money: { currency: 'EUR', amount: '10.00' } });
    expect(figures(euros, dollar).open).toEqual({ known: false, reason: 'mixed_currencies' });
  });

  it("a customer's own amounts take the customer's rate, and are unknown when it is needed and missing", () => {
    const credits = (rate: string | null) =>
      aBook({ customer: aCustomer({ id: 'C4', currency: 'EUR', rate, unusedCredits: 10 }) });
    expect(figures(credits('1.5'), dollar).unusedCredits).toMatchObject({ money: { amount: '15.00' } });
    expect(figures(credits(null), dollar).unusedCredits).toEqual({
      known: false,
      reason: 'mixed_currencies',
    });
    expect(figures(credits(null)).unusedCredits).toMatchObject({
      money: { currency: 'EUR', amount: '10.00' },
    });
  });

  it('a missing rate does not matter where there is nothing to convert', () => {
    const empty = aBook({ customer: aCustomer({ id: 'C5', currency: 'EUR', rate: null }) });
    expect(figures(empty, dollar).unusedCredits).toMatchObject({
      money: { currency: 'USD', amount: '0.00' },
      caveats: [],
    });
  });

  it('open over several currencies is the rounded sum of its conversions, nothing else', () => {
    fc.assert(
      fc.property(bookIn('JPY', 'C1'), bookIn('KWD', 'C2'), (yen, dinar) => {
        const converted = openItems([yen, dinar]).map(({ money, rate }) =>
          convert(money, 'USD', rate ?? '0'),
        );
        expect(figures(yen, dinar).open).toMatchObject({ money: rounded(sum('USD', converted)) });
      }),
    );
  });

  it.each(['JPY', 'USD', 'KWD'])('%s keeps its own precision in every amount', (currency) => {
    fc.assert(
      fc.property(bookIn(currency), (book) => {
        const { open, overdue, collected } = figures(book);
        for (const amount of [open, overdue, collected]) {
          const places = amount.known ? (amount.money.amount.split('.')[1] ?? '').length : -1;
          expect(places).toBe(minorUnitPlaces(currency));
        }
      }),
      { numRuns: 30 },
    );
  });
});
