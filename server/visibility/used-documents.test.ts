import { describe, expect, it } from 'vitest';
import {
  aBook,
  aCreditNote,
  anEstimate,
  anInvoice,
  aPayment,
  aSalesOrder,
} from '../../tests/support/builders.ts';
import { DocumentType } from '../contract/figures.ts';
import type { FigureId, Level } from '../contract/policy.ts';
import { calendarDay } from '../domain/calendar-day.ts';
import type { CreditNoteRefund, CustomerBook, DealId, DocumentId, Expense } from '../domain/documents.ts';
import { money } from '../domain/money.ts';
import { FIGURE_IDS } from './figures.ts';
import { ALL_TYPES, type Policy, policyOf, settled } from './policy.ts';
import { dealsToAskFor, isUsed, seenBooks, seesAll } from './seen-books.ts';

const exact = policyOf('exact');
const hiding = (levels: Partial<Record<FigureId, Level>> = {}): Policy => ({
  ...exact,
  levels: {
    ...(Object.fromEntries(FIGURE_IDS.map((figure) => [figure, 'hidden'])) as Policy['levels']),
    ...levels,
  },
}); // safe because every figure id was just mapped
const onlyTypes = (policy: Policy, ...types: readonly DocumentType[]): Policy => ({
  ...policy,
  documentTypes: new Set(types),
});
const used = (policy: Policy): readonly DocumentType[] =>
  DocumentType.options.filter((type) => isUsed(policy, type));
const onlyVisible = settled({ ...exact, grants: exact.levels, onlyVisibleDeals: true });

const anExpense = (id: string, deal: string | null): Expense => {
  const { net: _, ...document } = anEstimate({ id, deal });
  return { ...document, net: null, status: 'unbilled' };
};
const refundOf = (creditNoteId: string): CreditNoteRefund => ({
  id: `R${creditNoteId}` as DocumentId,
  creditNoteId: creditNoteId as DocumentId,
  date: calendarDay('2026-03-01'),
  amount: money('USD', '5'),
});

describe('a type of document', () => {
  it('is of use to whoever sees documents, or a figure made of it, and of none to others', () => {
    expect(used(exact)).toEqual(DocumentType.options);
    expect(used(hiding({ documents: 'status' }))).toEqual(DocumentType.options);
    expect(used(hiding())).toEqual([]);
    expect(used(hiding({ quoted: 'status' }))).toContain('estimate');
    expect(used(hiding({ quoted: 'status' }))).not.toContain('expense');
    expect(used(hiding({ openCount: 'exact' }))).toEqual(['invoice']);
  });

  it('is of no use to whoever does not see it, whatever else they see', () => {
    expect(used(onlyTypes(exact, 'payment'))).toEqual(['payment']);
    expect(used(onlyTypes(hiding({ openCount: 'exact' }), 'payment'))).toEqual([]);
  });

  it('is left out for nobody who sees all of them, and only then nothing is', () => {
    expect(seesAll(exact)).toBe(true);
    expect(seesAll(onlyTypes(exact, 'invoice'))).toBe(false);
    expect(seesAll(hiding({ openCount: 'exact' }))).toBe(false);
    expect(seesAll(hiding())).toBe(false);
    expect(seesAll({ ...exact, onlyVisibleDeals: true })).toBe(false);
  });
});

const refused = aBook({
  invoices: [
    anInvoice({ id: '1', number: 'A', deal: 'H1' }),
    anInvoice({ id: '2', number: 'B', deal: 'D1' }),
  ],
  payments: [],
  creditNotes: [aCreditNote({ id: '3', total: 50 }), aCreditNote({ id: '4', total: 50, unused: 20 })],
  estimates: [anEstimate({ id: '5', deal: 'H1' }), anEstimate({ id: '6', deal: 'D1' })],
});
const book: CustomerBook = {
  ...refused,
  creditNoteRefunds: [refundOf('3'), refundOf('4')],
  salesOrders: [aSalesOrder({ id: '7', deal: 'H2' }), aSalesOrder({ id: '8' })],
  expenses: [anExpense('9', 'H3'), anExpense('10', null)],
};

describe('deals to ask CRM for', () => {
  it('are those of every document, each once, where they matter', () => {
    expect([...dealsToAskFor([book, book], onlyVisible)].sort()).toEqual(['D1', 'H1', 'H2', 'H3']);
    expect(dealsToAskFor([book], exact)).toEqual([]);
    const unread = { ...book, estimates: null, salesOrders: null, expenses: null };
    expect([...dealsToAskFor([unread], onlyVisible)].sort()).toEqual(['D1', 'H1']);
  });
});

