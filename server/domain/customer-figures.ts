import { type AgeingEntry, ageing } from './ageing.ts';
import type { Amount } from './amount.ts';
import { type CalendarDay, isBefore, yearBefore } from './calendar-day.ts';
import { isOverCreditLimit, netExposure, unusedCredits, unusedRetainers, writtenOff } from './credits.ts';
import { type Definitions, USUAL_DEFINITIONS } from './definitions.ts';
import type { CustomerBook } from './documents.ts';
import { type Headline, headlineOf, totalOf } from './headline-currency.ts';
import { creditNoteInScope, invoiceInScope } from './in-scope.ts';
import { invoicedGrossSince, invoicedNet } from './invoiced.ts';
import { type CurrencyCode, compare, isPositive, isZero, times } from './money.ts';
import {
  type GradeFacts,
  type GradeThresholds,
  payerGrade,
  usualFloor,
  type Verdict,
} from './payer-grade.ts';
import { type PaymentSpeed, paymentSpeed } from './payment-speed.ts';
import { collected, type LastPayment, lastPayment } from './payments.ts';
import {
  countInvoices,
  oldestOverdueDays,
  open,
  openItems,
  overdue,
  overdueMoreThan,
} from './receivables.ts';
import { type CustomerReconciliation, reconciliation } from './reconciliation.ts';

/** Every figure of one CRM record's customers, before anyone's rights are applied. */
export interface CustomerFiguresRaw {
  /** The customers' common currency, else the base currency. */
  readonly currency: CurrencyCode;
  readonly baseCurrency: CurrencyCode;
  /** False: no counting document, no payment and no opening balance ("No invoices yet"). */
  readonly hasTransactions: boolean;
  readonly verdict: Verdict;
  readonly overdue: Amount;
  readonly overdueCount: number;
  /** 0 when nothing is overdue. */
  readonly oldestOverdueDays: number;
  readonly open: Amount;
  readonly openCount: number;
  readonly collected: Amount;
  readonly invoicedNet: Amount;
  readonly unusedCredits: Amount;
  readonly unusedRetainers: Amount;
  readonly netExposure: Amount;
  readonly writtenOff: Amount;
  readonly lastPayment: LastPayment;
  readonly ageing: readonly AgeingEntry[];
  readonly paymentSpeed: PaymentSpeed;
  /** One per customer. */
  readonly reconciliation: readonly CustomerReconciliation[];
}

/** @param today the finance organisation's date. No books: the figures of somebody without transactions. */
export function customerFigures(
  books: readonly CustomerBook[],
  {
    today,
    baseCurrency,
    definitions: { ageingEdges, grade } = USUAL_DEFINITIONS,
  }: { today: CalendarDay; baseCurrency: CurrencyCode; definitions?: Definitions },
): CustomerFiguresRaw {
  const headline = headlineOf(books, baseCurrency);
  const items = openItems(books);
  const late = overdueMoreThan(0, items, today);
  const speed = paymentSpeed(books, headline, today);
  const facts = gradeFacts({ books, today, baseCurrency, speed, thresholds: grade });
  return {
    currency: headline.currency,
    baseCurrency,
    hasTransactions: books.some(hasTransactions),
    verdict: payerGrade(facts, { today, thresholds: grade }),
    overdue: overdue(items, headline, today),
    overdueCount: countInvoices(late),
    oldestOverdueDays: oldestOverdueDays(items, today),
    open: open(items, headline),
    openCount: countInvoices(items),
    collected: collected(books, headline),
    invoicedNet: invoicedNet(books, headline),
    unusedCredits: unusedCredits(books, headline),
    unusedRetainers: unusedRetainers(books, headline),
    netExposure: netExposure(books, headline),
    writtenOff: writtenOff(books, headline),
    lastPayment: lastPayment(books, today),
    ageing: ageing(items, { headline, today, edges: ageingEdges }),
    paymentSpeed: speed,
    reconciliation: books.map(reconciliation),
  };
}

const hasTransactions = ({ customer, invoices, creditNotes, payments }: CustomerBook): boolean =>
  invoices.some(invoiceInScope) ||
  creditNotes.some(creditNoteInScope) ||
  payments.some(({ voided }) => !voided) ||
  (customer.outstandingOpeningBalance !== null && !isZero(customer.outstandingOpeningBalance));

interface GradeQuestion {
  readonly books: readonly CustomerBook[];
  readonly today: CalendarDay;
  readonly baseCurrency: CurrencyCode;
  readonly speed: PaymentSpeed;
  readonly thresholds: GradeThresholds;
}

function gradeFacts({ books, today, baseCurrency, speed, thresholds }: GradeQuestion): GradeFacts {
  const items = openItems(books);
  const long = overdueMoreThan(thresholds.overdueLongDays, items, today);
  return {
    onHold: false, // finance cannot set a hold yet
    overdueCount: countInvoices(overdueMoreThan(0, items, today)),
    oldestOverdueDays: oldestOverdueDays(items, today),
    overdueLongCount: countInvoices(long),
    overdueLongMatters: matters(long, { books, today, baseCurrency, thresholds }),
    daysLate: speed.gradedDaysLate ?? speed.allTime?.daysLateIncludingUnpaid ?? null,
    overCreditLimit: isOverCreditLimit(books, baseCurrency),
    writtenOffRecently: books.some(({ invoices }) =>
      invoices.some((invoice) => wasWrittenOff(invoice, today)),
    ),
    enoughHistory: speed.enoughHistory,
    paidInvoices: speed.allTime?.paidInvoices ?? 0,
  };
}

/** In base currency, in which the floor is set and every invoice has a rate. Both sides include tax. @see domain rule A6 */
function matters(
  items: ReturnType<typeof openItems>,
  { books, today, baseCurrency, thresholds }: Omit<GradeQuestion, 'speed'>,
): boolean {
  if (items.length === 0) return false;
  const inBase: Headline = { currency: baseCurrency, baseCurrency, rate: null };
  const owed = totalOf(inBase, items);
  const invoiced = invoicedGrossSince(yearBefore(today), books, inBase);
  if (!owed.known || !invoiced.known) return true; // what cannot be weighed is left to finance
  const { materialityFloor: set, materialityPercent } = thresholds;
  const floor = set?.currency === baseCurrency ? set : usualFloor(baseCurrency);
  const share = times(times(invoiced.money, materialityPercent), '0.01');
  return compare(owed.money, compare(share, floor) > 0 ? share : floor) >= 0;
}

/** Lists do not date a write-off; it cannot be older than the invoice's due date allows, so that is what we go by. */
function wasWrittenOff(
  { status, writtenOff: lost, dueDate, date }: CustomerBook['invoices'][number],
  today: CalendarDay,
): boolean {
  const twoYearsAgo = yearBefore(yearBefore(today));
  return invoiceInScope({ status }) && isPositive(lost) && !isBefore(dueDate ?? date, twoYearsAgo);
}
