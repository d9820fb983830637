import type { CalendarDay } from './calendar-day.ts';
import { usualScale } from './currency-scale.ts';
import type { CurrencyCode, DecimalText, Money } from './money.ts';
import { exceeds, money, times, toPlaces } from './money.ts';

type Grade = 'on_hold' | 'needs_finance_approval' | 'pays_late' | 'good_payer' | 'new';

/** Days and counts, never amounts: people who may not see money may see the grade. @see domain rule A6 */
type VerdictReason =
  | { readonly code: 'overdue_long' | 'overdue_some'; readonly oldestDays: number; readonly count: number }
  | { readonly code: 'pays_late_on_average' | 'pays_on_time'; readonly days: number }
  | { readonly code: 'over_credit_limit' | 'written_off_recently' | 'nothing_overdue' }
  | { readonly code: 'little_history'; readonly paidInvoices: number };

export interface Verdict {
  readonly grade: Grade;
  /** At most two, the weightiest first. */
  readonly reasons: readonly VerdictReason[];
  readonly computedOn: CalendarDay;
}

/** Settings of the organisation. */
export interface GradeThresholds {
  /** Overdue for more days than this needs approval, when the amount matters. */
  readonly overdueLongDays: number;
  /** Overdue for more days than this is late, whatever the amount. */
  readonly overdueSomeDays: number;
  readonly approvalDaysLate: number;
  readonly lateDays: number;
  /** What matters: this percentage of the last twelve months' invoiced, or the floor if that is larger. */
  readonly materialityPercent: DecimalText;
  /** In the base currency it was set in; `null`, or in another base currency, takes the usual floor. */
  readonly materialityFloor: Money | null;
}

export const USUAL_THRESHOLDS: GradeThresholds = {
  overdueLongDays: 30,
  overdueSomeDays: 7,
  approvalDaysLate: 30,
  lateDays: 5,
  materialityPercent: '1',
  materialityFloor: null,
};

/** The floor where none is set: a hundred, in currencies of small units correspondingly more. */
export const usualFloor = (baseCurrency: CurrencyCode): Money =>
  times(money(baseCurrency, 100), usualScale(baseCurrency));

/** What the rule table looks at, boiled down so that no amount reaches it. */
export interface GradeFacts {
  readonly onHold: boolean;
  readonly overdueCount: number;
  readonly oldestOverdueDays: number;
  /** Invoices overdue for more than `overdueLongDays`, and whether together they matter. */
  readonly overdueLongCount: number;
  readonly overdueLongMatters: boolean;
  /** Including what is still unpaid; `null` when nothing was paid lately and nothing is overdue. */
  readonly daysLate: DecimalText | null;
  readonly overCreditLimit: boolean;
  readonly writtenOffRecently: boolean;
  readonly enoughHistory: boolean;
  readonly paidInvoices: number;
}

/** First match wins. A rule table with reasons, not a score. @see domain rule A6 */
export function payerGrade(
  facts: GradeFacts,
  { today, thresholds = USUAL_THRESHOLDS }: { today: CalendarDay; thresholds?: GradeThresholds },
): Verdict {
  const needsApproval = approvalReasons(facts, thresholds);
  const late = lateReasons(facts, thresholds);
  const verdict = (grade: Grade, reasons: readonly VerdictReason[]): Verdict => ({
    grade,
    reasons: firstOfEach(reasons).slice(0, 2),
    computedOn: today,
  });
  if (facts.onHold) return verdict('on_hold', [...needsApproval, ...late]);
  if (needsApproval.length > 0) return verdict('needs_finance_approval', [...needsApproval, ...late]);
  if (late.length > 0) return verdict('pays_late', [...late, ...overdueNow(facts)]);
  if (facts.enoughHistory) return verdict('good_payer', [...onTime(facts), ...overdueNow(facts)]);
  return verdict('new', [{ code: 'little_history', paidInvoices: facts.paidInvoices }, ...overdueNow(facts)]);
}

function approvalReasons(facts: GradeFacts, thresholds: GradeThresholds): readonly VerdictReason[] {
  const reasons: VerdictReason[] = [];
  if (facts.overdueLongMatters) {
    reasons.push({
      code: 'overdue_long',
      oldestDays: facts.oldestOverdueDays,
      count: facts.overdueLongCount,
    });
  }
  if (facts.daysLate !== null && exceeds(facts.daysLate, thresholds.approvalDaysLate))
    reasons.push(lateOnAverage(facts.daysLate));
  if (facts.overCreditLimit) reasons.push({ code: 'over_credit_limit' });
  if (facts.writtenOffRecently) reasons.push({ code: 'written_off_recently' });
  return reasons;
}

function lateReasons(facts: GradeFacts, thresholds: GradeThresholds): readonly VerdictReason[] {
  const reasons: VerdictReason[] = [];
  if (facts.oldestOverdueDays > thresholds.overdueSomeDays) reasons.push(overdueSome(facts));
  if (facts.daysLate !== null && exceeds(facts.daysLate, thresholds.lateDays))
    reasons.push(lateOnAverage(facts.daysLate));
  return reasons;
}

const onTime = ({ daysLate }: GradeFacts): readonly VerdictReason[] =>
  daysLate === null ? [] : [{ code: 'pays_on_time', days: wholeDays(daysLate) }];

const overdueNow = (facts: GradeFacts): readonly VerdictReason[] =>
  facts.overdueCount > 0 ? [overdueSome(facts)] : [{ code: 'nothing_overdue' }];

const overdueSome = ({ oldestOverdueDays, overdueCount }: GradeFacts): VerdictReason => ({
  code: 'overdue_some',
  oldestDays: oldestOverdueDays,
  count: overdueCount,
});

const lateOnAverage = (days: DecimalText): VerdictReason => ({
  code: 'pays_late_on_average',
  days: wholeDays(days),
});

const wholeDays = (days: DecimalText): number => Number(toPlaces(days, 0));

/** One reason per subject: the long overdue ones say more than "something is overdue". */
function firstOfEach(reasons: readonly VerdictReason[]): readonly VerdictReason[] {
  const subject = ({ code }: VerdictReason): string => (code === 'overdue_long' ? 'overdue_some' : code);
  return reasons.filter(
    (reason, at) => reasons.findIndex((other) => subject(other) === subject(reason)) === at,
  );
}
