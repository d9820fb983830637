import type { CustomerId } from '../domain/documents.ts';
import type { Database } from '../store/database.ts';
import { readDealDocuments, readLink, writeDealDocuments, writeLink } from '../store/snapshots.ts';
import type { LinkableType } from '../zoho/books/books.ts';
import type { LedgerStore } from './customer-snapshot.ts';

/** What Books said of single CRM records, for as long as the copy itself cannot tell. */
export function createStoredLinks(
  database: Database,
): Pick<LedgerStore, 'link' | 'saveLink' | 'dealDocuments' | 'saveDealDocuments'> {
  return {
    async link(of, record) {
      const row = await readLink(database, of, record);
      return (
        row && {
          customerIds: row.customerIds as readonly CustomerId[],
          readAt: row.knownGoodAt.toISOString(),
        }
      ); // safe because only saveLink writes it
    },
    async saveLink(of, record, { customerIds, readAt }) {
      await writeLink(database, of, record, { customerIds, knownGoodAt: new Date(readAt) });
    },
    async dealDocuments(of, dealId) {
      const row = await readDealDocuments(database, of, dealId);
      return (
        row && {
          types: row.types as readonly LinkableType[],
          documentIds: row.documentIds,
          readAt: row.knownGoodAt.toISOString(),
        }
      ); // safe because only saveDealDocuments writes it
    },
    async saveDealDocuments(of, dealId, { types, documentIds, readAt }) {
      await writeDealDocuments(database, of, dealId, {
        types,
        documentIds,
        knownGoodAt: new Date(readAt),
      });
    },
  };
}
