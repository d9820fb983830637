import { LINKABLE_TYPES, type LinkableDocument, mirroredDeal } from '../domain/deal-shares.ts';
import type { CustomerBook, DealId, DocumentId } from '../domain/documents.ts';
import { type Money, money } from '../domain/money.ts';
import { type LinkedAs, type ListedDocument, withLinks } from '../domain/with-links.ts';
import type { Queries } from '../store/database.ts';
import { goneDeals } from '../store/gone-deals.ts';
import { activeLinksOf, type DealLinkRow, type SeenDocumentRow, seenDocuments } from '../store/links.ts';
import type { LedgerKey } from '../store/snapshots.ts';
import { type Holder, holdersOf } from './linked-document.ts';
import { markOf } from './notice.ts';

/** A row somebody should look behind, because the page may say something else by now. */
export interface Doubt {
  readonly type: LinkableDocument;
  readonly id: DocumentId;
  readonly rowMark: string;
}

export interface Overlay {
  readonly books: readonly CustomerBook[];
  readonly doubts: readonly Doubt[];
  readonly seen: ReadonlyMap<string, SeenDocumentRow>;
  readonly active: ReadonlyMap<string, readonly DealLinkRow[]>;
  readonly gone: ReadonlySet<string>;
}

export const nameOf = (type: string, id: string): string => `${type}/${id}`;

/** Lays our links over customers' documents. Two or three queries, however many documents there are. */
export async function overlay(on: Queries, of: LedgerKey, books: readonly CustomerBook[]): Promise<Overlay> {
  const rows = books.flatMap(linkableRows);
  const customerIds = books.map(({ customer }) => customer.id);
  const seenRows = await seenDocuments(on, of, { customerIds, documentIds: [] });
  const seen = new Map(seenRows.map((row) => [nameOf(row.type, row.documentId), row]));
  const links =
    seenRows.length === 0
      ? []
      : await activeLinksOf(
          on,
          of,
          seenRows.map((row) => row.documentId),
        );
  const active = new Map<string, DealLinkRow[]>();
  for (const link of links) {
    const name = nameOf(link.type, link.documentId);
    active.set(name, [...(active.get(name) ?? []), link]);
  }
  const deals = [...rows, ...links, ...seenRows.map(({ booksDeal }) => ({ dealId: booksDeal }))];
  const dealIds = new Set(deals.flatMap(({ dealId }) => dealId ?? []));
  const gone = await goneDeals(on, of.installId, [...dealIds]);

  const known = (type: LinkableDocument, id: string): Known => ({
    seen: seen.get(nameOf(type, id)) ?? null,
    active: active.get(nameOf(type, id)) ?? [],
    gone,
  });
  return {
    books: books.map((book) => withLinks(book, (type, row) => linkedAs(type, row, known(type, row.id)))),
    doubts: rows.flatMap((row) => {
      const doubt = { type: row.type, id: row.id, rowMark: markOf(row) };
      return isDoubtful(row, known(row.type, row.id)) ? [doubt] : [];
    }),
    seen,
    active,
    gone,
  };
}

interface Known {
  readonly seen: SeenDocumentRow | null;
  readonly active: readonly DealLinkRow[];
  readonly gone: ReadonlySet<string>;
}

type LinkableRow = ListedDocument & { readonly type: LinkableDocument };

export function linkableRows(book: CustomerBook): readonly LinkableRow[] {
  const lists: Readonly<Record<LinkableDocument, readonly ListedDocument[] | null>> = {
    invoice: book.invoices,
    estimate: book.estimates,
    sales_order: book.salesOrders,
    expense: book.expenses,
  };
  return LINKABLE_TYPES.flatMap((type) =>
    (lists[type] ?? []).map(({ id, dealId, total, version }) => ({
      type,
      id,
      dealId,
      total,
      ...(version === undefined ? {} : { version }),
    })),
  );
}

/** The deal Books holds: what the page said, unless the row is from a later moment. Expense rows never tell. */
function booksDealOf(type: LinkableDocument, row: ListedDocument, seen: SeenDocumentRow): DealId | null {
  const later =
    type !== 'expense' &&
    order(row.version, seen.version) === 'later' &&
    markOf({ ...row, type }) !== seen.outdated;
  return later ? row.dealId : (seen.booksDeal as DealId | null); // safe because only checked ids are stored
}

function linkedAs(type: LinkableDocument, row: ListedDocument, known: Known): LinkedAs | null {
  const { seen, active, gone } = known;
  if (!seen) return row.dealId !== null && gone.has(row.dealId) ? { dealId: null } : null;
  const dealId = booksDealOf(type, row, seen);
  const { total } = row;
  const holders = holdersOf({ document: { dealId, total }, seen, active, gone });
  // What was read of the document while it was in another currency says nothing of it now.
  const net = seen.net === null || seen.currency !== total.currency ? null : money(seen.currency, seen.net);
  const netKnown = net && order(row.version, seen.version) !== 'later' ? { net } : {};
  return { ...sharedAmong(holders, net, dealId), ...netKnown };
}

function sharedAmong(holders: readonly Holder[], net: Money | null, held: DealId | null): LinkedAs {
  const [first, ...others] = holders;
  if (!first) return { dealId: null };
  if (others.length === 0 && first.net === null) return { dealId: first.dealId };
  return {
    dealId: mirroredDeal(holders, net, held),
    shares: holders.map(({ dealId, net: share }) => ({ dealId, net: share })),
    ...(net ? { sharedNet: net } : {}),
  };
}

/** Only documents on which something of ours hangs; expenses also because nothing but their page tells the deal. */
function isDoubtful(row: LinkableRow, { seen, active }: Known): boolean {
  if (row.type === 'expense')
    return !seen || (seen.version !== (row.version ?? null) && seen.outdated !== markOf(row));
  if (!seen || (active.length === 0 && seen.inBooks === 'settled')) return false;
  const mark = markOf(row);
  if (mark === seen.outdated || mark === markOf({ ...seen, dealId: seen.booksDeal })) return false;
  return order(row.version, seen.version) !== 'earlier';
}

/** Books' stamps have a zone without a colon; where they cannot be read nobody knows. */
function order(row: string | undefined, seen: string | null): 'later' | 'earlier' | 'same' | 'unknown' {
  const [a, b] = [instant(row), instant(seen)];
  if (a === null || b === null) return 'unknown';
  return a === b ? 'same' : a > b ? 'later' : 'earlier';
}

function instant(stamp: string | null | undefined): number | null {
  const at = Date.parse((stamp ?? '').replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(at) ? null : at;
}
