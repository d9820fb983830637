import type { Freshness } from '../contract/customer-360.ts';
import { DocumentType } from '../contract/figures.ts';
import type { Amount } from '../domain/amount.ts';
import { appliedParts } from '../domain/applied-parts.ts';
import type { CustomerBook, Invoice } from '../domain/documents.ts';
import { mattering } from '../domain/mattering-warnings.ts';
import { mayHideRefunds } from '../domain/payments.ts';
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

/**
 * Words of documents that are not seen, or may not be, stay here. A warning begins with its kind of document. That a rate
 * is missing, or is not the booked one, tells of another currency: only amounts that are told themselves have a rate.
 */
export function warningsSeen(
  { warnings, figures, ladder }: Pick<LinkedRaw, 'warnings' | 'figures' | 'ladder'>,
  policy: Policy,
): string[] {
  if (policy.onlyVisibleDeals) return [];
  const told = (figure: FigureId, amount: Amount): Amount =>
    atLeast(policy.levels[figure], 'band') ? amount : NOT_TOLD;
  const amounts = {
    open: told('open', figures.open),
    collected: told('collected', figures.collected),
    invoicedNet: told('invoicedNet', figures.invoicedNet),
  };
  const rungs = ladder && {
    quoted: told('quoted', ladder.quoted),
    invoiced: told('invoiced', ladder.invoiced),
  };
  const tellsAmounts = [...Object.values(amounts), ...Object.values(rungs ?? {})].some(
    (amount) => amount !== NOT_TOLD,
  );
  const hidden = DocumentType.options.filter((type) => !isUsed(policy, type));
  const isAbout = (warning: string, type: DocumentType): boolean =>
    warning.startsWith(`${type}:`) || warning.startsWith(`${type}_`);
  return mattering(warnings, { figures: amounts, ladder: rungs }).filter(
    (warning) =>
      !hidden.some((type) => isAbout(warning, type)) &&
      (tellsAmounts || !warning.endsWith(':no_exchange_rate')),
  );
}

const NOT_TOLD: Amount = { known: false, reason: 'not_told' };

/** Rungs of a deal's ladder that tell, by their tax basis, whether the net amounts of its documents are known. */
const ON_TAX_BASIS: readonly FigureId[] = [
  'quoted',
  'invoiced',
  'dealCollected',
  'leftToInvoice',
  'overInvoiced',
];

interface Looker {
  /** As this person sees them. */
  readonly books: readonly CustomerBook[];
  readonly dealId: string | undefined;
  readonly policy: Policy;
  /** Whether a deal's figures are told without tax as soon as that is known; absent: they are. */
  readonly needsNet?: boolean;
}

/**
 * What is still to be read of what is shown to somebody. That something else waits to be read tells that it is there, so
 * a part counts only if a document they see, or a figure that says itself what it lacks, depends on it. A grade says
 * nothing of that kind: whoever sees no more is not told that it may change.
 */
export function missingSeen(missing: Missing, looker: Looker): Missing {
  const { books, dealId, policy, needsNet = true } = looker;
  const { levels } = policy;
  const isOf: Readonly<Record<Missing[number], () => boolean>> = {
    quotes: () => isUsed(policy, 'estimate'),
    sales_orders: () => isUsed(policy, 'sales_order'),
    expenses: () => isUsed(policy, 'expense'),
    refunds: () => listsNotes(looker) || (atLeast(levels.collected, 'band') && books.some(mayHideRefunds)),
    tax_split: () =>
      needsNet &&
      ON_TAX_BASIS.some((figure) => levels[figure] !== 'hidden') &&
      books.some(({ invoices, estimates, salesOrders }) =>
        [...invoices, ...(estimates ?? []), ...(salesOrders ?? [])].some(
          (row) => row.dealId === dealId && row.net === null,
        ),
      ),
    payment_split: () =>
      (atLeast(levels.paymentSpeed, 'band') && books.some((book) => appliedParts(book).unsplit.length > 0)) ||
      (atLeast(levels.dealCollected, 'band') && books.some((book) => isUnsplitOn(book, dealId))),
  };
  return missing.filter((part) => isOf[part]());
}

const listsNotes = ({ books, policy: { levels, documentTypes } }: Looker): boolean =>
  levels.documents !== 'hidden' &&
  documentTypes.has('credit_note') &&
  books.some(({ creditNotes }) => creditNotes.length > 0);

/** Whether what was collected on the deal has to be taken from its invoices for now. */
function isUnsplitOn(book: CustomerBook, dealId: string | undefined): boolean {
  const isOnDeal = (invoice: Invoice): boolean =>
    invoice.dealId === dealId || (invoice.shares ?? []).some((share) => share.dealId === dealId);
  const onDeal = new Set(book.invoices.filter(isOnDeal).map(({ number }) => number));
  return appliedParts(book).unsplit.some(({ invoiceNumbers }) =>
    invoiceNumbers.some((number) => onDeal.has(number)),
  );
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
