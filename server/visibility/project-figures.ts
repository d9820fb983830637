import type { CustomerFigures, DealLadder } from '../contract/customer-360.ts';
import type {
  AgeingEntry,
  DocumentRow,
  LastPayment,
  MoneyFigure,
  PaymentSpeed,
  Reconciliation,
} from '../contract/figures.ts';
import type { Amount, Caveat } from '../domain/amount.ts';
import type { CustomerFiguresRaw } from '../domain/customer-figures.ts';
import type { DealLadderRaw } from '../domain/deal-ladder.ts';
import type { DocumentRowRaw } from '../domain/document-list.ts';
import type { Money } from '../domain/money.ts';
import { isZero, rounded, sum, toPlaces } from '../domain/money.ts';
import type { Speed } from '../domain/payment-speed.ts';
import { bandOf } from './bands.ts';
import { balanceLevel, tellsDaysLate, totalLevel } from './columns.ts';
import type { FigureId } from './figures.ts';
import { leftInRanges } from './left-to-invoice.ts';
import { atLeast, type Level } from './levels.ts';
import type { Policy } from './policy.ts';
import type { DocumentHref } from './raw.ts';
import { verdictAt } from './verdict-at.ts';

/** What of a policy decides how a figure looks. */
export type Eyes = Pick<Policy, 'levels' | 'grants' | 'bands'>;

/** Each figure at its level; hidden ones are not there at all. */
export function projectFigures(raw: CustomerFiguresRaw, eyes: Eyes): CustomerFigures {
  const { levels } = eyes;
  const amount = (figure: FigureId, value: Amount): MoneyFigure | undefined => moneyAt(eyes, figure, value);
  return present({
    verdict: verdictAt(levels, raw),
    overdue: amount('overdue', raw.overdue),
    overdueCount: exactly(levels.overdueCount, raw.overdueCount),
    oldestOverdueDays: exactly(levels.oldestOverdueDays, raw.oldestOverdueDays),
    open: amount('open', raw.open),
    openCount: exactly(levels.openCount, raw.openCount),
    collected: amount('collected', raw.collected),
    invoicedNet: amount('invoicedNet', raw.invoicedNet),
    unusedCredits: amount('unusedCredits', raw.unusedCredits),
    unusedRetainers: amount('unusedRetainers', raw.unusedRetainers),
    netExposure: amount('netExposure', raw.netExposure),
    writtenOff: amount('writtenOff', raw.writtenOff),
    lastPayment: lastPaymentAt(eyes, raw),
    ageing: seen(levels.ageing) ? ageingAt(eyes, raw) : undefined,
    paymentSpeed: speedAt(levels.paymentSpeed, raw),
    reconciliation: reconciliationAt(eyes, raw),
  });
}

/** Rungs that documents on the deal make up, or that come from those. */
const FROM_DOCUMENTS = ['quoted', 'invoiced', 'dealCollected', 'leftToInvoice', 'overInvoiced'] as const;

export function projectLadder(raw: DealLadderRaw, eyes: Eyes): DealLadder {
  const { levels } = eyes;
  return present({
    stage: raw.stage,
    // What tax basis is possible depends on the documents on the deal.
    basis: FROM_DOCUMENTS.some((figure) => seen(levels[figure])) ? raw.basis : raw.amountBasis,
    amountWithTax: raw.amountBasis === 'tax_included' ? true : undefined,
    dealAmount: moneyAt(eyes, 'dealAmount', raw.dealAmount),
    quoted: moneyAt(eyes, 'quoted', raw.quoted),
    invoiced: moneyAt(eyes, 'invoiced', raw.invoiced),
    collected: moneyAt(eyes, 'dealCollected', raw.collected),
    ...leftAt(raw, eyes),
  });
}

/** What is left, and whether too much is invoiced: never more than what this person sees of both amounts tells. */
function leftAt(raw: DealLadderRaw, eyes: Eyes): Pick<DealLadder, 'leftToInvoice' | 'overInvoiced'> {
  const { levels } = eyes;
  const { dealAmount, invoiced, leftToInvoice } = raw;
  const told = (left: MoneyFigure | undefined, over: boolean | null) => ({
    leftToInvoice: seen(levels.leftToInvoice) ? left : undefined,
    overInvoiced: seen(levels.overInvoiced) ? (over ?? undefined) : undefined,
  });
  const areExact = levels.dealAmount === 'exact' && levels.invoiced === 'exact';
  if (areExact || !dealAmount.known || !invoiced.known || !leftToInvoice.known)
    return told(moneyAt(eyes, 'leftToInvoice', leftToInvoice), raw.overInvoiced);
  // Nothing is invoiced, which everybody sees: what is left is the deal's amount.
  if (isZero(invoiced.money))
    return told(
      moneyAt(eyes, 'leftToInvoice', leftToInvoice),
      levels.dealAmount === 'status' ? null : raw.overInvoiced,
    );
  const { left, over } = leftInRanges({ dealAmount: dealAmount.money, invoiced: invoiced.money }, eyes);
  if (left === null) return told({ level: 'unknown', reason: 'ranges_overlap' }, over);
  if (left === 'some') return told({ level: 'status', status: 'some' }, over);
  return told({ level: 'band', band: left, ...notedOf(leftToInvoice.caveats) }, over);
}

