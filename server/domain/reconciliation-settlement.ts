import { appliedParts, settledOf } from './applied-parts.ts';
import type { CustomerBook } from './documents.ts';
import { creditNoteInScope, invoiceInScope } from './in-scope.ts';
import type { Money } from './money.ts';
import { absolute, compare, isPositive, isZero, minorUnit, rounded, subtract, sum, times } from './money.ts';

/** What would have to be known for the check, and is not. */
type MissingPart =
  /** How payments were spread over invoices is on their own pages, not read yet or not told. */
  | 'payment_splits'
  | 'credit_note_refunds'
  /** Books' lists do not tell tax that a customer withheld: what neither payments nor credits settled may be that. */
  | 'tax_withheld'
  /** Nor what the opening balance was: credits that no invoice lost may have gone there. */
  | 'opening_balance'
  | 'amounts_in_one_currency';

/** Whether what invoices lost is what payments and credits brought them. */
export type Settlement =
  | { readonly state: 'ties' }
  /** `difference`: applied without an invoice that lost it, as a negative amount, in the customer's currency. */
  | { readonly state: 'differs'; readonly difference: Money }
  | { readonly state: 'not_checked'; readonly missing: MissingPart };

/**
 * The other half of the reconciliation, on invoices: Σ total − Σ balance − write-offs = payments applied + credits
 * applied, within one minor unit per document. Where a part is missing it is not checked, and says which.
 * @see domain rule A0.7
 */
export function settlement(book: CustomerBook): Settlement {
  const { currency } = book.customer;
  const invoices = book.invoices.filter(invoiceInScope);
  const credits = book.creditNotes.filter(creditNoteInScope);
  const payments = book.payments.filter(({ voided }) => !voided);
  const money = [
    ...invoices.map(({ total }) => total),
    ...credits.map(({ total }) => total),
    ...payments.map(({ amount }) => amount),
  ];
  if (money.some((one) => one.currency !== currency && !isZero(one)))
    return { state: 'not_checked', missing: 'amounts_in_one_currency' };
  const used = sum(
    currency,
    credits.map(({ total, unused }) => subtract(total, unused)),
  );
  if (isPositive(used) && book.creditNoteRefunds === null)
    return { state: 'not_checked', missing: 'credit_note_refunds' };
  const { parts, unsplit } = appliedParts(book);
  if (unsplit.length > 0) return { state: 'not_checked', missing: 'payment_splits' };

  const counting = new Set(credits.map(({ id }) => id));
  const refunded = (book.creditNoteRefunds ?? [])
    .filter(({ creditNoteId }) => counting.has(creditNoteId))
    .map(({ amount }) => amount);
  const credited = subtract(used, sum(currency, refunded));
  const paid = sum(
    currency,
    parts.map(({ amount }) => amount),
  );
  const settled = sum(currency, invoices.map(settledOf));
  const unexplained = subtract(subtract(settled, paid), credited);
  const tolerance = times(minorUnit(currency), money.length);
  if (compare(absolute(unexplained), tolerance) <= 0) return { state: 'ties' };
  if (isPositive(unexplained)) return { state: 'not_checked', missing: 'tax_withheld' };
  return compare(absolute(unexplained), credited) <= 0
    ? { state: 'not_checked', missing: 'opening_balance' }
    : { state: 'differs', difference: rounded(unexplained) };
}
