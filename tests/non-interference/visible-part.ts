import type { Customer360, DealLadder, DocumentsPage } from '../../server/contract/customer-360.ts';
import type { DocumentRow, MoneyFigure } from '../../server/contract/figures.ts';
import type { LinkPreview } from '../../server/contract/links.ts';
import type { FigureId, Level } from '../../server/contract/policy.ts';
import { mostSeen, mostSeenOf, type Rule } from './rules.ts';

/**
 * What a rule lets its role know, cut by hand out of what an administrator sees exactly. Two states whose visible
 * parts are equal must be equal to that role in every byte.
 */
export function visiblePart(answer: Customer360 | DocumentsPage | LinkPreview, rule: Rule): unknown {
  const level = (figure: FigureId): Level => mostSeen(rule, figure);
  const money = (figure: FigureId, value: MoneyFigure | undefined): unknown => coarse(level(figure), value);
  const whole = (figure: FigureId, value: unknown): unknown =>
    level(figure) === 'exact' ? value : undefined;
  const row = ({ total, balance, daysOverdue, dueDate, ...plain }: DocumentRow): unknown => ({
    ...plain,
    ...(daysOverdue === undefined || level('oldestOverdueDays') === 'exact' ? { daysOverdue, dueDate } : {}),
    total: isTold(mostSeenOf(rule, plain, 'total'))
      ? coarse(mostSeenOf(rule, plain, 'total'), total)
      : undefined,
    balance: coarse(mostSeenOf(rule, plain, 'balance'), balance),
  });
  // Lateness orders the rows, for those who see it: for everybody else the order may say no more than the rows do.
  const rows = (all: readonly DocumentRow[]): readonly unknown[] =>
    (level('oldestOverdueDays') === 'exact' ? all : all.toSorted((a, b) => (a.id < b.id ? -1 : 1))).map(row);
  const listed = level('documents') !== 'hidden';
  if ('before' in answer) return [answer.before, answer.after].map((ladder) => ladderPart(ladder, level));
  if (!('state' in answer))
    return listed ? { ...answer, rows: rows(answer.rows), freshness: aged(answer) } : answer.page;

  if (answer.state === 'filling') return { ...answer, viewer: undefined };
  const ladder = answer.ladder && ladderPart(answer.ladder, level);
  if (answer.state === 'not_linked') {
    const suggestions = answer.suggestions.filter(
      ({ evidence }) =>
        level('suggestions') === 'exact' || (level('suggestions') !== 'hidden' && evidence === 'same_name'),
    );
    return { ...answer, viewer: undefined, suggestions, ladder };
  }
  const { figures } = answer;
  return {
    ...answer,
    viewer: undefined,
    hasTransactions: listed ? answer.hasTransactions : undefined,
    documents: listed ? { ...answer.documents, rows: rows(answer.documents.rows) } : undefined,
    warnings: listed ? answer.warnings : undefined,
    freshness: aged(answer),
    ladder,
    figures: {
      verdict: level('verdict') === 'hidden' ? undefined : verdictPart(figures, level),
      overdue: money('overdue', figures.overdue),
      overdueCount: whole('overdueCount', figures.overdueCount),
      oldestOverdueDays: whole('oldestOverdueDays', figures.oldestOverdueDays),
      open: money('open', figures.open),
      openCount: whole('openCount', figures.openCount),
      collected: money('collected', figures.collected),
      invoicedNet: money('invoicedNet', figures.invoicedNet),
      unusedCredits: money('unusedCredits', figures.unusedCredits),
      unusedRetainers: money('unusedRetainers', figures.unusedRetainers),
      netExposure: money('netExposure', figures.netExposure),
      writtenOff: money('writtenOff', figures.writtenOff),
      lastPayment: lastPaymentPart(figures, level),
      ageing: figures.ageing?.map(({ bucket, figure, count }) => ({
        bucket: level('ageing') === 'hidden' ? undefined : bucket,
        figure: money('ageing', figure),
        count: level('ageing') === 'hidden' ? undefined : whole('ageingCounts', count),
      })),
      paymentSpeed: speedPart(figures, level),
      reconciliation:
        figures.reconciliation?.level === 'differs'
          ? {
              level: level('reconciliation') === 'hidden' ? undefined : 'differs',
              difference: money('reconciliationDifference', figures.reconciliation.difference),
            }
          : level('reconciliation') === 'hidden'
            ? undefined
            : figures.reconciliation,
    },
  };
}

