import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FigureId, Level } from '../contract/policy.ts';
import type { Amount } from '../domain/amount.ts';
import { money } from '../domain/money.ts';
import { ALL_TYPES, type Policy, settled } from './policy.ts';
import { projectLadder } from './project-figures.ts';
import { TEMPLATES } from './templates.ts';

const known = (cents: number): Amount => ({
  known: true,
  money: money('USD', (cents / 100).toFixed(2)),
  caveats: ['tax_included'],
  byCurrency: [],
});

const granting = (levels: Partial<Record<FigureId, Level>>): Policy =>
  settled({
    version: 1,
    bands: {},
    mayLink: true,
    documentTypes: ALL_TYPES,
    onlyVisibleDeals: false,
    grants: { ...TEMPLATES.exact, ...levels },
  });

/** The two last rungs for amounts in whole dollars. */
function left(levels: Partial<Record<FigureId, Level>>, amount: number, invoiced: number) {
  const told = projectLadder(
    {
      stage: 'Open',
      basis: 'net_of_tax',
      amountBasis: 'net_of_tax',
      dealAmount: known(amount * 100),
      quoted: known(0),
      invoiced: known(invoiced * 100),
      collected: known(0),
      leftToInvoice: known((amount - invoiced) * 100),
      overInvoiced: invoiced > amount,
    },
    granting(levels),
  );
  return [told.leftToInvoice, told.overInvoiced] as const;
}

const band = (from: string | null, to: string | null) => ({
  level: 'band',
  band: { currency: 'USD', from, to },
  caveats: ['tax_included'],
});
const OVERLAP = { level: 'unknown', reason: 'ranges_overlap' };
const SOME = { level: 'status', status: 'some' };
const NONE = { level: 'status', status: 'none' };

