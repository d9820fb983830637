import { DocumentType } from '../contract/figures.ts';
import type {
  CreditNote,
  Customer,
  CustomerBook,
  DealId,
  Document,
  Invoice,
  Payment,
} from '../domain/documents.ts';
import { compare, zero } from '../domain/money.ts';
import { FIGURE_IDS, madeOf } from './figures.ts';
import type { Policy } from './policy.ts';

type Scope = Pick<Policy, 'levels' | 'documentTypes' | 'onlyVisibleDeals'>;

/** What is known of deals besides a policy. */
export interface DealsKnown {
  /** Deals this person may see in CRM. */
  readonly visible: ReadonlySet<string>;
  /** Types whose documents came without the word on their deal, so that no deal on them says nothing. */
  readonly untold: readonly DocumentType[];
}

const EVERYTHING: DealsKnown = { visible: new Set(), untold: [] };

/** Whether anything of documents of a type is shown: the documents themselves, or a figure made of them. */
export const isUsed = ({ levels, documentTypes }: Scope, type: DocumentType): boolean =>
  documentTypes.has(type) &&
  (levels.documents !== 'hidden' ||
    FIGURE_IDS.some((figure) => levels[figure] !== 'hidden' && madeOf(figure).includes(type)));

/** Whether nothing of any document is left out. */
export const seesAll = (scope: Scope): boolean =>
  !scope.onlyVisibleDeals && DocumentType.options.every((type) => isUsed(scope, type));

/** Deals whose visibility decides what this person is shown; none where deals do not matter. */
export function dealsToAskFor(books: readonly CustomerBook[], scope: Scope): readonly DealId[] {
  if (!scope.onlyVisibleDeals) return [];
  const documents = books.flatMap((book): readonly OnDeals[] => [
    ...book.invoices,
    ...book.creditNotes,
    ...(book.estimates ?? []),
    ...(book.salesOrders ?? []),
    ...(book.expenses ?? []),
  ]);
  return [...new Set(documents.flatMap(dealsOf))];
}

/**
 * The books as somebody sees them, before anything is computed: every figure, count, currency and order then depends on
 * nothing else. Documents of types nothing is shown of are not there.
 *
 * Where only visible deals count, a document goes when any deal on it may not be seen, and with it
 * - payments that settled any of it, or something that is not there: they cannot be split without telling the rest;
 * - credit notes used in part: Books' lists do not tell on which invoice;
 * - Books' own totals of the customer and the credit limit held against them, which are of all deals. What cannot do
 *   without these is hidden by the policy itself, whether or not anything was left out here.
 */
export function seenBooks(
  books: readonly CustomerBook[],
  scope: Scope,
  deals: DealsKnown = EVERYTHING,
): readonly CustomerBook[] {
  return books.map((book) => ofUsedTypes(scope.onlyVisibleDeals ? ofVisibleDeals(book, deals) : book, scope));
}

function ofUsedTypes(book: CustomerBook, scope: Scope): CustomerBook {
  const used = <List>(type: DocumentType, list: List): List | readonly never[] =>
    isUsed(scope, type) ? list : [];
  return {
    customer: book.customer,
    invoices: used('invoice', book.invoices),
    payments: used('payment', book.payments),
    creditNotes: used('credit_note', book.creditNotes),
    creditNoteRefunds: used('credit_note', book.creditNoteRefunds),
    estimates: used('estimate', book.estimates),
    salesOrders: used('sales_order', book.salesOrders),
    expenses: used('expense', book.expenses),
  };
}

type OnDeals = Pick<Document, 'dealId' | 'shares'>;

const dealsOf = ({ dealId, shares = [] }: OnDeals): readonly DealId[] => [
  ...(dealId === null ? [] : [dealId]),
  ...shares.map((share) => share.dealId),
];

function ofVisibleDeals(book: CustomerBook, { visible, untold }: DealsKnown): CustomerBook {
  const seen = <Row extends OnDeals>(type: DocumentType, rows: readonly Row[]): readonly Row[] =>
    rows.filter((row) => {
      const deals = dealsOf(row);
      return deals.every((deal) => visible.has(deal)) && !(deals.length === 0 && untold.includes(type));
    });
  const invoices = seen('invoice', book.invoices);
  const creditNotes = seen('credit_note', book.creditNotes).filter(isUnused);
  const kept = new Set(creditNotes.map(({ id }) => id));
  return {
    customer: withoutTotals(book.customer),
    invoices,
    payments: book.payments.filter(isSettling(invoices, book.invoices)),
    creditNotes,
    creditNoteRefunds: book.creditNoteRefunds?.filter(({ creditNoteId }) => kept.has(creditNoteId)) ?? null,
    estimates: book.estimates && seen('estimate', book.estimates),
    salesOrders: book.salesOrders && seen('sales_order', book.salesOrders),
    expenses: book.expenses && seen('expense', book.expenses),
  };
}

const isUnused = ({ total, unused }: CreditNote): boolean => compare(total, unused) === 0;

/** Whether a payment settled nothing but seen invoices. A number that two invoices share may be the unseen one's. */
function isSettling(seen: readonly Invoice[], all: readonly Invoice[]): (payment: Payment) => boolean {
  const ids = new Set(seen.map(({ id }) => id));
  const unseen = new Set(all.filter(({ id }) => !ids.has(id)).map(({ number }) => number));
  const numbers = new Set(seen.map(({ number }) => number).filter((number) => !unseen.has(number)));
  return ({ applications, invoiceNumbers }) =>
    invoiceNumbers.every((number) => numbers.has(number)) &&
    (applications ?? []).every(({ invoiceId }) => ids.has(invoiceId));
}

const withoutTotals = (customer: Customer): Customer => ({
  ...customer,
  outstandingReceivable: zero(customer.currency),
  unusedCredits: zero(customer.currency),
  unusedRetainers: null,
  creditLimit: null,
});