describe('where only visible deals count', () => {
  const see = (of: CustomerBook, untold: readonly DocumentType[] = []) => {
    const [seen] = seenBooks([of], onlyVisible, { visible: new Set(['D1']), untold });
    if (!seen) throw new Error('a book is a book');
    return seen;
  };
  const ids = (rows: readonly { id: string }[] | null) => rows?.map(({ id }) => id) ?? null;

  it('documents of every type go with a deal that may not be seen, refunds with their credit note', () => {
    const seen = see(book);
    expect(ids(seen.invoices)).toEqual(['2']);
    expect(ids(seen.creditNotes)).toEqual(['3']);
    expect(ids(seen.creditNoteRefunds)).toEqual(['R3']);
    expect(ids(seen.estimates)).toEqual(['6']);
    expect(ids(seen.salesOrders)).toEqual(['8']);
    expect(ids(seen.expenses)).toEqual(['10']);
  });

  it.each([
    ['estimate', 'estimates'],
    ['sales_order', 'salesOrders'],
    ['expense', 'expenses'],
    ['invoice', 'invoices'],
    ['credit_note', 'creditNotes'],
  ] as const)('an %s without a deal goes where its list does not tell deals', (type, list) => {
    const bare: CustomerBook = {
      ...book,
      invoices: [anInvoice({ id: '2' })],
      creditNotes: [aCreditNote({ id: '3', total: 50 })],
      estimates: [anEstimate({ id: '6' })],
      salesOrders: [aSalesOrder({ id: '8' })],
      expenses: [anExpense('10', null)],
    };
    expect(see(bare)[list]).toHaveLength(1);
    expect(see(bare, [type])[list]).toHaveLength(0);
  });

  it('what has not been read stays unread', () => {
    const unread = { ...book, creditNoteRefunds: null, estimates: null, salesOrders: null, expenses: null };
    expect(see(unread)).toMatchObject({
      creditNoteRefunds: null,
      estimates: null,
      salesOrders: null,
      expenses: null,
    });
  });

  it('a document goes with any share that is on a deal that may not be seen', () => {
    const sharedBy = (...deals: readonly string[]) =>
      see({
        ...book,
        invoices: [
          {
            ...anInvoice({ id: '30' }),
            shares: deals.map((deal) => ({ dealId: deal as DealId, net: money('USD', '1') })),
          },
        ],
      });
    expect(ids(sharedBy('D1').invoices)).toEqual(['30']);
    expect(ids(sharedBy('D1', 'H9').invoices)).toEqual([]);
    const shared = {
      ...book,
      invoices: [{ ...anInvoice({ id: '30' }), shares: [{ dealId: 'H9' as DealId, net: null }] }],
    };
    expect(dealsToAskFor([shared], onlyVisible)).toContain('H9');
    // on a deal by its share, it is told where lists do not tell deals
    expect(ids(see({ ...shared, invoices: sharedBy('D1').invoices }, ['invoice']).invoices)).toEqual(['30']);
  });

  it('a payment of a number that an unseen invoice has as well goes', () => {
    const paid = (other: string) =>
      see({
        ...book,
        invoices: [
          anInvoice({ id: '2', number: 'B', deal: 'D1' }),
          anInvoice({ id: '31', number: other, deal: 'H1' }),
        ],
        payments: [aPayment({ id: '20', of: ['B'] }), aPayment({ id: '21', of: [] })],
      });
    expect(ids(paid('C').payments)).toEqual(['20', '21']);
    expect(ids(paid('B').payments)).toEqual(['21']);
  });

  it('Books’ own totals and the credit limit are of all deals, so they go, and the rest of the customer stays', () => {
    const totals = {
      outstandingReceivable: money('USD', '5'),
      unusedCredits: money('USD', '6'),
      unusedRetainers: money('USD', '7'),
      creditLimit: money('USD', '8'),
    };
    const { customer } = see({ ...book, customer: { ...book.customer, ...totals } });
    expect(customer).toEqual({
      ...book.customer,
      outstandingReceivable: money('USD', '0'),
      unusedCredits: money('USD', '0'),
      unusedRetainers: null,
      creditLimit: null,
    });
  });

  it('a payment stays that settled nothing but what is seen, as far as its split is known', () => {
    const paying = (split: Record<string, number>) =>
      see({ ...book, payments: [aPayment({ id: '20', of: ['B'], split })] });
    expect(ids(paying({ '2': 5 }).payments)).toEqual(['20']);
    expect(ids(paying({ '2': 5, '1': 5 }).payments)).toEqual([]);
    expect(ids(paying({ '99': 5 }).payments)).toEqual([]);
  });
});

describe('where types are hidden', () => {
  it.each([
    ['invoice', 'invoices'],
    ['credit_note', 'creditNotes'],
    ['credit_note', 'creditNoteRefunds'],
    ['estimate', 'estimates'],
    ['sales_order', 'salesOrders'],
    ['expense', 'expenses'],
    ['payment', 'payments'],
  ] as const)('a hidden %s is as if there were none (%s), and others are all there', (type, list) => {
    const given = { ...book, payments: [aPayment({ of: ['B'] })] };
    const others = [...ALL_TYPES].filter((other) => other !== type);
    const [without] = seenBooks([given], onlyTypes(exact, ...others));
    expect(without?.[list]).toEqual([]);
    const [alone] = seenBooks([given], onlyTypes(exact, type));
    expect(alone?.[list]).toEqual(given[list]);
    expect(alone?.customer).toBe(given.customer);
  });
});
