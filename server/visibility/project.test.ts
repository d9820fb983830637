import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { booksInOneCurrency, books as someBooks } from '../../tests/support/arbitrary-books.ts';
import {
  aBook,
  aCustomer,
  aDeal,
  anEstimate,
  anInvoice,
  aPayment,
  TODAY,
} from '../../tests/support/builders.ts';
import { Customer360, DocumentsPage } from '../contract/customer-360.ts';
import type { MoneyFigure } from '../contract/figures.ts';
import type { Template } from '../contract/settings.ts';
import { addDays } from '../domain/calendar-day.ts';
import { customerFigures } from '../domain/customer-figures.ts';
import { dealLadder } from '../domain/deal-ladder.ts';
import { USUAL_DEFINITIONS } from '../domain/definitions.ts';
import { documentRows } from '../domain/document-list.ts';
import type { CustomerBook } from '../domain/documents.ts';
import { edgesFor } from './bands.ts';
import { LEVELS } from './levels.ts';
import { policyOf, settled } from './policy.ts';
import { project, projectAccountLinks, projectDocuments, projectLinks } from './project.ts';
import type { LinkedRaw } from './raw.ts';

const freshness = { state: 'fresh' as const, knownGoodAt: '2026-03-15T08:00:00.000Z', missing: [] };

function raw(books: readonly CustomerBook[]): LinkedRaw {
  const given = { today: TODAY, baseCurrency: 'USD' };
  return {
    state: 'linked',
    record: { module: 'Deals', id: '42', name: 'Renewal' },
    today: TODAY,
    viewer: { administrator: false },
    customers: books.map(({ customer: { id, name, currency } }) => ({ id, name, currency })),
    figures: customerFigures(books, given),
    definitions: USUAL_DEFINITIONS,
    ladder: dealLadder(aDeal({ amount: '123456.78' }), books, given),
    rows: documentRows(books, given),
    warnings: ['invoice:unknown:foo'],
    freshness,
  };
}

const seenBy = (template: Template, books: readonly CustomerBook[]) =>
  project(raw(books), policyOf(template));
const pageSeenBy = (template: Template, books: readonly CustomerBook[]) =>
  projectDocuments({ rows: raw(books).rows, page: 1, freshness }, policyOf(template));

const slow = aBook({
  customer: aCustomer({ receivable: 7777.77, unusedCredits: 321.45 }),
  invoices: [
    anInvoice({ id: '11', number: 'A', total: 5432.1, due: addDays(TODAY, -12), deal: 'D1' }),
    anInvoice({ id: '12', number: 'B', total: 2345.67, balance: 0, status: 'paid' }),
  ],
  payments: [aPayment({ id: '13', amount: 2345.67, of: ['B'], on: '2026-03-01' })],
  estimates: [anEstimate({ id: '14', total: 8765.43, deal: 'D1' })],
});

