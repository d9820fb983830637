import type { Verdict, VerdictReason } from '../contract/figures.ts';
import type { CustomerFiguresRaw } from '../domain/customer-figures.ts';
import { atLeast } from './levels.ts';
import type { Policy } from './policy.ts';

type Levels = Policy['levels'];
type ReasonRaw = CustomerFiguresRaw['verdict']['reasons'][number];

/** The grade, and why; a number in a reason is a figure of its own and keeps that figure's level. */
export function verdictAt(levels: Levels, { verdict }: CustomerFiguresRaw): Verdict | undefined {
  if (levels.verdict === 'hidden') return undefined;
  return {
    grade: verdict.grade,
    reasons: verdict.reasons.map((reason) => reasonAt(levels, reason)),
    computedOn: verdict.computedOn,
  };
}

function reasonAt(levels: Levels, reason: ReasonRaw): VerdictReason {
  // Whole days, as the speed itself is told at this level.
  const speed = atLeast(levels.paymentSpeed, 'band');
  switch (reason.code) {
    case 'overdue_long':
    case 'overdue_some':
      return {
        code: reason.code,
        ...(levels.oldestOverdueDays === 'exact' ? { oldestDays: reason.oldestDays } : {}),
        ...(levels.overdueCount === 'exact' ? { count: reason.count } : {}),
      };
    case 'pays_late_on_average':
    case 'pays_on_time':
      return { code: reason.code, ...(speed ? { days: reason.days } : {}) };
    case 'little_history':
      return { code: reason.code, ...(speed ? { paidInvoices: reason.paidInvoices } : {}) };
    case 'over_credit_limit':
    case 'written_off_recently':
    case 'nothing_overdue':
      return { code: reason.code };
  }
}
