import type { Amount } from './amount.ts';
import type { CalendarDay } from './calendar-day.ts';
import type { Headline } from './headline-currency.ts';
import { totalOf } from './headline-currency.ts';
import { absolute, add, compare, type Money, rounded, subtract, sum } from './money.ts';
import type { OpenItem } from './receivables.ts';
import { daysOverdue, open, overdue } from './receivables.ts';

/** Late buckets are named by their days, both ends inclusive: `days_1_30`, and the last one `over_90`. */
export type AgeingBucket = 'not_due' | `days_${number}_${number}` | `over_${number}` | 'undated';

/** Last day of each late bucket but the open-ended last one, inclusive; rising, at least one. */
export type AgeingEdges = readonly number[];
export const USUAL_EDGES: AgeingEdges = [30, 60, 90];

export interface AgeingEntry {
  readonly bucket: AgeingBucket;
  readonly figure: Amount;
  readonly count: number;
}

/** From not due to the latest, and what has no due date. */
const bucketsOf = (edges: AgeingEdges): readonly AgeingBucket[] => [
  'not_due',
  ...edges.map((edge, at) => upTo(edges, at, edge)),
  `over_${edges.at(-1) ?? 0}`,
  'undated',
];

const upTo = (edges: AgeingEdges, at: number, edge: number): AgeingBucket =>
  `days_${(edges[at - 1] ?? 0) + 1}_${edge}`;

/** @see domain rule A3 */
export function bucketOf(
  item: Pick<OpenItem, 'dueDate'>,
  today: CalendarDay,
  edges: AgeingEdges = USUAL_EDGES,
): AgeingBucket {
  if (item.dueDate === null) return 'undated';
  const days = daysOverdue(item, today);
  if (days === 0) return 'not_due';
  const at = edges.findIndex((edge) => days <= edge);
  const edge = edges[at];
  return edge === undefined ? `over_${edges.at(-1) ?? 0}` : upTo(edges, at, edge);
}

/** Every bucket, in order. The late ones add up to overdue and all of them to open, to the last minor unit. */
export function ageing(
  items: readonly OpenItem[],
  { headline, today, edges = USUAL_EDGES }: { headline: Headline; today: CalendarDay; edges?: AgeingEdges },
): readonly AgeingEntry[] {
  const entries = bucketsOf(edges).map((bucket): AgeingEntry => {
    const own = items.filter((item) => bucketOf(item, today, edges) === bucket);
    return { bucket, figure: totalOf(headline, own), count: own.length };
  });
  const all = open(items, headline);
  const late = overdue(items, headline, today);
  if (!all.known || !late.known) return entries;
  const isLate = ({ bucket }: AgeingEntry): boolean => bucket !== 'not_due' && bucket !== 'undated';
  const calmTotal = subtract(all.money, late.money);
  const settled = new Map(
    [
      ...addingUpTo(late.money, entries.filter(isLate)),
      ...addingUpTo(
        calmTotal,
        entries.filter((entry) => !isLate(entry)),
      ),
    ].map((entry) => [entry.bucket, entry]),
  );
  return entries.map((entry) => settled.get(entry.bucket) ?? entry);
}

/** Rounding converted amounts one by one can miss the rounded total by a minor unit; the largest bucket takes it. */
function addingUpTo(target: Money, entries: readonly AgeingEntry[]): readonly AgeingEntry[] {
  const amounts = entries
    .map(({ figure }) => (figure.known ? figure.money : null))
    .filter((money) => money !== null);
  const missing = subtract(target, sum(target.currency, amounts));
  const largest = amounts.reduce<Money | null>(
    (most, money) => (most === null || compare(absolute(money), absolute(most)) > 0 ? money : most),
    null,
  );
  return entries.map((entry) =>
    entry.figure.known && entry.figure.money === largest
      ? { ...entry, figure: { ...entry.figure, money: rounded(add(largest, missing)) } }
      : entry,
  );
}
