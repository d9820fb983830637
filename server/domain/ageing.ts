import type { Amount } from './amount.ts';
import type { CalendarDay } from './calendar-day.ts';
import type { Headline } from './headline-currency.ts';
import { totalOf } from './headline-currency.ts';
import { absolute, add, compare, type Money, rounded, subtract, sum } from './money.ts';
import type { OpenItem } from './receivables.ts';
import { daysOverdue, open, overdue } from './receivables.ts';

const AGEING_BUCKETS = ['not_due', 'days_1_30', 'days_31_60', 'days_61_90', 'over_90', 'undated'] as const;
export type AgeingBucket = (typeof AGEING_BUCKETS)[number];

/** Last day of the first three late buckets, inclusive. The buckets keep their names when an organisation moves the edges. */
export type AgeingEdges = readonly [number, number, number];
export const USUAL_EDGES: AgeingEdges = [30, 60, 90];

export interface AgeingEntry {
  readonly bucket: AgeingBucket;
  readonly figure: Amount;
  readonly count: number;
}

/** @see domain rule A3 */
export function bucketOf(
  item: Pick<OpenItem, 'dueDate'>,
  today: CalendarDay,
  edges: AgeingEdges = USUAL_EDGES,
): AgeingBucket {
  if (item.dueDate === null) return 'undated';
  const days = daysOverdue(item, today);
  if (days === 0) return 'not_due';
  if (days <= edges[0]) return 'days_1_30';
  if (days <= edges[1]) return 'days_31_60';
  return days <= edges[2] ? 'days_61_90' : 'over_90';
}

/** Every bucket, in order. The late ones add up to overdue and all of them to open, to the last minor unit. */
export function ageing(
  items: readonly OpenItem[],
  { headline, today, edges = USUAL_EDGES }: { headline: Headline; today: CalendarDay; edges?: AgeingEdges },
): readonly AgeingEntry[] {
  const entries = AGEING_BUCKETS.map((bucket): AgeingEntry => {
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
