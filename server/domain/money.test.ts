import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, compare, convert, money, prorated, rounded, sum, toPlaces, weightedMean } from './money.ts';

describe('money', () => {
  it('adds cents without losing any', () => {
    expect(sum('USD', [money('USD', 0.1), money('USD', 0.2)])).toEqual(money('USD', '0.3'));
  });

  it('refuses to add or compare two currencies', () => {
    expect(() => add(money('USD', 1), money('EUR', 1))).toThrow('Cannot combine USD with EUR');
    expect(() => compare(money('USD', 1), money('JPY', 1))).toThrow('Cannot combine');
  });

  it('shows yen without places, dollars with two and dinars with three', () => {
    expect(rounded(money('JPY', '1234.5')).amount).toBe('1235');
    expect(rounded(money('USD', '1234.565')).amount).toBe('1234.57');
    expect(rounded(money('KWD', '1234.5675')).amount).toBe('1234.568');
  });

  it('rounds a half away from zero on both sides', () => {
    expect(rounded(money('USD', '-0.005')).amount).toBe('-0.01');
    expect(toPlaces('-14.185', 2)).toBe('-14.19');
    expect(toPlaces('-0.001', 2)).toBe('0.00');
  });

  it('converts without rounding, so that sums round once', () => {
    expect(convert(money('JPY', 1), 'USD', '0.0067').amount).toBe('0.0067');
  });

  it('takes the share of an amount, and nothing of nothing', () => {
    expect(prorated(money('USD', 59.5), money('USD', 100), money('USD', 119))).toEqual(money('USD', 50));
    expect(prorated(money('USD', 5), money('USD', 0), money('USD', 0))).toEqual(money('USD', 0));
  });

  it('has no mean of nothing', () => {
    expect(weightedMean([])).toBeNull();
    expect(weightedMean([{ weight: money('USD', 0), value: 5 }])).toBeNull();
  });

  it('sums to the same in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -(10 ** 12), max: 10 ** 12 })), (units) => {
        const amounts = units.map((unit) => money('KWD', `${unit}e-3`));
        expect(sum('KWD', amounts)).toEqual(sum('KWD', [...amounts].reverse()));
      }),
    );
  });
});
