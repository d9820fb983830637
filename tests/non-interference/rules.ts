import type { FigureId, Level, PolicyRule } from '../../server/contract/policy.ts';
import type { Type } from './books-plan.ts';

/** What an administrator decided for the role of the person who asks; `null`: nothing. */
export type Rule = Omit<PolicyRule, 'role' | 'profile'> | null;

/**
 * Figures that can be worked out from others, or give them away, written down a second time: the server's own table is
 * among what is tested.
 */
const INPUTS: Partial<Readonly<Record<FigureId, readonly FigureId[]>>> = {
  netExposure: ['open', 'unusedCredits', 'unusedRetainers'],
  lastPaymentAmount: ['collected'],
  ageing: ['open', 'overdue'],
  ageingCounts: ['openCount', 'overdueCount'],
  reconciliationDifference: ['reconciliation', 'open'],
  documentTotal: ['documents'],
  documentBalance: ['documents', 'open', 'overdue'],
  suggestions: ['documents'],
  dealCollected: ['invoiced'],
  leftToInvoice: ['dealAmount', 'invoiced'],
  overInvoiced: ['dealAmount', 'invoiced'],
};

/** The set `sales`, written down a second time. A figure it does not name is shown exactly. */
const SALES: Partial<Readonly<Record<FigureId, Level>>> = {
  verdict: 'status',
  overdue: 'status',
  open: 'band',
  collected: 'band',
  invoicedNet: 'band',
  unusedCredits: 'band',
  unusedRetainers: 'band',
  netExposure: 'band',
  writtenOff: 'band',
  lastPaymentAmount: 'band',
  ageing: 'band',
  paymentSpeed: 'band',
  reconciliation: 'status',
  reconciliationDifference: 'hidden',
  documentTotal: 'band',
  documentBalance: 'status',
  suggestions: 'status',
  dealAmount: 'band',
  quoted: 'band',
  invoiced: 'band',
  dealCollected: 'band',
  leftToInvoice: 'band',
  overInvoiced: 'status',
};

const ORDER: readonly Level[] = ['hidden', 'status', 'band', 'exact'];

/** The most a rule can be meant to show of a figure. */
export function mostSeen(rule: Rule, figure: FigureId): Level {
  const inputs = (INPUTS[figure] ?? []).map((input) => mostSeen(rule, input));
  return [granted(rule, figure), ...inputs].reduce((strict, level) =>
    ORDER.indexOf(level) < ORDER.indexOf(strict) ? level : strict,
  );
}

function granted(rule: Rule, figure: FigureId): Level {
  const cell = rule?.levels[figure];
  if (cell !== undefined) return cell;
  switch (rule?.template ?? 'least') {
    case 'exact':
      return 'exact';
    case 'sales':
      return SALES[figure] ?? 'exact';
    case 'least':
      return figure === 'verdict' ? 'status' : 'hidden';
  }
}

export const hides = (rule: Rule, type: Type): boolean =>
  mostSeen(rule, 'documents') === 'hidden' || !(rule?.documentTypes?.includes(type) ?? true);