describe('what leaves the server', () => {
  it('with exact rights: every figure with its amount', () => {
    expect(seenBy('exact', [slow])).toMatchObject({
      state: 'linked',
      currency: 'USD',
      hasTransactions: true,
      warnings: ['invoice:unknown:foo'],
      figures: {
        verdict: {
          grade: 'pays_late',
          reasons: [{ code: 'overdue_some', oldestDays: 12, count: 1 }],
          computedOn: TODAY,
        },
        overdue: { level: 'exact', money: { currency: 'USD', amount: '5432.10' } },
        overdueCount: 1,
        collected: { level: 'exact', money: { amount: '2345.67' } },
        lastPayment: {
          level: 'known',
          date: '2026-03-01',
          ageDays: 14,
          amount: { money: { amount: '2345.67' } },
        },
        reconciliation: { level: 'differs', difference: { level: 'exact', money: { amount: '-2345.67' } } },
        paymentSpeed: { unsplitPayments: 0 },
      },
      ladder: {
        stage: 'Negotiation',
        leftToInvoice: { level: 'exact', money: { amount: '118024.68' } },
        overInvoiced: false,
      },
      documents: { total: 4, types: ['invoice', 'estimate', 'payment'] },
    });
  });

  it('for sales: overdue yes or no, dates and counts exactly, money as a band', () => {
    const answer = seenBy('sales', [slow]);
    expect(answer).toMatchObject({
      figures: {
        verdict: { grade: 'pays_late' },
        overdue: { level: 'status', status: 'some' },
        overdueCount: 1,
        oldestOverdueDays: 12,
        open: { level: 'band', band: { currency: 'USD', from: '1000', to: '10000' } },
        lastPayment: { level: 'known', date: '2026-03-01', amount: { level: 'band' } },
        reconciliation: { level: 'differs' },
      },
      ladder: { dealAmount: { level: 'band', band: { from: '100000', to: '500000' } } },
    });
    expect(answer.state === 'linked' && answer.figures.reconciliation).not.toHaveProperty('difference');
    const [late, ...others] = answer.state === 'linked' ? answer.documents.rows : [];
    expect(others.map(({ total }) => total?.level)).toEqual(['band', 'band', 'band']);
    // The total of what is late would tell how much is overdue; that it has one would tell nothing.
    expect(late).not.toHaveProperty('total');
    expect(late).toMatchObject({
      number: 'A',
      balance: { level: 'status', status: 'some' },
      daysOverdue: 12,
    });
  });

  it('reasons of the verdict carry days and counts only for those who see these figures', () => {
    const reasonsAt = (template: Template, book: CustomerBook) => {
      const answer = seenBy(template, [book]);
      return answer.state === 'linked' ? answer.figures.verdict?.reasons : undefined;
    };
    expect(reasonsAt('sales', slow)).toEqual([{ code: 'overdue_some', oldestDays: 12, count: 1 }]);
    expect(reasonsAt('least', slow)).toEqual([{ code: 'overdue_some' }]);
    expect(reasonsAt('sales', aBook())).toEqual([
      { code: 'little_history', paidInvoices: 0 },
      { code: 'nothing_overdue' },
    ]);
    expect(reasonsAt('least', aBook())).toEqual([{ code: 'little_history' }, { code: 'nothing_overdue' }]);
  });

  it('a reason never carries a number to somebody who sees only the verdict, whatever the customer', () => {
    fc.assert(
      fc.property(someBooks, (books) => {
        const answer = seenBy('least', books);
        const reasons = answer.state === 'linked' ? answer.figures.verdict?.reasons : [];
        for (const reason of reasons ?? []) expect(Object.keys(reason)).toEqual(['code']);
      }),
      { numRuns: 60 },
    );
  });

  it('for anybody else: the verdict with its reasons, and not even whether there are documents', () => {
    const answer = seenBy('least', [slow]);
    if (answer.state !== 'linked') throw new Error('expected a linked answer');
    expect(Object.keys(answer.figures)).toEqual(['verdict']);
    expect(answer.ladder).toEqual({ stage: 'Negotiation', basis: 'net_of_tax' }); // whatever documents are on the deal
    expect(seenBy('sales', [slow])).toMatchObject({ ladder: { basis: 'tax_included' } });
    expect(answer.documents).toEqual({ rows: [], total: 0, types: [] });
    expect(answer.hasTransactions).toBe(true);
    expect(answer.warnings).toEqual([]);
    expect(seenBy('least', []).state === 'linked' && seenBy('least', [])).toMatchObject({
      hasTransactions: true,
    });
    expect(pageSeenBy('least', [slow])).toMatchObject({ rows: [], total: 0 });
  });

  it('which documents are still to be read is told only to whoever sees documents', () => {
    const reading = { ...freshness, missing: ['refunds' as const] };
    const missingFor = (template: Template) => {
      const answer = project({ ...raw([slow]), freshness: reading }, policyOf(template));
      const page = projectDocuments({ rows: [], page: 1, freshness: reading }, policyOf(template));
      return [answer.state === 'linked' && answer.freshness.missing, page.freshness.missing];
    };
    expect(missingFor('sales')).toEqual([['refunds'], ['refunds']]);
    expect(missingFor('least')).toEqual([[], []]);
  });

  it('nothing overdue is told as nothing at every level', () => {
    const answer = seenBy('sales', [aBook()]);
    expect(answer).toMatchObject({
      figures: {
        overdue: { level: 'status', status: 'none' },
        open: { level: 'status', status: 'none' },
        lastPayment: { level: 'none' },
      },
    });
  });

  it('a record without customer says so, with its suggestions', () => {
    const { record, today, viewer } = raw([]);
    const suggestions = [{ customerId: '7', name: 'Acme', evidence: 'same_name' as const }];
    expect(
      project(
        { state: 'not_linked', record, today, viewer, reason: 'no_customer', suggestions },
        policyOf('sales'),
      ),
    ).toEqual({
      state: 'not_linked',
      record,
      today,
      viewer: { template: 'sales', ...viewer },
      reason: 'no_customer',
      suggestions,
    });
  });

  it('suggests a similar name only with exact rights, and nothing to whoever may not see documents', () => {
    const { record, today, viewer } = raw([]);
    const suggestions = [
      { customerId: '7', name: 'Acme', evidence: 'same_name' as const },
      { customerId: '8', name: 'Acme Holding', evidence: 'similar_name' as const },
    ];
    const idsFor = (template: Template) => {
      const answer = project(
        { state: 'not_linked', record, today, viewer, reason: 'no_customer', suggestions },
        policyOf(template),
      );
      return answer.state === 'not_linked' && answer.suggestions.map(({ customerId }) => customerId);
    };
    expect(idsFor('exact')).toEqual(['7', '8']);
    expect(idsFor('sales')).toEqual(['7']);
    expect(idsFor('least')).toEqual([]);
  });

  it('is what the contract describes, for every template and any customer', () => {
    fc.assert(
      fc.property(someBooks, fc.constantFrom<Template>('exact', 'sales', 'least'), (books, template) => {
        expect(() => Customer360.parse(seenBy(template, books))).not.toThrow();
        expect(() => DocumentsPage.parse(pageSeenBy(template, books))).not.toThrow();
      }),
      { numRuns: 60 },
    );
  });
});

