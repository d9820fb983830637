import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DefinitionsDocument } from '../../../server/contract/definitions.ts';
import { SaveDefinitions } from '../../../server/contract/save-definitions.ts';
import { makeSense, USUAL_DEFINITIONS } from '../../../server/domain/definitions.ts';
import { definitions } from '../../../tests/support/arbitrary-definitions.ts';
import { changedParts, onTopOf, readTyped, type Typed, typedOf } from './typed.ts';

const USUAL = DefinitionsDocument.parse(USUAL_DEFINITIONS);
const usual = typedOf(USUAL, 'USD');
const faultsOf = (change: Partial<Typed>) =>
  Object.fromEntries(readTyped({ ...usual, ...change }, 'USD').faults);

describe('definitions as they are typed', () => {
  it('come out as they went in, and are what the server takes', () => {
    fc.assert(
      fc.property(definitions, (given) => {
        const { document, faults } = readTyped(typedOf(DefinitionsDocument.parse(given), 'USD'), 'USD');
        expect(faults.size).toBe(0);
        expect(document).toEqual(given);
      }),
    );
  });

  it('are never sent when the server would refuse them', () => {
    const text = fc.oneof(
      fc.integer({ min: -2, max: 800 }).map(String),
      fc.constantFrom('', 'x', '1.5', ' 7 '),
    );
    const typed: fc.Arbitrary<Typed> = fc.record({
      lifetimeValue: fc.constant(usual.lifetimeValue),
      ageingEdges: fc.array(text, { minLength: 1, maxLength: 5 }),
      overdueSomeDays: text,
      lateDays: text,
      overdueLongDays: text,
      approvalDaysLate: text,
      materialityPercent: text,
      materialityFloor: text,
      dealAmount: fc.constant(usual.dealAmount),
    });
    fc.assert(
      fc.property(typed, (given) => {
        const { document, faults } = readTyped(given, 'USD');
        expect(document === null).toBe(faults.size > 0);
        if (document) {
          expect(SaveDefinitions.safeParse({ basedOn: 1, document }).success).toBe(true);
          expect(makeSense(document)).toBe(true);
        }
      }),
    );
  });

  it('say at each field what is wrong with it', () => {
    expect(faultsOf({ ageingEdges: ['30', '30', '', '731'] })).toEqual({
      'ageingEdges.1': { why: 'not_above', other: 30 },
      'ageingEdges.2': { why: 'edge', most: 730 },
      'ageingEdges.3': { why: 'edge', most: 730 },
    });
    expect(faultsOf({ lateDays: '31', overdueSomeDays: '-1' })).toEqual({
      overdueSomeDays: { why: 'days', most: 730 },
      approvalDaysLate: { why: 'below_late', other: 31 },
    });
    expect(faultsOf({ materialityPercent: '100.1', materialityFloor: '1e9' })).toEqual({
      materialityPercent: { why: 'percent' },
      materialityFloor: { why: 'amount' },
    });
  });

  it('are read in the digits and with the decimal sign people type', () => {
    const { document } = readTyped(
      { ...usual, ageingEdges: ['٣٠', '۶۰'], materialityPercent: '2,5', materialityFloor: '٢٥٠٫٥' },
      'USD',
    );
    expect(document?.ageingEdges).toEqual([30, 60]);
    expect(document?.grade).toMatchObject({
      materialityPercent: '2.5',
      materialityFloor: { currency: 'USD', amount: '250.5' },
    });
  });

  it('do not show a floor of another base currency as if it counted', () => {
    const floor = { currency: 'EUR', amount: '500' };
    const stored = { ...USUAL, grade: { ...USUAL.grade, materialityFloor: floor } };
    expect(typedOf(stored, 'EUR').materialityFloor).toBe('500');
    expect(typedOf(stored, 'USD').materialityFloor).toBe('');
  });

  it('of two people each keep what only they changed, and mine where both did', () => {
    const mine = { ...usual, ageingEdges: ['15'], dealAmount: 'with_tax' as const };
    const theirs = { ...usual, ageingEdges: ['20'], lateDays: '9' };
    expect(onTopOf(usual, mine, theirs)).toEqual({
      ...usual,
      ageingEdges: ['15'],
      lateDays: '9',
      dealAmount: 'with_tax',
    });
    expect(changedParts(usual, theirs)).toEqual(['ageingEdges', 'lateDays']);
  });
});
