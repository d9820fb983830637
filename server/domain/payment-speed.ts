import { type AppliedPart, appliedParts } from './applied-parts.ts';
import type { CalendarDay } from './calendar-day.ts';
import { daysBetween, isAfter, yearBefore } from './calendar-day.ts';
import type { CustomerBook } from './documents.ts';
import type { Entry, Headline } from './headline-currency.ts';
import { revalued } from './headline-currency.ts';
import { invoiceInScope } from './in-scope.ts';
import type { DecimalText, Money } from './money.ts';
import { isPositive, toPlaces, weightedMean } from './money.ts';
import { daysOverdue, openItems } from './receivables.ts';

/** Fewer paid invoices or a shorter time say nothing about a payer. @see domain rule A5 */
const ENOUGH_PAID_INVOICES = 3;
const ENOUGH_DAYS = 90;

/** Amount-weighted days with two decimals; late is positive, early negative. */
export interface Speed {
  readonly daysToPay: DecimalText;
  readonly daysLate: DecimalText;
  readonly daysLateEarlyAsZero: DecimalText;
  /** What is still unpaid counts as late so far. */
  readonly daysLateIncludingUnpaid: DecimalText;
  readonly paidInvoices: number;
}

export interface PaymentSpeed {
  /** `null`: nothing paid in that window. */
  readonly lastTwelveMonths: Speed | null;
  readonly allTime: Speed | null;
  readonly enoughHistory: boolean;
  /** Payments left out of the averages because their split over invoices has not been read. */
  readonly unsplitPayments: number;
  /** Unrounded, last twelve months, for the grade; `null` when nothing was paid and nothing is overdue. */
  readonly gradedDaysLate: DecimalText | null;
}

interface Weighed {
  readonly weight: Money;
  readonly paidAfter: number;
  readonly late: number;
}

/** @see domain rule A5 */
export function paymentSpeed(
  books: readonly CustomerBook[],
  headline: Headline,
  today: CalendarDay,
): PaymentSpeed {
  const applied = books.map(appliedParts);
  const parts = applied.flatMap((of) => of.parts);
  const recent = parts.filter(({ paidOn }) => isAfter(paidOn, yearBefore(today)));
  const unpaid = openItems(books)
    .map((item) => ({ weight: weightOf(item, headline), value: daysOverdue(item, today) }))
    .filter(isWeighed)
    .filter(({ value }) => value > 0);
  const late = weighed(recent, headline).map(({ weight, late: value }) => ({ weight, value }));
  return {
    lastTwelveMonths: speed(recent, unpaid, headline),
    allTime: speed(parts, unpaid, headline),
    enoughHistory: paidInvoices(parts) >= ENOUGH_PAID_INVOICES && daysKnown(books, today) >= ENOUGH_DAYS,
    unsplitPayments: applied.reduce((count, { unsplit }) => count + unsplit.length, 0),
    gradedDaysLate: weightedMean([...late, ...unpaid]),
  };
}

function speed(
  parts: readonly AppliedPart[],
  unpaid: readonly { readonly weight: Money; readonly value: number }[],
  headline: Headline,
): Speed | null {
  const paid = weighed(parts, headline);
  const mean = (days: (part: Weighed) => number): readonly { weight: Money; value: number }[] =>
    paid.map((part) => ({ weight: part.weight, value: days(part) }));
  const daysToPay = weightedMean(mean(({ paidAfter }) => paidAfter));
  const daysLate = weightedMean(mean(({ late }) => late));
  const earlyAsZero = weightedMean(mean(({ late }) => Math.max(0, late)));
  const includingUnpaid = weightedMean([...mean(({ late }) => late), ...unpaid]);
  if (daysToPay === null || daysLate === null || earlyAsZero === null || includingUnpaid === null)
    return null;
  return {
    daysToPay: toPlaces(daysToPay, 2),
    daysLate: toPlaces(daysLate, 2),
    daysLateEarlyAsZero: toPlaces(earlyAsZero, 2),
    daysLateIncludingUnpaid: toPlaces(includingUnpaid, 2),
    paidInvoices: paidInvoices(parts),
  };
}

/** An invoice without a due date can be neither early nor late: it is in none of the averages. */
function weighed(parts: readonly AppliedPart[], headline: Headline): readonly Weighed[] {
  return parts.flatMap(({ invoice, paidOn, amount, rate }) => {
    const weight = weightOf({ money: amount, rate }, headline);
    if (weight === null || invoice.dueDate === null) return [];
    return [
      { weight, paidAfter: daysBetween(invoice.date, paidOn), late: daysBetween(invoice.dueDate, paidOn) },
    ];
  });
}

const weightOf = (entry: Entry, headline: Headline): Money | null => revalued(entry, headline);

const isWeighed = (part: { weight: Money | null; value: number }): part is { weight: Money; value: number } =>
  part.weight !== null;

/** Invoices with nothing left to pay of which at least a part was paid in money. */
const paidInvoices = (parts: readonly AppliedPart[]): number =>
  new Set(parts.filter(({ invoice }) => !isPositive(invoice.balance)).map(({ invoice }) => invoice.id)).size;

/** Days since the first counting invoice. */
function daysKnown(books: readonly CustomerBook[], today: CalendarDay): number {
  const dates = books.flatMap(({ invoices }) => invoices.filter(invoiceInScope).map(({ date }) => date));
  return dates.reduce((longest, date) => Math.max(longest, daysBetween(date, today)), 0);
}