export function projectRow(row: DocumentRowRaw, eyes: Eyes, href?: DocumentHref): DocumentRow {
  // Of a late document the due date says how late it is.
  const timed = row.daysOverdue === null || tellsDaysLate(eyes);
  return present({
    type: row.type,
    id: row.id,
    number: row.number,
    date: row.date,
    dueDate: timed ? (row.dueDate ?? undefined) : undefined,
    daysOverdue: timed ? (row.daysOverdue ?? undefined) : undefined,
    status: row.status,
    dealId: row.dealId ?? undefined,
    total: totalAt(totalLevel(eyes, row), row.total, eyes.bands),
    balance:
      row.balance === null
        ? undefined
        : moneyAtLevel(balanceLevel(eyes, row), single(row.balance), eyes.bands),
    href: href?.(row),
  });
}

/** That a document has a total says nothing of it: below a range there is none. What is still open of it is another matter. */
const totalAt = (level: Level, total: Money, bands: Eyes['bands']): MoneyFigure | undefined =>
  level === 'status' ? undefined : moneyAtLevel(level, single(total), bands);

const moneyAt = ({ levels, bands }: Eyes, figure: FigureId, amount: Amount): MoneyFigure | undefined =>
  moneyAtLevel(levels[figure], amount, bands);

/** The one way an amount takes a form for somebody's eyes. */
function moneyAtLevel(level: Level, amount: Amount, bands: Eyes['bands']): MoneyFigure | undefined {
  if (level === 'hidden') return undefined;
  if (!amount.known) return { level: 'unknown', reason: amount.reason };
  const { money, caveats, byCurrency } = amount;
  const noted = notedOf(caveats);
  switch (level) {
    case 'status':
      return statusOf(money);
    case 'band':
      // Whoever may see a band may see whether there is anything, and nothing is not "under 1,000".
      return isZero(money) ? statusOf(money) : { level: 'band', band: bandOf(money, bands), ...noted };
    case 'exact':
      return {
        level: 'exact',
        money: rounded(money),
        ...noted,
        ...(byCurrency.length > 0 ? { byCurrency: [...byCurrency] } : {}),
      };
  }
}

const notedOf = (caveats: readonly Caveat[]): { caveats?: Caveat[] } =>
  caveats.length > 0 ? { caveats: [...caveats] } : {};

const statusOf = (money: Money): MoneyFigure => ({
  level: 'status',
  status: isZero(money) ? 'none' : 'some',
});

const single = (money: Money): Amount => ({ known: true, money, caveats: [], byCurrency: [] });

const seen = (level: Level): boolean => level !== 'hidden';

const exactly = (level: Level, value: number): number | undefined => (level === 'exact' ? value : undefined);

function lastPaymentAt(eyes: Eyes, { lastPayment }: CustomerFiguresRaw): LastPayment | undefined {
  if (eyes.levels.lastPaymentDate !== 'exact') return undefined;
  if (lastPayment.state === 'none') return { level: 'none' };
  const { date, ageDays } = lastPayment;
  return present({
    level: 'known' as const,
    date,
    ageDays,
    amount: moneyAt(eyes, 'lastPaymentAmount', single(lastPayment.amount)),
  });
}

function ageingAt(eyes: Eyes, { ageing }: CustomerFiguresRaw): AgeingEntry[] {
  return ageing.flatMap(({ bucket, figure, count }) => {
    const shown = moneyAt(eyes, 'ageing', figure);
    return shown ? [present({ bucket, figure: shown, count: exactly(eyes.levels.ageingCounts, count) })] : [];
  });
}

function speedAt(level: Level, { paymentSpeed }: CustomerFiguresRaw): PaymentSpeed | undefined {
  if (!atLeast(level, 'band')) return undefined;
  const places = level === 'exact' ? 2 : 0;
  const view = (speed: Speed | null): PaymentSpeed['allTime'] =>
    speed && {
      daysToPay: toPlaces(speed.daysToPay, places),
      daysLate: toPlaces(speed.daysLate, places),
      daysLateEarlyAsZero: toPlaces(speed.daysLateEarlyAsZero, places),
      daysLateIncludingUnpaid: toPlaces(speed.daysLateIncludingUnpaid, places),
      paidInvoices: speed.paidInvoices,
    };
  return {
    lastTwelveMonths: view(paymentSpeed.lastTwelveMonths),
    allTime: view(paymentSpeed.allTime),
    enoughHistory: paymentSpeed.enoughHistory,
    unsplitPayments: paymentSpeed.unsplitPayments,
  };
}

/** One customer that differs is enough. Several in one currency are told as their sum, in several without an amount. */
function reconciliationAt(eyes: Eyes, { reconciliation }: CustomerFiguresRaw): Reconciliation | undefined {
  if (!seen(eyes.levels.reconciliation)) return undefined;
  const differences = reconciliation.flatMap((of) => (of.state === 'differs' ? [of.difference] : []));
  const [first] = differences;
  if (!first) {
    return reconciliation.some(({ state }) => state === 'unknown')
      ? { level: 'unknown', reason: 'mixed_currencies' }
      : { level: 'ties' };
  }
  const oneCurrency = differences.every(({ currency }) => currency === first.currency);
  const difference: Amount = oneCurrency
    ? single(sum(first.currency, differences))
    : { known: false, reason: 'mixed_currencies' };
  return present({
    level: 'differs' as const,
    difference: moneyAt(eyes, 'reconciliationDifference', difference),
  });
}

/** Leaves out what is not there, so that hidden and never mentioned are the same bytes. */
function present<Shape extends object>(shape: Shape): Shape {
  return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as Shape; // safe because only undefined members, all optional, go
}
