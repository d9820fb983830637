import type { DocumentContents, DocumentId } from '../domain/documents.ts';
import type { Queries } from '../store/database.ts';
import { ledgerContents } from '../store/ledger-documents.ts';
import { customerIdsOf, type DealAsked } from './deal-asked.ts';
import { nameOf } from './overlay.ts';

/**
 * What pages that were read anyway told of the documents this person sees, by name. A quote or order they do not see is
 * not there: a document made from it is, for them, made from nothing.
 */
export async function seenContents(
  on: Queries,
  asked: DealAsked,
): Promise<ReadonlyMap<string, DocumentContents>> {
  const { documents } = asked;
  if (documents.size === 0) return new Map();
  const ifSeen = (type: 'estimate' | 'sales_order', id: DocumentId | null): DocumentId | null =>
    id !== null && documents.has(nameOf(type, id)) ? id : null;
  return new Map(
    (await ledgerContents(on, asked.of, customerIdsOf(asked))).flatMap((row) => {
      const name = nameOf(row.type, row.documentId);
      if (!documents.has(name)) return [];
      const { estimateId, salesOrderId, itemNames } = row.contents as DocumentContents; // safe because only pages are written there
      const seen: DocumentContents = {
        ...(estimateId === undefined ? {} : { estimateId: ifSeen('estimate', estimateId) }),
        ...(salesOrderId === undefined ? {} : { salesOrderId: ifSeen('sales_order', salesOrderId) }),
        itemNames,
      };
      return [[name, seen] as const];
    }),
  );
}
