import type { CustomerBook, CustomerId, DocumentId } from '../domain/documents.ts';
import type { Database, Queries } from '../store/database.ts';
import { noteCustomerFacts, saveLedgerCustomer, saveLedgerCustomerRest } from '../store/ledger-customers.ts';
import {
  addToLedgerDocuments,
  forgetUnlistedDocuments,
  type LedgerBookRow,
  type LedgerDocumentRow,
  ledgerBooks,
  saveLedgerDocuments,
} from '../store/ledger-documents.ts';
import type { LedgerKey } from '../store/snapshots.ts';
import type { LinkableType } from '../zoho/books/books.ts';
import {
  type CustomerSnapshot,
  type KnownCustomer,
  type LedgerStore,
  LISTS,
  type ListName,
  type SecondaryPart,
} from './customer-snapshot.ts';
import { readDecisions } from './decided-owners.ts';
import { leaseOf } from './key.ts';
import { createStoredLinks } from './stored-links.ts';

const LIST_NAMES = Object.keys(LISTS) as readonly ListName[]; // safe because the keys are the type

/** Rows of customers and documents in the database. Server-private: nothing of them leaves but through `project()`. */
export function createLedgerStore(database: Database): LedgerStore {
  return {
    ...createStoredLinks(database),

    async known(of, which) {
      const { rows, state, mode } = await ledgerBooks(database, of, which, leaseOf(of));
      return {
        state,
        mode,
        customers: new Map(rows.map((row) => [row.customerId as CustomerId, knownOf(row)])), // safe because the ledger wrote it
      };
    },

    decisions: (of, customerIds) => readDecisions(database, of, customerIds),

    save: (of, snapshot, { lists, askedAt, wishes, facts }) =>
      database.transaction(async (on) => {
        const { book } = snapshot;
        const customerId = book.customer.id;
        // The customer's row first: whoever writes documents of this customer meanwhile waits here.
        const saved = await saveLedgerCustomer(on, of, {
          customerId,
          body: book.customer,
          crmAccountId: snapshot.crmAccountId,
          crmContactId: snapshot.crmContactId,
          filledAt: new Date(snapshot.readAt),
          restFilledAt: snapshot.restReadAt === null ? null : new Date(snapshot.restReadAt),
          readLists: LIST_NAMES.filter((name) => book[name] !== null).map((name) => LISTS[name]),
          warnings: snapshot.warnings,
          silentAboutDeals: snapshot.silentAboutDeals,
          refusedParts: snapshot.refusedParts,
          wishes,
        });
        if (!saved) return; // a later read is already there
        if (facts) await noteCustomerFacts(on, of, [{ customerId, facts }], true);
        await saveLists(on, of, book, { lists, askedAt });
      }),

    saveRest: (of, snapshot, { lists, askedAt }) =>
      database.transaction(async (on) => {
        const { book } = snapshot;
        const saved = await saveLedgerCustomerRest(on, of, {
          customerId: book.customer.id,
          filledAt: new Date(snapshot.readAt),
          restFilledAt: snapshot.restReadAt === null ? null : new Date(snapshot.restReadAt),
          readLists: lists.map((name) => LISTS[name]),
          warnings: snapshot.warnings,
          silentAboutDeals: snapshot.silentAboutDeals,
          refusedParts: snapshot.refusedParts,
        });
        if (saved) await saveLists(on, of, book, { lists, askedAt });
      }),

    saveDetails: (of, before, after, pages) =>
      addToLedgerDocuments(
        database,
        of,
        detailsLearnt(before, after).map((learnt) => ({
          ...learnt,
          contents: pages?.get(learnt.documentId)?.contents,
        })),
      ),
  };
}

async function saveLists(
  on: Queries,
  of: LedgerKey,
  book: CustomerBook,
  { lists, askedAt }: { readonly lists: readonly ListName[]; readonly askedAt: Date },
): Promise<void> {
  const documents = lists.flatMap((name) => rowsOf(name, book));
  await saveLedgerDocuments(on, of, documents, askedAt);
  await forgetUnlistedDocuments(on, of, {
    customerId: book.customer.id,
    types: lists.map((name) => LISTS[name]),
    documentIds: documents.map(({ documentId }) => documentId),
    askedAt,
  });
}

function rowsOf(name: ListName, book: CustomerBook): readonly LedgerDocumentRow[] {
  return (book[name] ?? []).map((document) => ({
    type: LISTS[name],
    documentId: document.id,
    customerId: book.customer.id,
    dealId: 'dealId' in document ? document.dealId : null,
    body: document,
  }));
}

interface Detailed {
  readonly id: DocumentId;
  readonly net?: unknown;
  readonly applications?: unknown;
  readonly exchangeRate?: unknown;
  readonly version?: string;
}

function detailsLearnt(before: CustomerBook, after: CustomerBook) {
  return (['invoices', 'estimates', 'salesOrders', 'payments', 'creditNotes', 'expenses'] as const).flatMap(
    (name) => {
      const known = new Map((before[name] ?? []).map((row: Detailed) => [row.id, row]));
      return (after[name] ?? []).flatMap((row: Detailed) => {
        const earlier = known.get(row.id);
        const more = {
          ...(row.net && !earlier?.net ? { net: row.net } : {}),
          ...(row.exchangeRate && !earlier?.exchangeRate ? { exchangeRate: row.exchangeRate } : {}),
          ...(row.applications && !earlier?.applications ? { applications: row.applications } : {}),
        };
        if (Object.keys(more).length === 0) return [];
        return [{ type: LISTS[name], documentId: row.id, version: row.version ?? null, more }];
      });
    },
  );
}

function knownOf(row: LedgerBookRow): KnownCustomer {
  return {
    id: row.customerId as CustomerId, // safe because the ledger wrote it
    crmAccountId: row.ofAccount,
    crmContactId: row.ofContact,
    snapshot: row.filledAt && snapshotOf(row, row.filledAt, row.readLists),
    listed: row.filledAt || row.wantedSince ? null : snapshotOf(row, new Date(0), LISTED),
    wantedSince: row.wantedSince,
    wantedWhy: row.wantedWhy,
    wishes: row.wishes,
    ties: row.ties,
  };
}

/** Refunds name no customer, so they are read one customer at a time. */
const LISTED: readonly string[] = Object.values(LISTS).filter((type) => type !== 'credit_note_refund');

function snapshotOf(row: LedgerBookRow, filledAt: Date, readLists: readonly string[]): CustomerSnapshot {
  const list = (name: ListName) => row.documents[LISTS[name]] ?? [];
  const ifRead = (name: ListName) => (readLists.includes(LISTS[name]) ? list(name) : null);
  return {
    // safe because only this store, the backfill and the change feed write these columns, from the same types
    book: {
      customer: row.body,
      invoices: list('invoices'),
      payments: list('payments'),
      creditNotes: list('creditNotes'),
      creditNoteRefunds: ifRead('creditNoteRefunds'),
      estimates: ifRead('estimates'),
      salesOrders: ifRead('salesOrders'),
      expenses: ifRead('expenses'),
    } as CustomerBook,
    crmAccountId: row.crmAccountId,
    crmContactId: row.crmContactId,
    readAt: filledAt.toISOString(),
    restReadAt: row.restFilledAt?.toISOString() ?? null,
    warnings: row.warnings,
    silentAboutDeals: row.silentAboutDeals as readonly LinkableType[],
    refusedParts: row.refusedParts as readonly SecondaryPart[],
  };
}
