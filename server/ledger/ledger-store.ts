import type { CustomerBook, CustomerId } from '../domain/documents.ts';
import type { Database } from '../store/database.ts';
import {
  forgetLedgerDocuments,
  type LedgerCustomerRow,
  type LedgerDocumentRow,
  ledgerCustomers,
  ledgerDocuments,
  lockLedgerCustomer,
  saveLedgerCustomer,
  saveLedgerDocuments,
} from '../store/ledger-rows.ts';
import type { LedgerKey } from '../store/snapshots.ts';
import type { LinkableType } from '../zoho/books/books.ts';
import type { CustomerSnapshot, SecondaryPart } from './customer-snapshot.ts';

/** The lists of a book, and what their rows are called in the ledger. */
const LISTS = {
  invoices: 'invoice',
  payments: 'payment',
  creditNotes: 'credit_note',
  creditNoteRefunds: 'credit_note_refund',
  estimates: 'estimate',
  salesOrders: 'sales_order',
  expenses: 'expense',
} as const satisfies Partial<Record<keyof CustomerBook, string>>;
type ListName = keyof typeof LISTS;
export type RowType = (typeof LISTS)[ListName];

const LIST_NAMES = Object.keys(LISTS) as readonly ListName[]; // safe because the keys are the type

/** Rows of the local copy, put together to books and taken apart again. */
export interface LedgerStore {
  snapshots(
    of: LedgerKey,
    customerIds: readonly CustomerId[],
  ): Promise<ReadonlyMap<CustomerId, CustomerSnapshot>>;
  saveSnapshot(of: LedgerKey, snapshot: CustomerSnapshot): Promise<void>;
}

export function createLedgerStore(database: Database): LedgerStore {
  return {
    async snapshots(of, customerIds) {
      if (customerIds.length === 0) return new Map();
      // One statement each, one snapshot of the database for both: totals and rows never tell different stories.
      const [customers, documents] = await database.transaction(async (on) => {
        await on.query('set transaction isolation level repeatable read, read only');
        return [await ledgerCustomers(on, of, customerIds), await ledgerDocuments(on, of, customerIds)];
      });
      const found = new Map<CustomerId, CustomerSnapshot>();
      for (const row of customers) {
        const snapshot = assembled(
          row,
          documents.filter(({ customerId }) => customerId === row.customerId),
        );
        if (snapshot) found.set(snapshot.book.customer.id, snapshot);
      }
      return found;
    },

    saveSnapshot: (of, snapshot) =>
      database.transaction(async (on) => {
        const { book, readAt } = snapshot;
        const customerId = book.customer.id;
        await lockLedgerCustomer(on, of, customerId);
        const read = LIST_NAMES.filter((name) => book[name] !== null);
        const saved = await saveLedgerCustomer(on, of, {
          customerId,
          body: book.customer,
          crmAccountId: snapshot.crmAccountId,
          crmContactId: snapshot.crmContactId,
          filledAt: new Date(readAt),
          restFilledAt: snapshot.restReadAt === null ? null : new Date(snapshot.restReadAt),
          readLists: read.map((name) => LISTS[name]),
          warnings: snapshot.warnings,
          silentAboutDeals: snapshot.silentAboutDeals,
          refusedParts: snapshot.refusedParts,
        });
        if (!saved) return; // a later read is already there
        const documents = read.flatMap((name) => rowsOf(name, book));
        await saveLedgerDocuments(on, of, documents, new Date(readAt));
        await forgetLedgerDocuments(on, of, {
          customerId,
          types: read.map((name) => LISTS[name]),
          documentIds: documents.map(({ documentId }) => documentId),
          readAt: new Date(readAt),
        });
      }),
  };
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

/** `null` while only the customer's own row is known: without its lists there are no figures. */
function assembled(
  row: LedgerCustomerRow,
  documents: readonly LedgerDocumentRow[],
): CustomerSnapshot | null {
  if (!row.filledAt) return null;
  const list = (name: ListName) =>
    documents.filter(({ type }) => type === LISTS[name]).map(({ body }) => body);
  const ifRead = (name: ListName) => (row.readLists.includes(LISTS[name]) ? list(name) : null);
  return {
    // safe because only saveSnapshot and the change feed write these columns, from the same types
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
    readAt: row.filledAt.toISOString(),
    restReadAt: row.restFilledAt?.toISOString() ?? null,
    warnings: row.warnings,
    silentAboutDeals: row.silentAboutDeals as readonly LinkableType[],
    refusedParts: row.refusedParts as readonly SecondaryPart[],
  };
}