describe('what is left to invoice', () => {
  it('is told as it is to whoever sees deal amount and invoiced exactly, at whichever level', () => {
    expect(left({}, 5000, 4000)).toEqual([
      { level: 'exact', money: { currency: 'USD', amount: '1000.00' }, caveats: ['tax_included'] },
      false,
    ]);
    expect(left({ leftToInvoice: 'band' }, 5000, 4000)).toEqual([band('1000', '10000'), false]);
    expect(left({ leftToInvoice: 'status' }, 5000, 5000)).toEqual([NONE, false]);
    expect(left({ leftToInvoice: 'hidden' }, 5000, 4000)).toEqual([undefined, undefined]);
  });

  // invoiced lies between 1,000 and 10,000
  it.each([
    [20_000, 4000, [band('10000', '50000'), false]],
    [10_000, 4000, [band('0', '10000'), false]],
    [9999, 4000, [OVERLAP, undefined]],
    [4001, 4000, [OVERLAP, undefined]],
    [4000, 4000, [OVERLAP, undefined]],
    [3999, 4000, [OVERLAP, undefined]],
    // all of 1,000 may be invoiced, and no more
    [1000, 4000, [OVERLAP, undefined]],
    [999, 4000, [band('-10000', '0'), true]],
    [0, 4000, [band('-10000', '-1000'), true]],
    // nothing invoiced is told to everybody
    [4000, 0, [band('1000', '10000'), false]],
    [-4000, 0, [band('-10000', '-1000'), true]],
    [0, 0, [NONE, false]],
    // beyond the last edge there is no end
    [99_000_000, 20_000_000, [OVERLAP, undefined]],
    [9_999_999, 20_000_000, [band(null, '0'), true]],
    [20_000_000, 4000, [band('10000000', null), false]],
  ] as const)('of %d less invoiced in a band comes from both ends of the band', (amount, invoiced, told) => {
    expect(left({ invoiced: 'band' }, amount, invoiced)).toEqual(told);
  });

  // the amount lies between 1,000 and 10,000, or between 10,000 and 50,000
  it.each([
    [20_000, 4000, [band('0', '50000'), false]],
    [4000, 5000, [OVERLAP, undefined]],
    // below 10,000, and 10,000 at least is invoiced
    [4000, 20_000, [band('-50000', '0'), true]],
    [0, 4000, [band('-10000', '-1000'), true]],
    [4000, 0, [band('1000', '10000'), false]],
  ] as const)('of %d in a band less invoiced in a band comes from both bands', (amount, invoiced, told) => {
    expect(left({ dealAmount: 'band', invoiced: 'band' }, amount, invoiced)).toEqual(told);
  });

  it.each([
    [20_000, 10_000, [band('0', '50000'), false]],
    [20_000, 10_001, [OVERLAP, undefined]],
    [20_000, 49_999, [OVERLAP, undefined]],
    [20_000, 50_000, [band('-50000', '0'), true]],
    [0, 1000, [band('-1000', '0'), true]],
    [0, 1500, [band('-10000', '-1000'), true]],
  ] as const)('of %d in a band less exactly %d comes from the amount’s band', (amount, invoiced, told) => {
    expect(left({ dealAmount: 'band' }, amount, invoiced)).toEqual(told);
  });

  it('as yes or no is told only where it is certain', () => {
    const atStatus = (more: Partial<Record<FigureId, Level>>, amount: number, invoiced: number) =>
      left({ leftToInvoice: 'status', ...more }, amount, invoiced);
    expect(atStatus({ invoiced: 'band' }, 20_000, 4000)).toEqual([SOME, false]);
    expect(atStatus({ invoiced: 'band' }, 10_000, 4000)).toEqual([SOME, false]);
    expect(atStatus({ invoiced: 'band' }, 4000, 4000)).toEqual([OVERLAP, undefined]);
    expect(atStatus({ invoiced: 'band' }, 500, 4000)).toEqual([SOME, true]);
    expect(atStatus({ dealAmount: 'band' }, 20_000, 9000)).toEqual([SOME, false]);
    // the amount may be the 10,000 that are invoiced
    expect(atStatus({ dealAmount: 'band' }, 20_000, 10_000)).toEqual([OVERLAP, false]);
    expect(atStatus({ dealAmount: 'band' }, 4000, 10_000)).toEqual([SOME, true]);
    expect(atStatus({ invoiced: 'status' }, 20_000, 4000)).toEqual([OVERLAP, undefined]);
    expect(atStatus({ dealAmount: 'status' }, 20_000, 4000)).toEqual([OVERLAP, undefined]);
    expect(atStatus({ dealAmount: 'status' }, -20, 0)).toEqual([SOME, undefined]);
    expect(atStatus({ dealAmount: 'band' }, -20, 0)).toEqual([SOME, true]);
  });

  it('uses the bands of the organisation', () => {
    const policy = { ...granting({ invoiced: 'band' }), bands: { USD: ['300', '700'] } };
    const raw = {
      stage: 'Open',
      basis: 'net_of_tax',
      amountBasis: 'net_of_tax',
      dealAmount: known(100_000),
      quoted: known(0),
      invoiced: known(50_000),
      collected: known(0),
      leftToInvoice: { ...known(50_000), caveats: [] },
      overInvoiced: false,
    } as const;
    expect(projectLadder(raw, policy).leftToInvoice).toEqual({
      level: 'band',
      band: { currency: 'USD', from: '300', to: '700' },
    });
  });

  it('says why nobody knows it, before anything else', () => {
    const unknown = { known: false, reason: 'no_deal_amount' } as const;
    const raw = {
      stage: 'Open',
      basis: 'net_of_tax',
      amountBasis: 'net_of_tax',
      dealAmount: unknown,
      quoted: known(0),
      invoiced: known(400_000),
      collected: known(0),
      leftToInvoice: unknown,
      overInvoiced: null,
    } as const;
    const told = projectLadder(raw, granting({ invoiced: 'band' }));
    expect(told.leftToInvoice).toEqual({ level: 'unknown', reason: 'no_deal_amount' });
    expect(told).not.toHaveProperty('overInvoiced');
  });

  it('hides whether too much is invoiced on its own', () => {
    expect(left({ invoiced: 'band', overInvoiced: 'hidden' }, 500, 4000)).toEqual([
      band('-10000', '0'),
      undefined,
    ]);
  });

  it('gives nothing away to somebody who writes any amount on their deal and watches', () => {
    const level = fc.constantFrom<Level>('status', 'band');
    const invoiced = fc.integer({ min: 1000, max: 9999 });
    fc.assert(
      fc.property(
        level,
        fc.constantFrom<Level>('band', 'exact'),
        invoiced,
        invoiced,
        fc.array(fc.integer({ min: -20_000, max: 80_000 }), { minLength: 20, maxLength: 20 }),
        (leftToInvoice, dealAmount, one, other, tried) => {
          const watched = (truth: number) =>
            [...tried, one, one - 1, one + 1, other].map((amount) =>
              left({ invoiced: 'band', leftToInvoice, dealAmount }, amount, truth),
            );
          expect(watched(other)).toEqual(watched(one));
        },
      ),
      { numRuns: 60 },
    );
  });
});
