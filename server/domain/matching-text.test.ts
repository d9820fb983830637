import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTelling, standsIn, wordsOf } from './matching-text.ts';

describe('words that people typed', () => {
  it.each([
    ['INV-000123', ['inv', '123']],
    ['inv 123', ['inv', '123']],
    ['INV٠٠٠١٢٣', ['inv', '123']],
    ['PO 0', ['po', '0']],
    ['Straße / STRASSE / STRAẞE', ['strasse', 'strasse', 'strasse']],
    ['Crème brûlée', ['creme', 'brulee']],
    ['İstanbul ILGIN ılgın', ['istanbul', 'ilgin', 'ilgin']],
    ['ΟΔΟΣ οδός', ['οδοσ', 'οδοσ']],
    ['ﬁtting №12', ['fitting', 'no', '12']],
    ['', []],
    [' – 🎉 – ', []],
  ])('%s reads %j', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  it('Arabic reads alike with and without vowel marks, stretching, hamza seats and direction marks', () => {
    const plain = wordsOf('مكتب الرياض');
    expect(plain).toHaveLength(2);
    expect(wordsOf('\u200fمَكْتَبُ الريـــاض\u200e')).toEqual(plain);
    expect(wordsOf('أثاث')).toEqual(wordsOf('اثاث'));
  });

  it('scripts without spaces are cut into pairs, so that a part of a name is found in it', () => {
    expect(wordsOf('東京本社')).toEqual(['東京', '京本', '本社']);
    expect(standsIn(wordsOf('本社'), wordsOf('東京本社'))).toBe(true);
    expect(wordsOf('サーバー')).toEqual(['サー', 'ーバ', 'バー']);
    expect(wordsOf('株')).toEqual(['株']);
  });

  it('a part stands in a text in one piece and in its order', () => {
    expect(standsIn(wordsOf('INV-12'), wordsOf('Refit as of inv 012'))).toBe(true);
    expect(standsIn(wordsOf('INV-12'), wordsOf('12 inv'))).toBe(false);
    expect(standsIn(wordsOf('INV-12'), wordsOf('INV-123'))).toBe(false);
    expect(standsIn([], wordsOf('anything'))).toBe(false);
  });

  it('only numbers that are their own tell something: not a year, not a few digits', () => {
    expect(['INV-12', '10234', 'A1'].map((one) => isTelling(wordsOf(one)))).toEqual([true, true, true]);
    expect(['12', '2026', 'Draft', ''].map((one) => isTelling(wordsOf(one)))).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it('takes any text, and no more than the beginning of a long one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const words = wordsOf(text);
        expect(words.every((word) => word !== '')).toBe(true);
        expect(wordsOf(words.join(' ')).join('')).toBe(words.join(''));
      }),
      { examples: [['\ud800'], ['0'.repeat(80)]] },
    );
    expect(wordsOf(`${'0'.repeat(100_000)}1`)).toEqual(['0']);
    expect(wordsOf('a-'.repeat(1_000_000)).length).toBe(250);
  });
});
