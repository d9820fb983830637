import * as z from 'zod/mini';
import { eitherOr, gradeAmounts, MOST_DAYS, MOST_EDGES } from './definitions.ts';
import { Version } from './version.ts';

// Apart from what is told, because a widget that only reads should not carry what checks numbers.

const days = z.int().check(z.nonnegative(), z.maximum(MOST_DAYS));
const edge = z.int().check(z.positive(), z.maximum(MOST_DAYS));

/**
 * @throws Problem `definitions.changed_meanwhile` (409) when `basedOn` is not the version in force: nothing is lost;
 * `definitions.contradict` when ages or limits do not follow each other
 */
export const SaveDefinitions = z.strictObject({
  basedOn: Version,
  document: z.strictObject({
    ...eitherOr,
    ageingEdges: z.array(edge).check(z.minLength(1), z.maxLength(MOST_EDGES)),
    grade: z.strictObject({
      overdueSomeDays: days,
      overdueLongDays: days,
      lateDays: days,
      approvalDaysLate: days,
      ...gradeAmounts,
    }),
  }),
});
export type SaveDefinitions = z.infer<typeof SaveDefinitions>;
