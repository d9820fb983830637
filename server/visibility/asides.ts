import type { Freshness } from '../contract/customer-360.ts';
import { DocumentType } from '../contract/figures.ts';
import { appliedParts } from '../domain/applied-parts.ts';
import type { CustomerBook } from '../domain/documents.ts';
import type { FigureId } from './figures.ts';
import { atLeast } from './levels.ts';
import type { Policy } from './policy.ts';
import type { LinkedRaw } from './raw.ts';
import { isUsed } from './seen-books.ts';

/** What an answer says beside its figures and documents, which tells of documents all the same. */

type Missing = Freshness['missing'];

const IN_CURRENCY: readonly FigureId[] = [
  'overdue',
  'open',
  'collected',
  'invoicedNet',
  'unusedCredits',
  'unusedRetainers',
  'netExposure',
  'writtenOff',
  'ageing',
];

/** The currency of figures depends on documents; to whoever is told no amount it is that of the customers. */
export function currencyTold({ figures, customers }: LinkedRaw, { levels }: Policy): string {
  if (IN_CURRENCY.some((figure) => atLeast(levels[figure], 'band'))) return figures.currency;
  const [first, ...others] = customers;
  return first && others.every(({ currency }) => currency === first.currency)
    ? first.currency
    : figures.baseCurrency;
}

/** Words of documents that are not seen, or may not be, stay here. A warning begins with its kind of document. */
export function warningsSeen(warnings: readonly string[], policy: Policy): string[] {
  if (policy.onlyVisibleDeals) return [];
  const hidden = DocumentType.options.filter((type) => !isUsed(policy, type));
  const isAbout = (warning: string, type: DocumentType): boolean =>
    warning.startsWith(`${type}:`) || warning.startsWith(`${type}_`);
  return warnings.filter((warning) => !hidden.some((type) => isAbout(warning, type)));
}

/**
 * What is still to be read of the documents somebody sees; that others wait to be read tells that they are there.
 * @param books as this person sees them
 */
export function missingSeen(
  missing: Missing,
  { books, dealId, policy }: { books: readonly CustomerBook[]; dealId: string | undefined; policy: Policy },
): Missing {
  const isOf: Readonly<Record<Missing[number], () => boolean>> = {
    quotes: () => isUsed(policy, 'estimate'),
    sales_orders: () => isUsed(policy, 'sales_order'),
    expenses: () => isUsed(policy, 'expense'),
    refunds: () => books.some(({ creditNotes }) => creditNotes.length > 0),
    tax_split: () =>
      books.some(({ invoices, estimates, salesOrders }) =>
        [...invoices, ...(estimates ?? []), ...(salesOrders ?? [])].some(
          (row) => row.dealId === dealId && row.net === null,
        ),
      ),
    payment_split: () =>
      isUsed(policy, 'invoice') && books.some((book) => appliedParts(book).unsplit.length > 0),
  };
  return missing.filter((part) => isOf[part]());
}

/** The age of figures is nobody's secret, but still copied member by member. */
export const freshnessOf = (
  { state, knownGoodAt, refetchAfterSeconds, trouble, missing }: Freshness,
  { levels }: Policy,
): Freshness => ({
  state,
  knownGoodAt,
  ...(refetchAfterSeconds === undefined ? {} : { refetchAfterSeconds }),
  ...(trouble === undefined ? {} : { trouble }),
  missing: levels.documents === 'hidden' ? [] : [...missing],
});
