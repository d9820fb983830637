import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, money } from '../domain/money.ts';
import { areAscending, bandOf, edgesFor } from './bands.ts';

describe('bands', () => {
  it.each([
    ['USD', '0.01', '0', '1000'],
    ['USD', '999.99', '0', '1000'],
    ['USD', '1000', '1000', '10000'],
    ['EUR', '49999.99', '10000', '50000'],
    ['JPY', '4200000', '1000000', '5000000'],
    ['KWD', '99.999', '0', '100'],
    ['USD', '-250', '-1000', '0'],
    ['XXX', '5', '0', '1000'],
  ])('%s %s lies from %s to under %s', (currency, amount, from, to) => {
    expect(bandOf(money(currency, amount))).toEqual({ currency, from, to });
  });

  it('are open at both ends', () => {
    expect(bandOf(money('USD', 10_000_000))).toEqual({ currency: 'USD', from: '10000000', to: null });
    expect(bandOf(money('USD', -10_000_001))).toEqual({ currency: 'USD', from: null, to: '-10000000' });
  });

  it('hold their amount, and their bounds come from the table', () => {
    const cents = fc.integer({ min: -(10 ** 10), max: 10 ** 10 });
    fc.assert(
      fc.property(cents, fc.constantFrom('USD', 'JPY', 'KWD'), (of, currency) => {
        const amount = money(currency, `${of}e-2`);
        const { from, to } = bandOf(amount);
        if (from !== null) expect(compare(money(currency, from), amount)).toBeLessThanOrEqual(0);
        if (to !== null) expect(compare(money(currency, to), amount)).toBeGreaterThan(0);
        const table = edgesFor(currency).map((edge) => edge.amount);
        for (const bound of [from, to]) if (bound !== null) expect(table).toContain(bound);
      }),
    );
  });

  it('are those of the organisation where it decided some, and the built-in ones elsewhere', () => {
    const bands = { EUR: ['250', '2500.50'] };
    expect(bandOf(money('EUR', '249.99'), bands)).toEqual({ currency: 'EUR', from: '0', to: '250' });
    expect(bandOf(money('EUR', '250'), bands)).toEqual({ currency: 'EUR', from: '250', to: '2500.5' });
    expect(bandOf(money('EUR', '2500.50'), bands)).toEqual({ currency: 'EUR', from: '2500.5', to: null });
    expect(bandOf(money('EUR', '-300'), bands)).toEqual({ currency: 'EUR', from: '-2500.5', to: '-250' });
    expect(bandOf(money('USD', '300'), bands)).toEqual({ currency: 'USD', from: '0', to: '1000' });
  });

  it.each([
    [['1', '2', '10'], true],
    [['0.5'], true],
    [['9', '10', '10'], false],
    [['10', '9'], false],
    [['0'], false],
    [['-1', '5'], false],
  ])('%j can be edges: %j', (edges, can) => {
    expect(areAscending(edges)).toBe(can);
  });
});
