import { describe, expect, it } from 'vitest';
import type { DocumentRow } from '../../server/contract/figures.ts';
import { band } from '../../tests/gallery/sample-answers.ts';
import { IN_THE_WAY, INVOICE, QUOTE } from '../../tests/gallery/sample-links.ts';
import { decimalOf } from './decimal-text.ts';
import {
  asked,
  isBlocked,
  isShareWrong,
  keyOf,
  MOST_AT_ONCE,
  type Pickable,
  picked,
  type Selection,
  stillPicked,
  toggled,
  toggledAll,
  withShare,
} from './selection.ts';

const NONE: Selection = new Map();
const free = (document: DocumentRow): Pickable => ({ document, obstacles: [] });
const both = toggled(toggled(NONE, free(INVOICE)), free(QUOTE));

describe('an amount as people type it', () => {
  it.each([
    ['1250.50', 'EUR', '1250.50'],
    ['1250,50', 'EUR', '1250.50'],
    [' 1250 ', 'EUR', '1250'],
    ['١٢٥٠٫٥', 'EUR', '1250.5'],
    ['12.345', 'KWD', '12.345'],
    ['1200', 'JPY', '1200'],
  ])('%s in %s is %s', (typed, currency, amount) => {
    expect(decimalOf(typed, currency)).toBe(amount);
  });

  it.each([
    ['1,234', 'EUR'], // a thousand, or a little over one?
    ['1.234', 'EUR'],
    ['12,345', 'KWD'],
    ['1,250.50', 'EUR'],
    ['12.5', 'JPY'],
    ['-5', 'EUR'],
    ['1e3', 'EUR'],
    ['', 'EUR'],
    ['.5', 'EUR'],
  ])('%s in %s is not guessed at', (typed, currency) => {
    expect(decimalOf(typed, currency)).toBeNull();
  });
});

describe('what is picked', () => {
  it('is asked for with the deal that was seen on it, and no share unless one was typed', () => {
    expect(asked(toggled(both, free({ ...QUOTE, id: '9', dealId: '4000000002' })))).toEqual([
      { type: 'invoice', id: INVOICE.id, seenDeal: null },
      { type: 'estimate', id: QUOTE.id, seenDeal: null },
      { type: 'estimate', id: '9', seenDeal: '4000000002' },
    ]);
    expect(asked(withShare(both, keyOf(INVOICE), '1250,50'))[0]).toMatchObject({ share: '1250.50' });
    expect(asked(withShare(both, keyOf(INVOICE), ' '))[0]).not.toHaveProperty('share');
  });

  it('has a wrong share only where something was typed that is no amount', () => {
    const wrong = (share: string | null) => isShareWrong({ document: INVOICE, share });
    expect([null, '', '12.50', 'twelve'].map(wrong)).toEqual([false, false, false, true]);
  });

  it('takes no share where the amount is not known exactly', () => {
    const ranged = { ...INVOICE, total: band('1000', '10000') };
    expect(
      asked(new Map([[keyOf(ranged), { document: ranged, share: '5', from: null }]]))[0],
    ).not.toHaveProperty('share');
  });

  it('leaves what was picked before a search, when all shown are picked and left again', () => {
    const found = [{ ...INVOICE, id: '11' }, INVOICE].map(free);
    const all = toggledAll(both, found);
    expect([...all.keys()]).toEqual([keyOf(INVOICE), keyOf(QUOTE), 'invoice:11']);
    expect([...toggledAll(all, found).keys()]).toEqual([keyOf(QUOTE)]);
  });

  it('is never more than the server takes at once', () => {
    const many = Array.from({ length: MOST_AT_ONCE + 5 }, (_, at) => free({ ...INVOICE, id: String(at) }));
    const full = toggledAll(NONE, many);
    expect(full.size).toBe(MOST_AT_ONCE);
    expect(toggled(full, free(QUOTE)).size).toBe(MOST_AT_ONCE);
  });

  it('says from which deal a document would be taken, where the person may see that deal', () => {
    const from = IN_THE_WAY.slice(0, 3).map((suggestion) => picked(suggestion).from);
    expect(from).toEqual([null, 'Cold storage', null]);
  });

  it('when refused stays picked, on the deal somebody else has linked it to meanwhile', () => {
    const elsewhere = { ...INVOICE, dealId: '4000000002' };
    const [, taken] = IN_THE_WAY;
    const after = stillPicked(
      withShare(both, keyOf(INVOICE), '5'),
      [keyOf(INVOICE)],
      [{ document: elsewhere, obstacles: taken?.obstacles ?? [] }],
    );
    expect([...after.values()]).toEqual([{ document: elsewhere, share: '5', from: 'Cold storage' }]);
  });

  it('leaves out types Books holds no deal on', () => {
    expect(asked(toggled(NONE, free({ ...INVOICE, type: 'payment' })))).toEqual([]);
  });
});

it('what a smaller share or the good will of Books may overcome can be picked; the rest cannot', () => {
  const open = IN_THE_WAY.flatMap(({ obstacles }) => (isBlocked(obstacles) ? [] : obstacles));
  expect([...new Set(open.map(({ code }) => code))]).toEqual([
    'linked_elsewhere',
    'locked_period',
    'approved',
    'exceeds_net',
    'net_unknown',
    'share_too_precise',
    'books_unreachable',
  ]);
});
