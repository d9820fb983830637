import { describe, expect, it } from 'vitest';
import { createFormats, isNegativeAmount, isZeroAmount } from './formats.ts';

const english = createFormats({ locale: 'en', baseCurrency: 'EUR' });
const german = createFormats({ locale: 'de', baseCurrency: 'EUR' });
const egyptian = createFormats({ locale: 'ar-EG', baseCurrency: 'EUR' });
const plain = (text: string): string =>
  text.replace(/[\u{a0}\u{202f}]/gu, ' ').replace(/[\u{200e}\u{200f}\u{61c}]/gu, '');

describe('money', () => {
  it('keeps the precision of its currency: no places in yen, three in dinars', () => {
    expect(plain(english.money({ currency: 'JPY', amount: '1234567' }))).toBe('JPY 1,234,567');
    expect(plain(english.money({ currency: 'KWD', amount: '1820.75' }))).toBe('KWD 1,820.750');
    expect(plain(german.money({ currency: 'JPY', amount: '1234567' }))).toBe('1.234.567 JPY');
  });

  it('names the currency by its code unless it is the organisation’s own', () => {
    expect(english.money({ currency: 'EUR', amount: '12.5' })).toBe('€12.50');
    expect(plain(english.money({ currency: 'USD', amount: '12.5' }))).toBe('USD 12.50');
  });

  it('shows zero as 0.00 and a debt of ours with a true minus sign', () => {
    expect(english.money({ currency: 'EUR', amount: '0' })).toBe('€0.00');
    expect(english.money({ currency: 'EUR', amount: '-1234' })).toBe('−€1,234.00');
    expect(plain(german.money({ currency: 'EUR', amount: '-1234' }))).toBe('−1.234,00 €');
  });

  it('is not a float on its way to the screen', () => {
    expect(english.money({ currency: 'EUR', amount: '90071992547409931.07' })).toBe(
      '€90,071,992,547,409,931.07',
    );
  });

  it('is written in the reader’s own digits', () => {
    expect(plain(egyptian.money({ currency: 'KWD', amount: '120.5' }))).toContain('١٢٠٫٥٠٠');
  });

  it('keeps letters and sign of a symbol in order between words from right to left', () => {
    const arabic = createFormats({ locale: 'ar', baseCurrency: 'USD' });
    expect(arabic.money({ currency: 'USD', amount: '12' })).toMatch(/US\$\u200e$/);
    expect(arabic.band({ currency: 'USD', from: '10000', to: '50000' })).toMatch(/US\$\u200e$/);
    expect(english.money({ currency: 'EUR', amount: '12' })).not.toContain('\u200e');
  });

  it('of a currency only this organisation knows is still shown', () => {
    expect(english.money({ currency: 'POINTS', amount: '12' })).toBe('POINTS 12.00');
  });

  it('is abbreviated like 12.4k', () => {
    expect(english.moneyShort({ currency: 'EUR', amount: '12380' })).toBe('€12.4k');
    expect(english.moneyShort({ currency: 'EUR', amount: '-3900' })).toBe('−€3.9k');
    expect(plain(german.moneyShort({ currency: 'EUR', amount: '2345678' }))).toBe('2,3 Mio. €');
  });
});

describe('a range', () => {
  const band = (from: string | null, to: string | null) => english.band({ currency: 'EUR', from, to });

  it('reads like 10k–50k, with open ends named', () => {
    expect(band('10000', '50000')).toBe('€10k–50k');
    expect(band('1000000', null)).toBe('≥ €1M');
    expect(band(null, '1000')).toBe('< €1k');
    expect(band('0', '1000')).toBe('€0–1k');
  });

  it('below zero keeps both signs apart', () => {
    expect(band('-5000', '-1000')).toBe('−€5k – −€1k');
  });
});

describe('a day', () => {
  it('does not move with the reader’s time zone, and has its year only when that is another', () => {
    expect(english.day('2026-01-01', '2026-11-21')).toBe('Jan 1');
    expect(english.day('2025-12-31', '2026-11-21')).toBe('Dec 31, 2025');
  });

  it('within 30 days is told as an age, beyond as itself', () => {
    expect(english.ago('2026-11-09', 12)).toBe('12 days ago');
    expect(english.ago('2026-11-21', 0)).toBe('today');
    expect(english.ago('2026-10-22', 30)).toBe('30 days ago');
    expect(english.ago('2026-10-21', 31)).toBe('Oct 21, 2026');
    expect(german.ago('2026-11-20', 1)).toBe('gestern');
  });
});

it('a time of day has its date unless it is today’s', () => {
  const now = new Date(2026, 10, 21, 14, 5);
  expect(plain(english.clock(now, now))).toMatch(/^2:05 PM$/);
  expect(english.clock(new Date(2026, 10, 20, 9, 0), now)).toContain('Nov 20, 2026');
});

it('zero and negative are told from the text, not from a float', () => {
  expect(['0', '0.00', '-0.000', '0.'].every(isZeroAmount)).toBe(true);
  expect(['0.01', '-0.001', '10'].some(isZeroAmount)).toBe(false);
  expect(isNegativeAmount('-0.01')).toBe(true);
  expect(isNegativeAmount('-0.00')).toBe(false);
});
