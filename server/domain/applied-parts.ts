import type { CalendarDay } from './calendar-day.ts';
import type { CustomerBook, DocumentId, Invoice, Payment } from './documents.ts';
import { invoiceInScope } from './in-scope.ts';
import type { DecimalText, Money } from './money.ts';
import { add, compare, isPositive, subtract, sum, zero } from './money.ts';

/** What one payment settled of one invoice. */
export interface AppliedPart {
  readonly invoice: Invoice;
  readonly paidOn: CalendarDay;
  readonly amount: Money;
  /** The payment's booked rate; `null` where nobody tells. */
  readonly rate: DecimalText | null;
}

export interface AppliedParts {
  readonly parts: readonly AppliedPart[];
  /** Payments whose split over invoices cannot be told from what has been read. */
  readonly unsplit: readonly Payment[];
}

/**
 * How payments were spread over counting invoices: as the payments' own pages say, else as far as the lists leave
 * only one answer. Nothing is guessed: what stays open is in `unsplit`.
 */
export function appliedParts(book: CustomerBook): AppliedParts {
  const payments = book.payments.filter(({ voided }) => !voided);
  const known: Known = {
    byId: new Map(book.invoices.map((invoice) => [invoice.id, invoice])),
    byNumber: new Map(book.invoices.map((invoice) => [invoice.number, invoice])),
    payers: countPayers(payments),
  };
  const splits = withoutExcess(payments.map((payment) => ({ payment, shares: sharesOf(payment, known) })));
  return {
    parts: splits.flatMap(({ payment, shares }) =>
      (shares ?? [])
        .filter(({ invoice, amount }) => invoiceInScope(invoice) && isPositive(amount))
        .map(({ invoice, amount }) => ({
          invoice,
          amount,
          paidOn: payment.date,
          rate: payment.exchangeRate,
        })),
    ),
    unsplit: splits.filter(({ shares }) => shares === null).map(({ payment }) => payment),
  };
}

interface Known {
  readonly byId: ReadonlyMap<DocumentId, Invoice>;
  readonly byNumber: ReadonlyMap<string, Invoice>;
  /** Invoice number → payments that name it. */
  readonly payers: ReadonlyMap<string, number>;
}

interface Share {
  readonly invoice: Invoice;
  readonly amount: Money;
}

interface Split {
  readonly payment: Payment;
  /** `null`: it cannot be told. */
  readonly shares: readonly Share[] | null;
}

/**
 * Payments may each fit an invoice and still be more than it lost when taken together: part of one of them went
 * elsewhere, and the lists do not say of which. Only what payments' own pages tell is then certain.
 */
function withoutExcess(splits: readonly Split[]): readonly Split[] {
  const taken = new Map<DocumentId, Money>();
  for (const { invoice, amount } of splits.flatMap(({ shares }) => shares ?? [])) {
    if (amount.currency !== invoice.total.currency) continue;
    taken.set(invoice.id, add(taken.get(invoice.id) ?? zero(amount.currency), amount));
  }
  const isExceeded = ({ invoice }: Share): boolean =>
    compare(taken.get(invoice.id) ?? zero(invoice.total.currency), settledOf(invoice)) > 0;
  return splits.map((split) =>
    split.payment.applications === null && split.shares?.some(isExceeded)
      ? { payment: split.payment, shares: null }
      : split,
  );
}

function sharesOf(payment: Payment, { byId, byNumber, payers }: Known): readonly Share[] | null {
  if (payment.applications) {
    return payment.applications.flatMap(({ invoiceId, amount }) => {
      const invoice = byId.get(invoiceId);
      return invoice ? [{ invoice, amount }] : [];
    });
  }
  // A refund is paid out of what was not applied, so both come off to get what was.
  const applied = subtract(subtract(payment.amount, payment.unused), payment.refunded);
  if (payment.invoiceNumbers.length === 0 || !isPositive(applied)) return [];
  const invoices = payment.invoiceNumbers
    .map((number) => byNumber.get(number))
    .filter((invoice) => invoice !== undefined);
  if (invoices.length < payment.invoiceNumbers.length) return null;
  if (invoices.some(({ total }) => total.currency !== payment.amount.currency)) return null;

  const [only, ...others] = invoices;
  // More than the invoice ever lost: the rest went elsewhere, e.g. to the opening balance.
  if (only && others.length === 0)
    return compare(applied, settledOf(only)) <= 0 ? [{ invoice: only, amount: applied }] : null;

  const alone = payment.invoiceNumbers.every((number) => payers.get(number) === 1);
  const shares = invoices.map((invoice) => ({ invoice, amount: settledOf(invoice) }));
  const inAll = sum(
    applied.currency,
    shares.map(({ amount }) => amount),
  );
  return alone && compare(inAll, applied) === 0 ? shares : null;
}

/** What payments and credits took off an invoice; write-offs settle nothing. */
export const settledOf = ({ total, balance, writtenOff }: Invoice): Money =>
  subtract(subtract(total, balance), writtenOff);

function countPayers(payments: readonly Payment[]): ReadonlyMap<string, number> {
  const payers = new Map<string, number>();
  for (const { invoiceNumbers } of payments) {
    for (const number of new Set(invoiceNumbers)) payers.set(number, (payers.get(number) ?? 0) + 1);
  }
  return payers;
}
