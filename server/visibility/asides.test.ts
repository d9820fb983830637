import { describe, expect, it } from 'vitest';
import {
  aBook,
  aCreditNote,
  anEstimate,
  anInvoice,
  aPayment,
  aSalesOrder,
} from '../../tests/support/builders.ts';
import type { FigureId, Level } from '../contract/policy.ts';
import type { Amount, Caveat } from '../domain/amount.ts';
import type { CustomerBook, DealId } from '../domain/documents.ts';
import { money } from '../domain/money.ts';
import { currencyTold, freshnessOf, missingSeen, warningsSeen } from './asides.ts';
import { type Policy, policyOf, settled } from './policy.ts';
import type { LinkedRaw } from './raw.ts';

const exact = policyOf('exact');
const least = policyOf('least');
const withLevels = (levels: Partial<Record<FigureId, Level>>): Policy => ({
  ...least,
  levels: { ...least.levels, ...levels },
});
const seeing = (...types: Policy['documentTypes'] extends ReadonlySet<infer Type> ? Type[] : never): Policy =>
  settled({ ...exact, grants: exact.levels, documentTypes: new Set(types) });

describe('the currency of figures', () => {
  const raw = (...currencies: string[]): LinkedRaw =>
    ({
      figures: { currency: 'EUR', baseCurrency: 'JPY' },
      customers: currencies.map((currency) => ({ id: '1', name: 'Aster', currency })),
    }) as unknown as LinkedRaw; // safe because nothing else of it is read

  it.each([
    'overdue',
    'open',
    'collected',
    'invoicedNet',
    'unusedCredits',
    'unusedRetainers',
    'netExposure',
    'writtenOff',
    'ageing',
  ] as const)('is told with %s, from a band on', (figure) => {
    for (const level of ['band', 'exact'] as const)
      expect(currencyTold(raw('USD'), withLevels({ [figure]: level }))).toBe('EUR');
    for (const level of ['hidden', 'status'] as const)
      expect(currencyTold(raw('USD'), withLevels({ [figure]: level }))).toBe('USD');
  });

  it('is else the one all customers have, or the organisation’s own', () => {
    expect(currencyTold(raw('USD', 'USD'), least)).toBe('USD');
    expect(currencyTold(raw('USD', 'EUR'), least)).toBe('JPY');
    expect(currencyTold(raw(), least)).toBe('JPY');
  });
});

describe('warnings', () => {
  const warnings = [
    'invoice:unknown:foo',
    'credit_note_refund:unknown:bar',
    'expense:unknown:baz',
    'module:new',
  ];

  const known = (caveats: readonly Caveat[] = []): Amount => ({
    known: true,
    money: money('EUR', '5'),
    caveats,
    byCurrency: [],
  });
  const told = (
    words: readonly string[],
    policy: Policy,
    converted: Record<string, Amount> = {},
  ): string[] => {
    const figures = { open: known(), collected: known(), invoicedNet: known(), ...converted };
    return warningsSeen({ warnings: words, figures } as unknown as LinkedRaw, policy); // safe because nothing else of it is read
  };

  it('about documents that are not seen stay here, others are told', () => {
    expect(told(warnings, exact)).toEqual(warnings);
    expect(told(warnings, seeing('invoice', 'payment', 'expense'))).toEqual([
      'invoice:unknown:foo',
      'expense:unknown:baz',
      'module:new',
    ]);
    expect(told(warnings, seeing('credit_note'))).toEqual(['credit_note_refund:unknown:bar', 'module:new']);
  });

  it('stay here altogether where only visible deals count', () => {
    expect(told(warnings, { ...exact, onlyVisibleDeals: true })).toEqual([]);
  });

  it('about rates are told to whoever is told the amounts they are of, for they tell of another currency', () => {
    const rates = ['invoice:present_rate', 'payment:no_exchange_rate', 'invoice:unknown:foo'];
    const converted = { collected: known(['converted_at_booked_rates']) };
    const lists = { documents: 'exact', documentTotal: 'status' } as const;
    expect(told(rates, withLevels({ ...lists, collected: 'band' }), converted)).toEqual(rates);
    expect(told(rates, withLevels({ ...lists, open: 'band' }), converted)).toEqual(rates.slice(1));
    for (const level of ['hidden', 'status'] as const)
      expect(told(rates, withLevels({ ...lists, collected: level }), converted)).toEqual([rates[2]]);
  });
});

