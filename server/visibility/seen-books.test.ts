import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bookIn } from '../../tests/support/arbitrary-books.ts';
import {
  aBook,
  aCreditNote,
  aCustomer,
  aDeal,
  anEstimate,
  anInvoice,
  aPayment,
  TODAY,
} from '../../tests/support/builders.ts';
import { DocumentType } from '../contract/figures.ts';
import { addDays } from '../domain/calendar-day.ts';
import { customerFigures } from '../domain/customer-figures.ts';
import { dealLadder } from '../domain/deal-ladder.ts';
import { USUAL_DEFINITIONS } from '../domain/definitions.ts';
import { documentRows } from '../domain/document-list.ts';
import type { Customer, CustomerBook, DealId, Invoice } from '../domain/documents.ts';
import { mattering } from '../domain/mattering-warnings.ts';
import { money } from '../domain/money.ts';
import { missingSeen } from './asides.ts';
import { FIGURE_IDS } from './figures.ts';
import { LEVELS } from './levels.ts';
import { ALL_TYPES, type Granted, type Policy, policyOf, settled } from './policy.ts';
import { project, projectDocuments } from './project.ts';
import { type DealsKnown, dealsToAskFor, seenBooks } from './seen-books.ts';

/** D1 may be seen, H1 may not. */
const DEALS = { visible: new Set(['D1']), untold: [] };
const exact = { ...policyOf('exact'), grants: policyOf('exact').levels };
const onlyVisible = settled({ ...exact, onlyVisibleDeals: true });
const without = (...types: readonly DocumentType[]): Policy =>
  settled({ ...exact, documentTypes: new Set([...ALL_TYPES].filter((type) => !types.includes(type))) });

/** Everything a person of a policy is told of a customer, as the routes put it together. */
function told(policy: Policy, book: CustomerBook): string {
  const basis = { today: TODAY, baseCurrency: 'USD' };
  const books = seenBooks([book], policy, DEALS);
  const figures = customerFigures(books, basis);
  const ladder = dealLadder(aDeal(), books, basis);
  const rows = documentRows(books, basis);
  const missing = missingSeen(
    ['quotes', 'sales_orders', 'expenses', 'refunds', 'tax_split', 'payment_split'],
    { books, dealId: 'D1', policy },
  );
  const freshness = { state: 'fresh' as const, knownGoodAt: '2026-03-15T08:00:00.000Z', missing };
  const record = { module: 'Deals' as const, id: '42', name: 'Renewal' };
  const { id, name, currency } = book.customer;
  const warnings = DocumentType.options.map((type) => `${type}:unknown:foo`);
  return JSON.stringify([
    project(
      {
        state: 'linked',
        record,
        today: TODAY,
        viewer: { administrator: false },
        customers: [{ id, name, currency }],
        figures,
        definitions: USUAL_DEFINITIONS,
        ladder,
        rows,
        warnings: mattering(warnings, { figures, ladder }),
        freshness,
      },
      policy,
    ),
    projectDocuments({ rows, page: 1, freshness }, policy),
  ]);
}

const answerTo = (policy: Policy, book: CustomerBook) => JSON.parse(told(policy, book))[0];

describe('a type of document somebody does not see', () => {
  const book = aBook({
    invoices: [anInvoice({ id: '1', number: 'A', total: 500, balance: 300, deal: 'D1' })],
    payments: [aPayment({ id: '2', amount: 200, of: ['A'], currency: 'USD' })],
    estimates: [anEstimate({ id: '3', total: 900, deal: 'D1' })],
  });

  it('is in no row, count, list of types, and no figure made of it', () => {
    const { documents, figures, ladder } = answerTo(without('payment'), book);
    expect(documents).toMatchObject({ total: 2, types: ['invoice', 'estimate'] });
    expect(documents.rows.map(({ id }: { id: string }) => id)).toEqual(['1', '3']);
    for (const hidden of ['verdict', 'collected', 'lastPayment', 'paymentSpeed', 'unusedCredits'])
      expect(figures).not.toHaveProperty(hidden);
    expect(figures).toMatchObject({ open: { level: 'exact', money: { amount: '300.00' } } });
    expect(ladder).not.toHaveProperty('collected');
    expect(answerTo(without('estimate'), book).ladder).not.toHaveProperty('quoted');
  });

  it('makes the currency of no figure', () => {
    const foreign = { ...book, payments: [aPayment({ amount: 5, currency: 'EUR', rate: '1.1' })] };
    const inEuro = { ...foreign, customer: aCustomer({ currency: 'EUR' }) };
    expect(answerTo(policyOf('exact'), inEuro).currency).toBe('USD');
    expect(answerTo(without('payment', 'invoice', 'estimate'), inEuro).currency).toBe('EUR');
  });
});

