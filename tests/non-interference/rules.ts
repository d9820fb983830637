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
  documentBalance: ['documents'],
  suggestions: ['documents'],
  dealCollected: ['invoiced'],
  leftToInvoice: ['dealAmount', 'invoiced'],
  overInvoiced: ['leftToInvoice', 'dealAmount', 'invoiced'],
};

/** What a row says of itself to everybody who sees it, and which of its amounts it is asked about. */
export interface Row {
  readonly type: Type;
  readonly status: string;
}
type Column = 'total' | 'balance';

const OWED = ['sent', 'part_paid', 'due_today', 'overdue'];
const PAID = ['part_paid', 'due_today', 'overdue', 'paid', 'written_off'];

/**
 * What a reader of the list could add up to get a figure: the other way round than the server has it, from what each
 * figure means. Whoever may not know the sum may not know the parts.
 * @see domain rules A1–A7
 */
const SUM_OF: Partial<Readonly<Record<FigureId, (row: Row, column: Column) => boolean>>> = {
  // balances, or totals where nothing was paid yet
  open: ({ type, status }, column) => type === 'invoice' && (column === 'balance' || OWED.includes(status)),
  overdue: ({ type, status }, column) => type === 'invoice' && (column === 'balance' || status === 'overdue'),
  ageing: ({ type, status }, column) => type === 'invoice' && (column === 'balance' || OWED.includes(status)),
  // payments; or what of an invoice is no longer owed
  collected: ({ type, status }, column) =>
    column === 'total' && (type === 'payment' || (type === 'invoice' && PAID.includes(status))),
  dealCollected: ({ type, status }, column) =>
    column === 'total' && type === 'invoice' && PAID.includes(status),
  lastPaymentAmount: ({ type }, column) => column === 'total' && type === 'payment',
  invoicedNet: ({ type }, column) => column === 'total' && (type === 'invoice' || type === 'credit_note'),
  invoiced: ({ type }, column) => column === 'total' && type === 'invoice',
  quoted: ({ type }, column) => column === 'total' && (type === 'estimate' || type === 'sales_order'),
  writtenOff: ({ type, status }, column) =>
    column === 'total' && type === 'invoice' && status === 'written_off',
  // what can still be used; all of a credit note, and of a payment in advance
  unusedCredits: ({ type, status }, column) =>
    type === 'credit_note' || (type === 'payment' && (column === 'balance' || status === 'advance')),
  unusedRetainers: ({ type, status }, column) =>
    type === 'payment' && (column === 'balance' || status === 'advance'),
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
  return strictest([granted(rule, figure), ...inputs]);
}

/** The most a rule can be meant to show of an amount in a row: no more than of any sum it is in. */
export function mostSeenOf(rule: Rule, row: Row, column: Column): Level {
  const sums = (Object.keys(SUM_OF) as FigureId[]).filter((figure) => SUM_OF[figure]?.(row, column)); // safe because the keys are figures
  const own = mostSeen(rule, column === 'total' ? 'documentTotal' : 'documentBalance');
  return strictest([own, ...sums.map((figure) => granted(rule, figure))]);
}

const strictest = (levels: readonly Level[]): Level =>
  ORDER.find((level) => levels.includes(level)) ?? 'hidden';

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
