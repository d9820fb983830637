import * as fc from 'fast-check';
import { type Definitions, makeSense } from '../../server/domain/definitions.ts';

const days = fc.integer({ min: 0, max: 730 });

/** One that is not above the other. */
const limits = fc.tuple(days, days).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

/** Whatever an administrator may decide. */
export const definitions: fc.Arbitrary<Definitions> = fc
  .record({
    lifetimeValue: fc.constantFrom<Definitions['lifetimeValue']>('collected', 'invoiced_net'),
    ageingEdges: fc
      .uniqueArray(fc.integer({ min: 1, max: 730 }), { minLength: 1, maxLength: 5 })
      .map((edges) => edges.sort((a, b) => a - b)),
    overdue: limits,
    average: limits,
    materialityPercent: fc.integer({ min: 0, max: 10_000 }).map((hundredths) => String(hundredths / 100)),
    floor: fc.option(fc.integer({ min: 0, max: 100_000 })),
    dealAmount: fc.constantFrom<Definitions['dealAmount']>('without_tax', 'with_tax'),
  })
  .map(
    ({ overdue, average, materialityPercent, floor, ...rest }): Definitions => ({
      ...rest,
      grade: {
        overdueSomeDays: overdue[0],
        overdueLongDays: overdue[1],
        lateDays: average[0],
        approvalDaysLate: average[1],
        materialityPercent,
        materialityFloor: floor === null ? null : { currency: 'USD', amount: String(floor) },
      },
    }),
  )
  .filter(makeSense);
