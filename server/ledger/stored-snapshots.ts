import type { CustomerId } from '../domain/documents.ts';
import type { Database } from '../store/database.ts';
import {
  hintSnapshot,
  readDealDocuments,
  readLink,
  readSnapshots,
  writeDealDocuments,
  writeLink,
  writeSnapshot,
} from '../store/snapshots.ts';
import type { LinkableType } from '../zoho/books/books.ts';
import type { CustomerSnapshot, FoundSnapshot, SnapshotStore } from './customer-snapshot.ts';

/** Raised when the shape of a snapshot changes: older rows are then read anew from Books instead of misread. */
const SHAPE = 2;

interface Stored {
  readonly shape: number;
  readonly snapshot: CustomerSnapshot;
}

/** Snapshots in the database. They are server-private: nothing of them leaves but through `project()`. */
export function createStoredSnapshots(database: Database): SnapshotStore {
  return {
    async snapshots(of, customerIds) {
      const rows = customerIds.length === 0 ? [] : await readSnapshots(database, of, customerIds);
      const found = new Map<CustomerId, FoundSnapshot>();
      for (const { body, hinted } of rows) {
        const stored = body as Stored; // safe because only saveSnapshot writes this column
        const { shape, snapshot } = stored;
        if (shape === SHAPE) found.set(snapshot.book.customer.id, { snapshot, hinted });
      }
      return found;
    },
    async saveSnapshot(of, snapshot) {
      const body: Stored = { shape: SHAPE, snapshot };
      await writeSnapshot(database, of, {
        customerId: snapshot.book.customer.id,
        body,
        knownGoodAt: new Date(snapshot.readAt),
      });
    },
    hint: (of, customerId, at) => hintSnapshot(database, of, { customerId, at }),
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
