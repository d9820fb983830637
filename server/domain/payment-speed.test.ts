import { describe, expect, it } from 'vitest';
import { aBook, anInvoice, aPayment, TODAY, usd } from '../../tests/support/builders.ts';
import { appliedParts } from './applied-parts.ts';
import { addDays } from './calendar-day.ts';
import type { CustomerBook } from './documents.ts';
import { paymentSpeed } from './payment-speed.ts';

const headline = { currency: 'USD', baseCurrency: 'USD', rate: null };
const speedOf = (book: Partial<CustomerBook>) => paymentSpeed([aBook(book)], headline, TODAY);
const paid = (number: string, total: number, dated = '2026-01-01', due = '2026-01-31') =>
  anInvoice({ id: number, number, total, balance: 0, dated, due, status: 'paid' });

describe('speed of payment', () => {
  it('weighs by amount: one large late invoice outweighs small prompt ones', () => {
    const { allTime } = speedOf({
      invoices: [paid('A', 900), paid('B', 100)],
      payments: [
        aPayment({ amount: 900, of: ['A'], on: '2026-02-10' }),
        aPayment({ amount: 100, of: ['B'], on: '2026-01-21' }),
      ],
    });
    expect(allTime).toEqual({
      daysToPay: '38.00',
      daysLate: '8.00',
      daysLateEarlyAsZero: '9.00',
      daysLateIncludingUnpaid: '8.00',
      paidInvoices: 2,
    });
  });

  it('what is still unpaid counts as late so far; a customer who stopped paying does not look prompt', () => {
    const { lastTwelveMonths, gradedDaysLate } = speedOf({
      invoices: [paid('A', 100), anInvoice({ total: 300, due: addDays(TODAY, -40) })],
      payments: [aPayment({ amount: 100, of: ['A'], on: '2026-01-31' })],
    });
    expect(lastTwelveMonths).toMatchObject({ daysLate: '0.00', daysLateIncludingUnpaid: '30.00' });
    expect(gradedDaysLate).toBe('30');
  });

  it('the last twelve months go by payment date', () => {
    const { lastTwelveMonths, allTime } = speedOf({
      invoices: [paid('A', 100, '2025-02-01', '2025-02-10')],
      payments: [aPayment({ amount: 100, of: ['A'], on: '2025-03-15' })],
    });
    expect(lastTwelveMonths).toBeNull();
    expect(allTime).toMatchObject({ daysLate: '33.00' });
  });

  it('three paid invoices over ninety days are enough history, two or a short time are not', () => {
    const three = ['A', 'B', 'C'];
    const history = (numbers: readonly string[], dated: string) =>
      speedOf({
        invoices: numbers.map((number) => paid(number, 10, dated, addDays(TODAY, -10))),
        payments: numbers.map((number) => aPayment({ amount: 10, of: [number] })),
      }).enoughHistory;
    expect(history(three, addDays(TODAY, -90))).toBe(true);
    expect(history(three, addDays(TODAY, -89))).toBe(false);
    expect(history(['A', 'B'], addDays(TODAY, -400))).toBe(false);
  });
});

describe('how a payment was spread', () => {
  const shares = (book: Partial<CustomerBook>) =>
    appliedParts(aBook(book)).parts.map(({ invoice, amount }) => [invoice.number, amount.amount]);

  it('one invoice gets all that was applied: not what is unused, not what was refunded', () => {
    const payments = [aPayment({ amount: 100, unused: 20, refunded: 10, of: ['A'] })];
    expect(shares({ invoices: [paid('A', 70)], payments })).toEqual([['A', '70']]);
  });

  it('several invoices paid in full by this payment alone get their own amounts', () => {
    const payments = [aPayment({ amount: 150, of: ['A', 'B'] })];
    expect(shares({ invoices: [paid('A', 100), paid('B', 50)], payments })).toEqual([
      ['A', '100'],
      ['B', '50'],
    ]);
  });

  it('is not guessed when another payment names one of the invoices, or credits took part', () => {
    const invoices = [paid('A', 100), paid('B', 50)];
    const shared = [aPayment({ amount: 130, of: ['A', 'B'] }), aPayment({ amount: 20, of: ['B'] })];
    expect(appliedParts(aBook({ invoices, payments: shared })).unsplit).toHaveLength(1);
    expect(speedOf({ invoices, payments: [aPayment({ amount: 140, of: ['A', 'B'] })] }).unsplitPayments).toBe(
      1,
    );
  });

  it("the payment's own page settles it", () => {
    const payments = [
      aPayment({ amount: 130, of: ['A', 'B'], split: { A: 100, B: 30 } }),
      aPayment({ amount: 20, of: ['B'] }),
    ];
    expect(shares({ invoices: [paid('A', 100), paid('B', 50)], payments })).toEqual([
      ['A', '100'],
      ['B', '30'],
      ['B', '20'],
    ]);
  });

  it('more than an invoice ever lost went elsewhere too, so it stays open', () => {
    expect(
      appliedParts(aBook({ invoices: [paid('A', 70)], payments: [aPayment({ amount: 100, of: ['A'] })] }))
        .unsplit,
    ).toHaveLength(1);
  });

  it('payments that each fit an invoice but are too much together stay open, until their pages tell', () => {
    const invoices = [paid('A', 2000)];
    const [first, second] = [aPayment({ amount: 1000, of: ['A'] }), aPayment({ amount: 1600, of: ['A'] })];
    expect(appliedParts(aBook({ invoices, payments: [first, second] }))).toEqual({
      parts: [],
      unsplit: [first, second],
    });
    const told = aPayment({ amount: 1600, of: ['A'], split: { A: 1600 } });
    expect(appliedParts(aBook({ invoices, payments: [first, told] }))).toMatchObject({
      parts: [{ amount: usd(1600) }],
      unsplit: [first],
    });
    expect(shares({ invoices, payments: [first, aPayment({ amount: 1000, of: ['A'] })] })).toEqual([
      ['A', '1000'],
      ['A', '1000'],
    ]);
  });

  it('advances, void payments and payments on nothing have no parts and leave nothing open', () => {
    const payments = [
      aPayment({ unused: 100, of: ['A'] }),
      aPayment({ voided: true, of: ['A'] }),
      aPayment(),
    ];
    expect(appliedParts(aBook({ invoices: [paid('A', 100)], payments }))).toEqual({ parts: [], unsplit: [] });
  });
});