/** What is left, and whether too much is invoiced, is nothing but what the two amounts tell that it comes from. */
function ladderPart(ladder: DealLadder, level: LevelOf): unknown {
  const areExact = level('dealAmount') === 'exact' && level('invoiced') === 'exact';
  return {
    stage: ladder.stage,
    basis: FROM_DOCUMENTS.some((figure) => level(figure) !== 'hidden') ? ladder.basis : undefined,
    dealAmount: coarse(level('dealAmount'), ladder.dealAmount),
    quoted: coarse(level('quoted'), ladder.quoted),
    invoiced: coarse(level('invoiced'), ladder.invoiced),
    collected: coarse(level('dealCollected'), ladder.collected),
    leftToInvoice: areExact ? coarse(level('leftToInvoice'), ladder.leftToInvoice) : undefined,
    over: areExact && level('overInvoiced') !== 'hidden' ? ladder.overInvoiced : undefined,
  };
}

type Figures = Extract<Customer360, { state: 'linked' }>['figures'];
type LevelOf = (figure: FigureId) => Level;
const FROM_DOCUMENTS = ['quoted', 'invoiced', 'dealCollected', 'leftToInvoice', 'overInvoiced'] as const;

/** Lower ends of the bands in dollars. */
const EDGES = [1_000, 10_000, 50_000, 100_000, 500_000, 1_000_000, 5_000_000, 10_000_000];

function coarse(level: Level, value: MoneyFigure | undefined): unknown {
  if (level === 'hidden' || value === undefined) return undefined;
  if (value.level !== 'exact') return value;
  const amount = Number(value.money.amount);
  if (level === 'exact') return value;
  if (amount === 0 || level === 'status') return amount === 0 ? 'none' : 'some';
  // An edge belongs to the band whose lower end it is, also below zero.
  const signed = [...EDGES.map((edge) => -edge).reverse(), 0, ...EDGES];
  return { band: signed.filter((edge) => edge <= amount).length, caveats: value.caveats };
}

/** Days of an average, and totals of rows, are told from a band on. */
const isTold = (level: Level): boolean => level === 'band' || level === 'exact';

/** Whether something is being read for the administrator is no news to anybody else. */
const aged = ({ freshness: { state, knownGoodAt } }: Pick<DocumentsPage, 'freshness'>): unknown => ({
  state,
  knownGoodAt,
});

function verdictPart({ verdict }: Figures, level: LevelOf): unknown {
  return {
    grade: verdict?.grade,
    computedOn: verdict?.computedOn,
    reasons: verdict?.reasons.map((reason) => ({
      code: reason.code,
      oldest:
        'oldestDays' in reason && level('oldestOverdueDays') === 'exact' ? reason.oldestDays : undefined,
      count: 'count' in reason && level('overdueCount') === 'exact' ? reason.count : undefined,
      days: 'days' in reason && isTold(level('paymentSpeed')) ? reason.days : undefined,
      paid: 'paidInvoices' in reason && isTold(level('paymentSpeed')) ? reason.paidInvoices : undefined,
    })),
  };
}

function lastPaymentPart({ lastPayment }: Figures, level: LevelOf): unknown {
  if (level('lastPaymentDate') !== 'exact' || lastPayment?.level !== 'known')
    return level('lastPaymentDate') === 'exact' ? lastPayment : undefined;
  return { ...lastPayment, amount: coarse(level('lastPaymentAmount'), lastPayment.amount) };
}

function speedPart({ paymentSpeed }: Figures, level: LevelOf): unknown {
  const at = level('paymentSpeed');
  if (at === 'exact') return paymentSpeed;
  if (at !== 'band') return undefined;
  return JSON.parse(JSON.stringify(paymentSpeed ?? null), (_, value) =>
    typeof value === 'string' ? wholeDays(Number(value)) : value,
  );
}

/** What lies on the line between two days could be told either way: then the states are not taken for equal. */
const wholeDays = (days: number): number | string =>
  Math.abs((Math.abs(days) % 1) - 0.5) < 0.02 ? `${days}` : Math.round(days);
