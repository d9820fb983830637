import type { CustomerBook } from '../domain/documents.ts';
import { creditNoteInScope } from '../domain/in-scope.ts';
import { absolute, compare, isZero, minorUnit, subtract, sum, times } from '../domain/money.ts';
import { reconciliation } from '../domain/reconciliation.ts';
import type { CustomerSnapshot } from './customer-snapshot.ts';
import { CREDIT_NOTES_REFUSED } from './read-customer.ts';

/**
 * Whether our documents come to what Books itself says of the customer: what is owed, and what is not yet used of
 * credit notes and payments. What cannot be compared differs from nothing.
 * @see domain rule A0.7
 */
export function tiesWithBooks({ book, warnings }: Pick<CustomerSnapshot, 'book' | 'warnings'>): boolean {
  if (reconciliation(book).state === 'differs') return false;
  return warnings.includes(CREDIT_NOTES_REFUSED) || creditsTie(book);
}

function creditsTie({ customer, creditNotes, payments }: CustomerBook): boolean {
  const { currency, unusedCredits } = customer;
  const parts = [
    ...creditNotes.filter(creditNoteInScope).map(({ unused }) => unused),
    ...payments.filter(({ voided }) => !voided).map(({ unused }) => unused),
  ].filter((part) => !isZero(part));
  if (parts.some((part) => part.currency !== currency)) return true;
  const difference = subtract(sum(currency, parts), unusedCredits);
  return compare(absolute(difference), times(minorUnit(currency), parts.length)) <= 0;
}