describe('a lower level never shows more', () => {
  it('each figure is there at most at the level of the next template', () => {
    fc.assert(
      fc.property(someBooks, (books) => {
        const [least, sales, exact] = (['least', 'sales', 'exact'] as const).map((template) =>
          levelsIn(seenBy(template, books)),
        );
        for (const [path, level] of least ?? [])
          expect(rank(level), path).toBeLessThanOrEqual(rank(sales?.get(path)));
        for (const [path, level] of sales ?? [])
          expect(rank(level), path).toBeLessThanOrEqual(rank(exact?.get(path)));
      }),
      { numRuns: 60 },
    );
  });

  it('sales finds no exact amount in any byte, unless it is the edge of a band', () => {
    fc.assert(
      fc.property(someBooks, (books) => {
        const told = JSON.stringify([seenBy('sales', books), pageSeenBy('sales', books)]);
        const words = new Set(told.match(/-?[0-9]+(\.[0-9]+)?/g));
        const edges = new Set(
          ['USD', 'EUR', 'JPY', 'KWD'].flatMap((currency) => edgesFor(currency).map(({ amount }) => amount)),
        );
        for (const amount of amountsIn([books, raw(books)])) {
          if (!edges.has(amount)) expect(words.has(amount), `${amount} in ${told}`).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('other amounts in the same bands give sales the very same bytes', () => {
    const amounts = fc.array(fc.integer({ min: 100_001, max: 119_999 }), { minLength: 6, maxLength: 6 });
    // two open, one overdue, two paid ten days late: every sum stays between 1,000 and 10,000
    const withAmounts = (cents: readonly number[]): readonly CustomerBook[] => {
      const [a, b, c, d, e, f] = cents.map((of) => (of / 100).toFixed(2));
      const paid = (id: string, total = '0') =>
        anInvoice({ id, number: id, total, balance: 0, deal: 'D1', dated: '2026-01-01', due: '2026-01-31' });
      return [
        aBook({
          customer: aCustomer({ receivable: f ?? '0', unusedCredits: f ?? '0' }),
          invoices: [
            anInvoice({ id: '1', total: a ?? '0' }),
            anInvoice({ id: '2', total: b ?? '0', deal: 'D1' }),
            anInvoice({ id: '3', total: c ?? '0', due: addDays(TODAY, -10), dated: '2026-01-01' }),
            paid('4', d),
            paid('5', e),
          ],
          payments: [
            aPayment({ id: '6', amount: d ?? '0', of: ['4'], on: '2026-02-10' }),
            aPayment({ id: '7', amount: e ?? '0', of: ['5'], on: '2026-02-10' }),
          ],
          estimates: [anEstimate({ id: '8', total: f ?? '0', deal: 'D1' })],
        }),
      ];
    };
    fc.assert(
      fc.property(amounts, amounts, (some, others) => {
        const bytes = (cents: readonly number[]) =>
          JSON.stringify([seenBy('sales', withAmounts(cents)), pageSeenBy('sales', withAmounts(cents))]);
        expect(bytes(others)).toBe(bytes(some));
      }),
    );
  });

  it('the order of rows is the same for everybody', () => {
    fc.assert(
      fc.property(booksInOneCurrency('USD'), (books) => {
        const ids = (template: Template) => pageSeenBy(template, books).rows.map(({ id }) => id);
        expect(ids('sales')).toEqual(ids('exact'));
      }),
      { numRuns: 30 },
    );
  });
});

const rank = (level: string | undefined): number =>
  level === undefined ? -1 : level === 'unknown' ? 1 : LEVELS.indexOf(level as (typeof LEVELS)[number]);

/** Path → level of every money figure in an answer. */
function levelsIn(value: unknown, path = '', found = new Map<string, string>()): Map<string, string> {
  if (typeof value !== 'object' || value === null) return found;
  if ('level' in value && ['status', 'band', 'exact'].includes(String(value.level)))
    found.set(path, (value as MoneyFigure).level);
  for (const [key, inner] of Object.entries(value)) levelsIn(inner, `${path}/${key}`, found);
  return found;
}

/** Every amount in the input worth looking for, as any code may have written it: plain and to the minor unit. */
function amountsIn(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value !== 'object' || value === null) return found;
  if ('currency' in value && 'amount' in value) {
    const text = String(value.amount);
    for (const form of [text, Number(text).toFixed(2), Number(text).toFixed(3), text.replace(/\.0+$/, '')]) {
      if (form.replaceAll(/\D/g, '').length >= 6) found.add(form);
    }
  }
  for (const inner of Object.values(value)) amountsIn(inner, found);
  return found;
}

describe('the order of documents', () => {
  const late = (id: string, days: number, dated: string) =>
    anInvoice({ id, number: id, due: addDays(TODAY, -days), dated });
  const book = (one: number, other: number): CustomerBook =>
    aBook({
      invoices: [late('11', one, '2026-01-01'), late('12', other, '2026-01-02'), anInvoice({ id: '13' })],
    });
  const eyes = (oldestOverdueDays: 'hidden' | 'exact') => {
    const exact = policyOf('exact');
    return settled({ ...exact, grants: { ...exact.grants, oldestOverdueDays } });
  };
  const orders = (policy: ReturnType<typeof eyes>, one: number, other: number) => {
    const given = raw([book(one, other)]);
    const answer = project(given, policy);
    const page = projectDocuments({ rows: given.rows, page: 1, freshness }, policy);
    const link = { inBooks: { state: 'yes' }, origin: 'books', by: null, at: null, share: null } as const;
    const links = projectLinks(
      {
        deal: { id: '42', name: 'Renewal' },
        links: given.rows.map((row) => ({ ...link, row, takenBack: false })),
        undo: [],
        mayLink: true,
        reconnect: false,
      },
      policy,
    );
    const account = projectAccountLinks(
      { attention: given.rows.map((row) => ({ what: 'deal_gone', row, dealId: '42' })), recent: [] },
      policy,
    );
    return [
      answer.state === 'linked' ? answer.documents.rows.map(({ id }) => id) : [],
      page.rows.map(({ id }) => id),
      links.links.map(({ document: { id } }) => id),
      account.attention.map(({ document: { id } }) => id),
    ];
  };

  it('tells which is later only to those who are told how late each is', () => {
    expect(orders(eyes('exact'), 9, 5)).toEqual(Array(4).fill(['11', '12', '13']));
    expect(orders(eyes('exact'), 5, 9)).toEqual(Array(4).fill(['12', '11', '13']));
    for (const [one, other] of [
      [9, 5],
      [5, 9],
    ] as const)
      expect(orders(eyes('hidden'), one, other)).toEqual(Array(4).fill(['12', '11', '13']));
  });
});
