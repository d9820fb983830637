import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { books, shuffled } from '../../tests/support/arbitrary-books.ts';
import { aBook, aCustomer, aDeal, anInvoice, TODAY } from '../../tests/support/builders.ts';
import { customerFigures } from './customer-figures.ts';
import { dealLadder } from './deal-ladder.ts';

const of = (given: Parameters<typeof customerFigures>[0]) =>
  customerFigures(given, { today: TODAY, baseCurrency: 'USD' });

describe('the figures of a record', () => {
  it('without any customer or document are those of somebody new', () => {
    for (const nobody of [[], [aBook()]]) {
      expect(of(nobody)).toMatchObject({
        currency: 'USD',
        hasTransactions: false,
        verdict: { grade: 'new' },
        open: { known: true, money: { amount: '0.00' } },
        openCount: 0,
        oldestOverdueDays: 0,
        lastPayment: { state: 'none' },
        paymentSpeed: { lastTwelveMonths: null, allTime: null, enoughHistory: false },
      });
    }
  });

  it('a draft is no transaction, an opening balance is one', () => {
    expect(of([aBook({ invoices: [anInvoice({ status: 'draft' })] })]).hasTransactions).toBe(false);
    expect(of([aBook({ customer: aCustomer({ openingBalance: 1 }) })]).hasTransactions).toBe(true);
  });

  it('do not depend on the order of documents or customers', () => {
    fc.assert(
      fc.property(
        books.chain((given) => fc.tuple(fc.constant(given), shuffled(given))),
        ([given, other]) => {
          const { reconciliation, ...figures } = of(given);
          const { reconciliation: otherReconciliation, ...otherFigures } = of(other);
          expect(otherFigures).toEqual(figures);
          expect(new Set(otherReconciliation)).toEqual(new Set(reconciliation));
          const ladderOf = (from: typeof given) => dealLadder(aDeal(), from, { baseCurrency: 'USD' });
          expect(ladderOf(other)).toEqual(ladderOf(given));
        },
      ),
    );
  });
});