describe('where only visible deals count', () => {
  const mine = anInvoice({ id: '1', number: 'A', total: 500, balance: 300, deal: 'D1' });
  const theirs = anInvoice({ id: '2', number: 'B', total: 7000, due: addDays(TODAY, -90), deal: 'H1' });
  const book = aBook({
    customer: aCustomer({ receivable: 7300, unusedCredits: 77, creditLimit: 100 }),
    invoices: [mine, theirs, anInvoice({ id: '3', number: 'C', total: 40 })],
    payments: [
      aPayment({ id: '4', amount: 200, of: ['A'] }),
      aPayment({ id: '5', amount: 50, of: ['A', 'B'] }),
      aPayment({ id: '6', amount: 60, of: [], split: { '2': 60 } }),
      aPayment({ id: '7', amount: 70, unused: 70 }),
      aPayment({ id: '8', amount: 80, of: ['GONE'] }),
    ],
    creditNotes: [aCreditNote({ id: '9', total: 30 }), aCreditNote({ id: '10', total: 30, unused: 10 })],
    estimates: [anEstimate({ id: '11', total: 5, deal: 'H1' }), anEstimate({ id: '12', deal: 'D1' })],
  });
  const seen = (given: CustomerBook, deals: DealsKnown = DEALS) =>
    seenBooks([given], onlyVisible, deals)[0] ?? given;
  const ids = (rows: readonly { readonly id: string }[] | null) => rows?.map(({ id }) => id);

  it('documents of other deals go, those without a deal stay', () => {
    expect(ids(seen(book).invoices)).toEqual(['1', '3']);
    expect(ids(seen(book).estimates)).toEqual(['12']);
    expect(seen({ ...book, estimates: null }).estimates).toBeNull();
    const { figures, documents } = answerTo(onlyVisible, book);
    expect(figures).toMatchObject({ overdueCount: 0, open: { money: { amount: '340.00' } } });
    expect(figures.verdict.grade).toBe('new');
    expect(documents.total).toBe(6);
  });

  it('payments go that settled any of a hidden invoice, or something that is not there', () => {
    expect(ids(seen(book).payments)).toEqual(['4', '7']);
    const twoOfOneNumber = { ...book, invoices: [mine, { ...theirs, number: 'A' }] };
    expect(ids(seen(twoOfOneNumber).payments)).toEqual(['7']);
  });

  it('credit notes used in part go, for nobody tells on which invoice', () => {
    expect(ids(seen(book).creditNotes)).toEqual(['9']);
  });

  it("Books' own totals are told to nobody, and count nowhere", () => {
    const { figures } = answerTo(onlyVisible, book);
    for (const hidden of ['reconciliation', 'unusedCredits', 'unusedRetainers', 'netExposure'])
      expect(figures).not.toHaveProperty(hidden);
    expect(seen(book).customer).toMatchObject({ creditLimit: null, unusedCredits: { amount: '0' } });
  });

  it('a document several deals share is seen by whoever sees all of them', () => {
    const share = (dealId: string) => ({ dealId: dealId as DealId, net: null }); // safe because ids are any text here
    const shared: Invoice = { ...mine, shares: [share('D1'), share('H1')] };
    const given = aBook({ invoices: [shared] });
    expect(seen(given).invoices).toEqual([]);
    expect(ids(seen(given, { ...DEALS, visible: new Set(['D1', 'H1']) }).invoices)).toEqual(['1']);
    expect(dealsToAskFor([given], onlyVisible)).toEqual(['D1', 'H1']);
    expect(dealsToAskFor([given], policyOf('exact'))).toEqual([]);
  });

  it('no deal on a document says nothing where lists come without it', () => {
    expect(ids(seen(book, { ...DEALS, untold: ['invoice'] }).invoices)).toEqual(['1']);
  });
});

const policies: fc.Arbitrary<Policy> = fc
  .record({
    grants: fc.dictionary(fc.constantFrom(...FIGURE_IDS), fc.constantFrom(...LEVELS)),
    from: fc.constantFrom(...(['exact', 'sales', 'least'] as const)),
    documentTypes: fc.subarray([...ALL_TYPES]).map((types) => new Set(types)),
    onlyVisibleDeals: fc.boolean(),
  })
  .map(({ grants, from, ...rest }) => {
    const granted: Granted = { version: 1, bands: {}, mayLink: false, ...rest, grants };
    return settled({ ...granted, grants: { ...policyOf(from).levels, ...grants } });
  });

