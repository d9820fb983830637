import type { LinkableDocument } from '../../domain/deal-shares.ts';
import type { DocumentContents, DocumentId } from '../../domain/documents.ts';
import { wordsOf } from '../../domain/matching-text.ts';

/** So many different items tell documents apart; more are not kept. */
const MOST_ITEMS = 20;
const LONGEST_ITEM = 80;

interface Page {
  readonly estimate_id?: string | null | undefined;
  readonly invoiced_estimate_id?: string | null | undefined;
  readonly salesorder_id?: string | null | undefined;
  readonly line_items?: readonly Readonly<Record<string, unknown>>[] | undefined;
}

/** A page's own id is no word on where the document comes from: only orders and invoices are made from something. */
export function contentsOf(type: LinkableDocument, page: Page): DocumentContents {
  const isMade = type === 'sales_order' || type === 'invoice';
  const estimate = isMade
    ? told(page.estimate_id || (page.invoiced_estimate_id ?? page.estimate_id))
    : undefined;
  const order = type === 'invoice' ? told(page.salesorder_id) : undefined;
  return {
    ...(estimate === undefined ? {} : { estimateId: estimate }),
    ...(order === undefined ? {} : { salesOrderId: order }),
    itemNames: itemsOn(page.line_items ?? []),
  };
}

/** Books writes an empty text where there is none; where it writes nothing, nobody knows. */
const told = (id: string | null | undefined): DocumentId | null | undefined =>
  id === undefined ? undefined : ((id || null) as DocumentId | null); // safe because the wire schema checked it

/** Folded, so that nothing is left in them that a database would refuse or a person could take for the text itself. */
function itemsOn(lines: NonNullable<Page['line_items']>): readonly string[] {
  const names = lines.flatMap(({ name }) =>
    typeof name === 'string' ? [wordsOf(name.slice(0, LONGEST_ITEM)).join(' ')] : [],
  );
  return [...new Set(names)].filter((name) => name !== '').slice(0, MOST_ITEMS);
}