describe('what is still to be read', () => {
  const ALL = ['quotes', 'sales_orders', 'expenses', 'refunds', 'tax_split', 'payment_split'] as const;
  const missing = (
    books: readonly CustomerBook[],
    policy: Policy = exact,
    dealId: string | undefined = 'D1',
  ) => missingSeen([...ALL], { books, dealId, policy });
  const empty = aBook({});

  it('is told by lists to whoever sees such documents', () => {
    expect(missing([empty])).toEqual(['quotes', 'sales_orders', 'expenses']);
    expect(missing([empty], seeing('estimate'))).toEqual(['quotes']);
    expect(missing([empty], seeing('sales_order', 'estimate'))).toEqual(['quotes', 'sales_orders']);
    expect(missing([empty], seeing('expense'))).toEqual(['expenses']);
    expect(missing([empty], least)).toEqual([]);
  });

  it('is told of refunds where there is a credit note, and of taxes where a document of the deal waits for them', () => {
    const notes = aBook({ creditNotes: [aCreditNote({ total: '5' })] });
    expect(missing([empty, notes])).toContain('refunds');
    for (const book of [
      aBook({ invoices: [anInvoice({ deal: 'D1', net: null })] }),
      aBook({ estimates: [anEstimate({ deal: 'D1', net: null })] }),
    ]) {
      expect(missing([book])).toContain('tax_split');
      expect(missing([book], exact, 'D2')).not.toContain('tax_split');
    }
    expect(missing([aBook({ invoices: [anInvoice({ deal: 'D1', net: '5' })] })])).not.toContain('tax_split');
  });

  it('is told of payments over several invoices to whoever sees invoices', () => {
    const book = aBook({
      invoices: [
        anInvoice({ id: '1', number: 'A', total: '10', balance: '5' }),
        anInvoice({ id: '2', number: 'B', total: '10', balance: '5' }),
      ],
      payments: [
        aPayment({ id: '3', amount: '6', of: ['A', 'B'] }),
        aPayment({ id: '4', amount: '4', of: ['A', 'B'] }),
      ],
    });
    expect(missing([book])).toContain('payment_split');
    expect(missing([book], seeing('payment'))).not.toContain('payment_split');
    expect(missing([empty])).not.toContain('payment_split');
  });

  describe('of documents that are there', () => {
    const usedNote = { ...aCreditNote({ total: '5' }), unused: money('USD', '2') };
    const withNote = (note = usedNote): CustomerBook => ({
      ...aBook({ creditNotes: [note] }),
      creditNoteRefunds: null,
    });
    const waiting = aBook({ invoices: [anInvoice({ deal: 'D1', net: null })] });
    const together = (deal: string | null) =>
      aBook({
        invoices: [
          anInvoice({ id: '1', number: 'A', total: '10', balance: '5', deal }),
          anInvoice({ id: '2', number: 'B', total: '10', balance: '5' }),
        ],
        payments: [
          aPayment({ id: '3', amount: '6', of: ['A', 'B'] }),
          aPayment({ id: '4', amount: '4', of: ['A', 'B'] }),
        ],
      });
    const hears = (levels: Partial<Record<FigureId, Level>>, book: CustomerBook) =>
      missing([book], withLevels(levels));

    it('nothing is told to whoever sees a grade and no more', () => {
      for (const book of [withNote(), waiting, together('D1')]) expect(missing([book], least)).toEqual([]);
    });

    it('refunds count with the list that shows credit notes, and with an amount that says it lacks them', () => {
      expect(hears({ documents: 'status' }, withNote())).toContain('refunds');
      const noNotes: Policy = { ...withLevels({ documents: 'exact' }), documentTypes: new Set(['invoice']) };
      expect(missing([withNote()], noNotes)).not.toContain('refunds');
      for (const level of ['band', 'exact'] as const) {
        expect(hears({ collected: level }, withNote())).toEqual(['refunds']);
        // nothing of it was used, so nothing can have been refunded
        expect(hears({ collected: level }, withNote(aCreditNote({ total: '5' })))).toEqual([]);
      }
      expect(hears({ collected: 'status' }, withNote())).toEqual([]);
      expect(hears({ invoicedNet: 'exact' }, withNote())).toEqual([]);
    });

    it.each(['quoted', 'invoiced', 'dealCollected', 'leftToInvoice', 'overInvoiced'] as const)(
      'taxes count with %s, which says on which basis it is told',
      (figure) => {
        expect(hears({ [figure]: 'status' }, waiting)).toContain('tax_split');
        expect(hears({ dealAmount: 'exact', open: 'exact', documents: 'exact' }, waiting)).not.toContain(
          'tax_split',
        );
      },
    );

    it('taxes of sales orders count as those of invoices do', () => {
      const orders = aBook({ salesOrders: [{ ...aSalesOrder({ deal: 'D1' }), net: null }] });
      expect(hears({ quoted: 'band' }, orders)).toContain('tax_split');
    });

    it('payments over several invoices count with the speed that leaves them out', () => {
      for (const level of ['band', 'exact'] as const)
        expect(hears({ paymentSpeed: level }, together(null))).toEqual(['payment_split']);
      expect(hears({ paymentSpeed: 'status' }, together(null))).toEqual([]);
      expect(hears({ documents: 'exact' }, together(null))).not.toContain('payment_split');
    });

    it('… and with what was collected on a deal whose invoices they are', () => {
      const hearsOfDeal = (level: Level, book: CustomerBook) =>
        hears({ dealCollected: level }, book).filter((part) => part !== 'tax_split');
      for (const level of ['band', 'exact'] as const) {
        expect(hearsOfDeal(level, together('D1'))).toEqual(['payment_split']);
        expect(hearsOfDeal(level, together('D2'))).toEqual([]);
      }
      expect(hearsOfDeal('status', together('D1'))).toEqual([]);
      const [first, second] = together(null).invoices;
      const share = { dealId: 'D1' as DealId, net: money('USD', '3') };
      const shared = { ...together(null), invoices: [{ ...first, shares: [share] }, second] } as CustomerBook; // safe because together has two invoices
      expect(hearsOfDeal('band', shared)).toEqual(['payment_split']);
    });
  });
});

describe('the age of figures', () => {
  const fresh = {
    state: 'fresh',
    knownGoodAt: '2026-11-20T09:00:00.000Z',
    missing: ['quotes' as const],
  } as const;

  it('is told to everybody, what is missing only with documents', () => {
    const given = { ...fresh, missing: [...fresh.missing] };
    expect(freshnessOf(given, exact)).toEqual(given);
    expect(freshnessOf(given, least)).toEqual({ ...given, missing: [] });
    const troubled = { ...given, refetchAfterSeconds: 30, trouble: 'books_unreachable' as const };
    expect(freshnessOf(troubled, exact)).toEqual(troubled);
    expect(Object.keys(freshnessOf(given, exact))).toEqual(['state', 'knownGoodAt', 'missing']);
  });

  it('takes over nothing it does not know', () => {
    const given = { ...fresh, missing: [], amount: '580.00' };
    expect(freshnessOf(given, exact)).not.toHaveProperty('amount');
  });
});
