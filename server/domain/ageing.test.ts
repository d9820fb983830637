import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { books } from '../../tests/support/arbitrary-books.ts';
import { definitions } from '../../tests/support/arbitrary-definitions.ts';
import { aBook, aCustomer, anInvoice, TODAY } from '../../tests/support/builders.ts';
import { ageing, bucketOf } from './ageing.ts';
import { addDays } from './calendar-day.ts';
import { headlineOf } from './headline-currency.ts';
import { rounded, sum } from './money.ts';
import { open, openItems, overdue } from './receivables.ts';

describe('ageing', () => {
  it.each([
    [10, 'not_due'],
    [0, 'not_due'],
    [-1, 'days_1_30'],
    [-30, 'days_1_30'],
    [-31, 'days_31_60'],
    [-60, 'days_31_60'],
    [-61, 'days_61_90'],
    [-90, 'days_61_90'],
    [-91, 'over_90'],
  ])('due in %i days falls into %s', (days, bucket) => {
    expect(bucketOf({ dueDate: addDays(TODAY, days) }, TODAY)).toBe(bucket);
  });

  it('an opening balance and an invoice without due date are undated, never over 90 days', () => {
    const book = aBook({
      customer: aCustomer({ openingBalance: 40 }),
      invoices: [anInvoice({ due: null, total: 2 })],
    });
    const entries = ageing(openItems([book]), { headline: headlineOf([book], 'USD'), today: TODAY });
    expect(entries.find(({ bucket }) => bucket === 'undated')).toMatchObject({
      figure: { money: { amount: '42.00' } },
      count: 2,
    });
    expect(entries.find(({ bucket }) => bucket === 'over_90')).toMatchObject({
      figure: { money: { amount: '0.00' } },
      count: 0,
    });
  });

  it('an organisation may move the edges, and the names say where they are', () => {
    const late = (days: number, edges: readonly number[]) =>
      bucketOf({ dueDate: addDays(TODAY, -days) }, TODAY, edges);
    expect([1, 14, 15, 28, 29, 42, 43].map((days) => late(days, [14, 28, 42]))).toEqual([
      'days_1_14',
      'days_1_14',
      'days_15_28',
      'days_15_28',
      'days_29_42',
      'days_29_42',
      'over_42',
    ]);
    expect([1, 7, 8].map((days) => late(days, [7]))).toEqual(['days_1_7', 'days_1_7', 'over_7']);
  });

  it('the buckets sum to open and the late ones to overdue, in every currency and after conversion, wherever the edges are', () => {
    fc.assert(
      fc.property(books, definitions, (given, { ageingEdges: edges }) => {
        const headline = headlineOf(given, 'USD');
        const items = openItems(given);
        const entries = ageing(items, { headline, today: TODAY, edges });
        const total = (of: typeof entries) =>
          rounded(
            sum(
              headline.currency,
              of.flatMap(({ figure }) => (figure.known ? [figure.money] : [])),
            ),
          );
        const late = entries.filter(({ bucket }) => bucket !== 'not_due' && bucket !== 'undated');
        expect(open(items, headline)).toMatchObject({ money: total(entries) });
        expect(overdue(items, headline, TODAY)).toMatchObject({ money: total(late) });
        // each item is in one bucket that is there, and there is one more late bucket than edges
        expect(entries.reduce((count, entry) => count + entry.count, 0)).toBe(items.length);
        expect(late).toHaveLength(edges.length + 1);
      }),
    );
  });
});
