import type { LinkableDocument } from './deal-shares.ts';
import type { CustomerBook, DealId, DealShare, Document, DocumentId } from './documents.ts';
import type { Money } from './money.ts';

/** Which deal a document belongs to, where that is not simply what Books' list says. */
export interface LinkedAs {
  readonly dealId: DealId | null;
  /** Absent: the whole of it is the deal's. */
  readonly shares?: readonly DealShare[];
  readonly sharedNet?: Money;
  /** The net amount, where the document's page was read and its list row does not tell. */
  readonly net?: Money;
}

/** A document as lists tell it: what a link is looked up by. */
export type ListedDocument = Pick<Document, 'dealId' | 'version' | 'total'> & { readonly id: DocumentId };

/**
 * A customer's documents with our links laid over what Books holds. Nothing else of the book changes.
 * @param linkedAs `null` where the row says it all
 */
export function withLinks(
  book: CustomerBook,
  linkedAs: (type: LinkableDocument, row: ListedDocument) => LinkedAs | null,
): CustomerBook {
  const laid = <Row extends Document>(type: LinkableDocument, rows: readonly Row[]): readonly Row[] =>
    rows.map((row) => {
      const link = linkedAs(type, row);
      if (!link) return row;
      const { dealId, shares, sharedNet, net } = link;
      return {
        ...row,
        dealId,
        net: row.net ?? net ?? null,
        shares,
        sharedNet,
      };
    });
  return {
    ...book,
    invoices: laid('invoice', book.invoices),
    estimates: book.estimates && laid('estimate', book.estimates),
    salesOrders: book.salesOrders && laid('sales_order', book.salesOrders),
    expenses: book.expenses && laid('expense', book.expenses),
  };
}
