import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bookIn, CURRENCIES } from '../../tests/support/arbitrary-books.ts';
import {
  aBook,
  aCreditNote,
  aCustomer,
  anInvoice,
  aPayment,
  documentId,
  TODAY,
  usd,
} from '../../tests/support/builders.ts';
import type { CustomerBook } from './documents.ts';
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

const paid = anInvoice({ id: '501', number: 'INV-501', total: 100, balance: 30, writtenOff: 10 });
/** What became of 60 that the invoice lost to payments or credits. */
const settledBy = (given: Partial<CustomerBook>) =>
  reconciliation(aBook({ customer: aCustomer({ receivable: 30 }), invoices: [paid], ...given }));

describe('the settlement of invoices', () => {
  it('ties when payments and credits applied are what invoices lost, write-offs apart', () => {
    const payment = aPayment({ amount: 45, split: { '501': 40 }, unused: 5 });
    const note = aCreditNote({ id: '601', total: 50, unused: 20 });
    const refund = { id: documentId('701'), creditNoteId: note.id, date: TODAY, amount: usd(10) };
    expect(
      settledBy({ payments: [payment], creditNotes: [note], creditNoteRefunds: [refund] }),
    ).toMatchObject({ state: 'ties', settlement: { state: 'ties' } });
  });

  it('differs when more was applied than invoices lost, and then the whole does', () => {
    const payment = aPayment({ amount: 75, split: { '501': 75 } });
    expect(settledBy({ payments: [payment] })).toMatchObject({
      state: 'differs',
      difference: { amount: '-15.00' },
      settlement: { state: 'differs', difference: { amount: '-15.00' } },
    });
    expect(settledBy({ payments: [payment], customer: aCustomer({ receivable: 20 }) })).toMatchObject({
      difference: { amount: '10.00' }, // the receivable's comes first
    });
  });

  it.each([
    [
      'payments whose split nobody has read',
      'payment_splits',
      { payments: [aPayment({ amount: 70, of: ['INV-501', 'INV-9'] })] },
    ],
    [
      'used credits whose refunds nobody has read',
      'credit_note_refunds',
      { creditNotes: [aCreditNote({ unused: 0 })], creditNoteRefunds: null },
    ],
    [
      'what may be tax the customer withheld',
      'tax_withheld',
      { payments: [aPayment({ amount: 54, split: { '501': 54 } })] },
    ],
    [
      'credits that may have gone to the opening balance',
      'opening_balance',
      { creditNotes: [aCreditNote({ total: 80, unused: 0 })] },
    ],
    [
      'amounts of another currency',
      'amounts_in_one_currency',
      { payments: [aPayment({ amount: 60, currency: 'EUR' })] },
    ],
  ] as const)('is not checked, and says so, for %s', (_, missing, given) => {
    expect(settledBy(given)).toMatchObject({ state: 'ties', settlement: { state: 'not_checked', missing } });
  });

  it('leaves out voided payments, and drafts and voids of any kind', () => {
    expect(
      settledBy({
        invoices: [paid, anInvoice({ status: 'void', total: 900, balance: 0 })],
        payments: [
          aPayment({ amount: 60, split: { '501': 60 } }),
          aPayment({ split: { '501': 100 }, voided: true }),
        ],
        creditNotes: [aCreditNote({ status: 'void', unused: 0 })],
        creditNoteRefunds: null,
      }),
    ).toMatchObject({ settlement: { state: 'ties' } });
  });
});

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
