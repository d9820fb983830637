import { type AgeingEdges, USUAL_EDGES } from './ageing.ts';
import { type GradeThresholds, USUAL_THRESHOLDS } from './payer-grade.ts';

/** Which of the two lifetime values stands among the four figures. @see domain rule A1 */
type LifetimeValue = 'collected' | 'invoiced_net';

/** What people write into a deal's amount. @see domain rule A7 */
export type DealAmountTax = 'without_tax' | 'with_tax';

/** What an organisation means by its figures. */
export interface Definitions {
  readonly lifetimeValue: LifetimeValue;
  readonly ageingEdges: AgeingEdges;
  readonly grade: GradeThresholds;
  readonly dealAmount: DealAmountTax;
}

/** What applies until an organisation decides otherwise. */
export const USUAL_DEFINITIONS: Definitions = {
  lifetimeValue: 'collected',
  ageingEdges: USUAL_EDGES,
  grade: USUAL_THRESHOLDS,
  dealAmount: 'without_tax',
};

/** Whether they say one thing: buckets that follow each other, and no limit for finance before the one for late. */
export const makeSense = ({ ageingEdges, grade }: Definitions): boolean =>
  ageingEdges.every((edge, at) => edge > (ageingEdges[at - 1] ?? 0)) &&
  grade.overdueSomeDays <= grade.overdueLongDays &&
  grade.lateDays <= grade.approvalDaysLate;
