import { describe, expect, it } from 'vitest';
import { aBook, aCreditNote } from '../../../tests/support/builders.ts';
import { money } from '../../domain/money.ts';
import { policyOf } from '../../visibility/policy.ts';
import { freshnessOf, type LinkedAnswer, quotesUnknown } from './record-freshness.ts';

const note = { ...aCreditNote({ total: '5' }), unused: money('USD', '2') };
const books = [{ ...aBook({ creditNotes: [note] }), creditNoteRefunds: null }];
const answer = (more: Partial<LinkedAnswer> = {}): LinkedAnswer => ({
  state: 'linked',
  books,
  knownGoodAt: new Date('2026-11-20T09:00:00.000Z'),
  fresh: true,
  readingOn: true,
  missing: ['refunds'],
  warnings: [],
  dealsUntold: [],
  trouble: null,
  ...more,
});
const told = (template: 'exact' | 'sales' | 'least', of: LinkedAnswer, wantsNewer = false) =>
  freshnessOf(of, { books, dealId: undefined, policy: policyOf(template), wantsNewer });

describe('when to ask again', () => {
  it('is said while something is read that is shown, and later while Books is in trouble', () => {
    for (const template of ['exact', 'sales'] as const) {
      expect(told(template, answer())).toMatchObject({ missing: ['refunds'], refetchAfterSeconds: 2 });
      const troubled = told(template, answer({ readingOn: false, trouble: 'books_refused' }));
      expect(troubled).toMatchObject({ refetchAfterSeconds: 30, trouble: 'books_refused' });
      const both = told(template, answer({ trouble: 'books_refused' }));
      expect(both).toMatchObject({ refetchAfterSeconds: 2, trouble: 'books_refused' });
    }
    expect(told('sales', answer({ readingOn: false }))).not.toHaveProperty('refetchAfterSeconds');
  });

  it('is not said to whoever sees nothing of what is read, whatever it is', () => {
    const plain = { state: 'fresh', knownGoodAt: '2026-11-20T09:00:00.000Z', missing: [] };
    for (const missing of [[], ['refunds'], ['payment_split', 'tax_split', 'quotes', 'expenses']] as const)
      for (const trouble of [null, 'books_unreachable'] as const)
        expect(told('least', answer({ missing, trouble }))).toEqual(plain);
  });

  it('is said to everybody while all figures are read anew', () => {
    expect(told('least', answer({ fresh: false, missing: [] }))).toMatchObject({
      state: 'stale',
      refetchAfterSeconds: 2,
    });
    expect(
      told('least', answer({ fresh: false, readingOn: false, trouble: 'books_unreachable' })),
    ).toMatchObject({ refetchAfterSeconds: 30, trouble: 'books_unreachable' });
  });

  it('is said alike to whoever asks for newer figures, whether or not something else is still owed', () => {
    const answers = [
      answer(),
      answer({ readingOn: false, missing: [] }),
      answer({ readingOn: false, trouble: 'books_rate_limited' }),
    ].map((one) => told('least', one, true));
    expect(answers[0]).toMatchObject({ state: 'fresh', missing: [], refetchAfterSeconds: 2 });
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    // whoever sees everything is told as it is
    expect(told('exact', answer({ readingOn: false, missing: [] }), true)).not.toHaveProperty(
      'refetchAfterSeconds',
    );
  });

  it('is said while anything is read to whoever sees all there is', () => {
    expect(told('exact', answer({ missing: [] }))).toMatchObject({ refetchAfterSeconds: 2 });
  });
});

describe('why quotes are not known', () => {
  it('is that they are being read, unless nothing is read any more', () => {
    expect(quotesUnknown(answer({ missing: ['quotes'] }))).toBe('still_reading');
    expect(quotesUnknown(answer({ readingOn: false, missing: ['expenses'] }))).toBe('still_reading');
    for (const missing of [['quotes'], ['sales_orders']] as const) {
      expect(quotesUnknown(answer({ readingOn: false, missing }))).toBe('books_unreachable');
      const limited = answer({ readingOn: false, missing, trouble: 'books_rate_limited' });
      expect(quotesUnknown(limited)).toBe('books_rate_limited');
    }
  });
});
