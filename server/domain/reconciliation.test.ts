import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bookIn, CURRENCIES } from '../../tests/support/arbitrary-books.ts';
import { aBook, aCustomer, anInvoice, usd } from '../../tests/support/builders.ts';
import { invoiceInScope } from './in-scope.ts';
import { add, minorUnit, money, rounded, sum, times } from './money.ts';
import { reconciliation } from './reconciliation.ts';

const invoices = [
  anInvoice({ total: 100, balance: 60 }),
  anInvoice({ total: 40 }),
  anInvoice({ status: 'draft' }),
];
const against = (receivable: number, openingBalance: number | null = 0) =>
  reconciliation(aBook({ customer: aCustomer({ receivable, openingBalance }), invoices }));

describe('reconciliation with Books', () => {
  it('ties when open balances and the opening balance are what Books says is owed', () => {
    expect(against(100)).toMatchObject({ state: 'ties' });
    expect(against(125, 25)).toMatchObject({ state: 'ties' });
  });

  it('tolerates one minor unit per open document and reports anything above', () => {
    expect(against(100.02)).toMatchObject({ state: 'ties' });
    expect(against(100.03)).toMatchObject({ state: 'differs', difference: usd(-0.03) });
  });

  it('says by how much ours is more', () => {
    expect(against(70)).toMatchObject({ state: 'differs', difference: { currency: 'USD', amount: '30.00' } });
  });

  it('an opening balance nobody tells shows as the difference, not as a silent number', () => {
    expect(against(100, null)).toMatchObject({ state: 'ties' });
    expect(against(350, null)).toMatchObject({ state: 'differs', difference: { amount: '-250.00' } });
  });

  it('is unknown when an invoice is not in the currency of the customer', () => {
    const foreign = anInvoice({ currency: 'EUR', rate: '1.1' });
    expect(reconciliation(aBook({ invoices: [foreign] }))).toMatchObject({ state: 'unknown' });
  });

  it('reports any difference above the tolerance, in every currency', () => {
    const off = fc.integer({ min: 100, max: 10_000 }); // more minor units than a generated customer has documents
    fc.assert(
      fc.property(
        fc.constantFrom(...CURRENCIES).chain((currency) => bookIn(currency)),
        off,
        (book, units) => {
          const { currency, outstandingOpeningBalance } = book.customer;
          const ours = [
            ...book.invoices.filter(invoiceInScope).map(({ balance }) => balance),
            outstandingOpeningBalance ?? money(currency, 0),
          ];
          const theirs = (shift: number) => ({
            ...book,
            customer: {
              ...book.customer,
              outstandingReceivable: add(sum(currency, ours), times(minorUnit(currency), shift)),
            },
          });
          expect(reconciliation(theirs(0)).state).toBe('ties');
          expect(reconciliation(theirs(units))).toMatchObject({
            state: 'differs',
            difference: rounded(times(minorUnit(currency), -units)),
          });
        },
      ),
    );
  });
});
