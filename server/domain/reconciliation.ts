import type { CustomerBook, CustomerId } from './documents.ts';
import { invoiceInScope } from './in-scope.ts';
import type { Money } from './money.ts';
import { absolute, compare, isZero, minorUnit, rounded, subtract, sum, times } from './money.ts';

/** Our documents held against the total Books keeps for the customer. @see domain rule A0.7 */
export type CustomerReconciliation = { readonly customerId: CustomerId } & (
  | { readonly state: 'ties' }
  /** `difference` = ours − Books', in the customer's currency. */
  | { readonly state: 'differs'; readonly difference: Money }
  | { readonly state: 'unknown' }
);

/**
 * Ties when Σ balances + outstanding opening balance is Books' receivable, within one minor unit per document. Where
 * the edition does not tell the opening balance, none is assumed: if there is one, it shows as the difference, which
 * is the truth about what we can account for. Unknown only when balances are not in the customer's own currency.
 */
export function reconciliation({ customer, invoices }: CustomerBook): CustomerReconciliation {
  const { id: customerId, currency, outstandingOpeningBalance, outstandingReceivable } = customer;
  const balances = invoices.filter(invoiceInScope).map(({ balance }) => balance);
  const items = [...balances, ...(outstandingOpeningBalance ? [outstandingOpeningBalance] : [])].filter(
    (item) => !isZero(item),
  );
  if (items.some((item) => item.currency !== currency)) return { customerId, state: 'unknown' };
  const difference = subtract(sum(currency, items), outstandingReceivable);
  const tolerance = times(minorUnit(currency), items.length);
  return compare(absolute(difference), tolerance) <= 0
    ? { customerId, state: 'ties' }
    : { customerId, state: 'differs', difference: rounded(difference) };
}