const otherTotals = (customer: Customer, units: number): Customer => ({
  ...customer,
  outstandingReceivable: money('USD', units),
  unusedCredits: money('USD', units + 1),
  unusedRetainers: units % 2 === 0 ? null : money('USD', units),
  creditLimit: money('USD', units + 2),
});

const few = (max: number) => ({ maxLength: max });
const amount = fc.integer({ min: 1, max: 10_000_000 });

/** What hangs on a deal that may not be seen, and what Books tells of everything together. */
const hiddenDealings = fc.record({
  invoices: fc.array(
    fc.record({ total: amount, days: fc.integer({ min: -400, max: 40 }), paid: fc.boolean() }),
    few(3),
  ),
  payments: fc.array(fc.record({ amount, alsoOf: fc.boolean(), split: fc.boolean() }), few(3)),
  credits: fc.array(amount, few(2)),
  quotes: fc.array(amount, few(2)),
  totals: amount,
});

function withHidden(
  book: CustomerBook,
  hidden: typeof hiddenDealings extends fc.Arbitrary<infer Made> ? Made : never,
): CustomerBook {
  const invoices = hidden.invoices.map(({ total, days, paid }, at) =>
    anInvoice({
      id: `9${at}`,
      number: `HID-${at}`,
      total,
      balance: paid ? 0 : total,
      due: addDays(TODAY, days),
      deal: 'H1',
      currency: total % 2 ? 'USD' : 'EUR',
      rate: '1.1',
    }),
  );
  const visible = book.invoices[0];
  return {
    ...book,
    customer: otherTotals(book.customer, hidden.totals),
    invoices: [...invoices, ...book.invoices],
    payments: [
      ...hidden.payments.map(({ amount: paid, alsoOf, split }, at) => {
        const also = alsoOf && visible ? [visible] : [];
        return aPayment({
          id: `8${at}`,
          amount: paid,
          ...(split
            ? { split: Object.fromEntries([['90', 1], ...also.map(({ id }) => [id, 1])]) }
            : { of: ['HID-0', ...also.map(({ number }) => number)] }),
        });
      }),
      ...book.payments,
    ],
    creditNotes: [
      ...hidden.credits.map((total, at) => aCreditNote({ id: `7${at}`, total: total + 1, unused: total })),
      ...book.creditNotes,
    ],
    estimates: [
      ...hidden.quotes.map((total, at) => anEstimate({ id: `6${at}`, total, deal: 'H1' })),
      ...(book.estimates ?? []),
    ],
  };
}

describe('whatever the policy', () => {
  it('dealings on deals that may not be seen change not one byte', () => {
    fc.assert(
      fc.property(policies, bookIn('USD'), hiddenDealings, hiddenDealings, (policy, book, one, other) => {
        const scoped = settled({ ...policy, grants: policy.levels, onlyVisibleDeals: true });
        expect(told(scoped, withHidden(book, one))).toBe(told(scoped, withHidden(book, other)));
      }),
      { numRuns: 150 },
    );
  });

  it('documents of types that are not seen change not one byte', () => {
    fc.assert(
      fc.property(policies, bookIn('USD'), bookIn('EUR'), (any, book, other) => {
        // where deals matter too, whether a payment is seen depends on the deal of what it paid
        const policy = settled({ ...any, grants: any.levels, onlyVisibleDeals: false });
        const { documentTypes } = policy;
        const pick = <List>(type: DocumentType, own: List, foreign: List): List =>
          documentTypes.has(type) ? own : foreign;
        const changed: CustomerBook = {
          customer:
            documentTypes.has('payment') && documentTypes.has('credit_note')
              ? book.customer
              : { ...book.customer, unusedCredits: money('USD', '987654.32'), creditLimit: money('USD', 1) },
          invoices: pick('invoice', book.invoices, other.invoices),
          payments: pick('payment', book.payments, other.payments),
          creditNotes: pick('credit_note', book.creditNotes, other.creditNotes),
          creditNoteRefunds: pick('credit_note', book.creditNoteRefunds, null),
          estimates: pick('estimate', book.estimates, null),
          salesOrders: pick('sales_order', book.salesOrders, null),
          expenses: pick('expense', book.expenses, null),
        };
        expect(told(policy, changed)).toBe(told(policy, book));
      }),
      { numRuns: 150 },
    );
  });
});
