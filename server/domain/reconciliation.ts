import type { CustomerBook, CustomerId } from './documents.ts';
import { invoiceInScope } from './in-scope.ts';
import type { Money } from './money.ts';
import { absolute, compare, isZero, minorUnit, rounded, subtract, sum, times } from './money.ts';
import { type Settlement, settlement } from './reconciliation-settlement.ts';

/**
 * Our documents held against the total Books keeps for the customer, and against what settled them.
 * @see domain rule A0.7
 */
export type CustomerReconciliation = {
  readonly customerId: CustomerId;
  /** The half that looks at payments and credits: checked only as far as everything it needs has been read. */
  readonly settlement: Settlement;
} & (
  | { readonly state: 'ties' }
  /** `difference` = ours − Books', in the customer's currency; that of the receivable where both halves differ. */
  | { readonly state: 'differs'; readonly difference: Money }
  | { readonly state: 'unknown' }
);

/**
 * Ties when Σ balances + outstanding opening balance is Books' receivable, within one minor unit per document, and
 * the settlement does not differ. Where the edition does not tell the opening balance, none is assumed: if there is
 * one, it shows as the difference, which is the truth about what we can account for. Unknown only when balances are
 * not in the customer's own currency.
 */
export function reconciliation(book: CustomerBook): CustomerReconciliation {
  const { id: customerId, currency, outstandingOpeningBalance, outstandingReceivable } = book.customer;
  const settled = settlement(book);
  const balances = book.invoices.filter(invoiceInScope).map(({ balance }) => balance);
  const items = [...balances, ...(outstandingOpeningBalance ? [outstandingOpeningBalance] : [])].filter(
    (item) => !isZero(item),
  );
  if (items.some((item) => item.currency !== currency))
    return { customerId, settlement: settled, state: 'unknown' };
  const difference = subtract(sum(currency, items), outstandingReceivable);
  const tolerance = times(minorUnit(currency), items.length);
  if (compare(absolute(difference), tolerance) > 0)
    return { customerId, settlement: settled, state: 'differs', difference: rounded(difference) };
  return settled.state === 'differs'
    ? { customerId, settlement: settled, state: 'differs', difference: settled.difference }
    : { customerId, settlement: settled, state: 'ties' };
}
