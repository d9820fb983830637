import type { CustomerFacts } from '../domain/customer-facts.ts';
import type { CustomerBook, CustomerId, DocumentId } from '../domain/documents.ts';
import type { Wish } from '../store/ledger-customers.ts';
import type { LedgerState, WhichCustomers } from '../store/ledger-documents.ts';
import type { MappingMode } from '../store/mappings.ts';
import type { LedgerKey } from '../store/snapshots.ts';
import type { DocumentDetails, LinkableType } from '../zoho/books/books.ts';
import type { Decisions } from './decided-owners.ts';

/** The lists of a book, and what their rows are called in the ledger. */
export const LISTS = {
  invoices: 'invoice',
  payments: 'payment',
  creditNotes: 'credit_note',
  creditNoteRefunds: 'credit_note_refund',
  estimates: 'estimate',
  salesOrders: 'sales_order',
  expenses: 'expense',
} as const satisfies Partial<Record<keyof CustomerBook, string>>;
export type ListName = keyof typeof LISTS;

/**
 * What is known of one customer. The figures need the first four lists; the rest follows behind them.
 * Plain JSON: money and days are text, so it goes through the database unchanged.
 */
export interface CustomerSnapshot {
  readonly book: CustomerBook;
  /** The CRM records Books says the customer belongs to, whoever found it. */
  readonly crmAccountId: string | null;
  readonly crmContactId: string | null;
  /** The figures' inputs are right as of this ISO instant; the change feed may prove them for later ones. */
  readonly readAt: string;
  /** The `readAt` that quotes, orders, expenses and refunds belong to; `null` until they have been read. */
  readonly restReadAt: string | null;
  /** Words Books used that this version does not know. */
  readonly warnings: readonly string[];
  /** Lists whose rows came without the deal id; the deal's own filter is asked instead. */
  readonly silentAboutDeals: readonly LinkableType[];
  /** Parts a background read gave up on (refused by Books), so that it is not asked again at every view. */
  readonly refusedParts: readonly SecondaryPart[];
}

/** Read after the figures, never while someone waits. */
export type SecondaryPart =
  | 'quotes'
  | 'sales_orders'
  | 'expenses'
  | 'refunds'
  | 'tax_split'
  | 'payment_split';

/** A customer of the local copy. */
export interface KnownCustomer {
  readonly id: CustomerId;
  /** The CRM records it belongs to: as Books says, and over it what an administrator decided. */
  readonly crmAccountId: string | null;
  readonly crmContactId: string | null;
  /** `null` while it has not been read in full: without its lists there are no figures. */
  readonly snapshot: CustomerSnapshot | null;
  /** What the backfill has found of a customer whose own page it has not read yet; not to be shown. */
  readonly listed: CustomerSnapshot | null;
  /** Something changed in Books after this instant that is not in the snapshot yet. */
  readonly wantedSince: Date | null;
  readonly wantedWhy: Wish | null;
  /** How often it was wished for so far. */
  readonly wishes: number;
  readonly ties: boolean | null;
}

export interface Known {
  readonly customers: ReadonlyMap<CustomerId, KnownCustomer>;
  readonly state: LedgerState;
  /** Which kind of CRM record has customers. */
  readonly mode: MappingMode;
}

/** Which lists of a snapshot were read just now: only their documents are written, for others may have moved on. */
interface ListsRead {
  readonly lists: readonly ListName[];
  /** When Books was asked. */
  readonly askedAt: Date;
}

interface JustRead extends ListsRead {
  /** Those known before Books was asked; later ones stay. */
  readonly wishes: number;
  /** What the customer's own page told that a person would recognise it by. */
  readonly facts?: CustomerFacts | undefined;
}

/** The local copy, put together to books and taken apart again. */
export interface LedgerStore {
  known(of: LedgerKey, which: WhichCustomers): Promise<Known>;
  /** What administrators decided about these customers. */
  decisions(of: LedgerKey, customerIds: readonly CustomerId[]): Promise<Decisions>;
  save(of: LedgerKey, snapshot: CustomerSnapshot, read: JustRead): Promise<void>;
  /** What was read behind the figures, and nothing of the customer itself: that may have been read again meanwhile. */
  saveRest(of: LedgerKey, snapshot: CustomerSnapshot, read: ListsRead): Promise<void>;
  /** Stores what single documents' own pages told, as far as those documents are still the same. */
  saveDetails(
    of: LedgerKey,
    before: CustomerBook,
    after: CustomerBook,
    pages?: ReadonlyMap<DocumentId, DocumentDetails>,
  ): Promise<void>;
  /** @param record names one account or contact; what hangs on an account through its contacts is stored with those */
  link(of: LedgerKey, record: string): Promise<CustomerLink | null>;
  saveLink(of: LedgerKey, record: string, link: CustomerLink): Promise<void>;
  /** Ids of documents Books holds on a deal, where the lists do not tell. */
  dealDocuments(of: LedgerKey, dealId: string): Promise<DealDocuments | null>;
  saveDealDocuments(of: LedgerKey, dealId: string, documents: DealDocuments): Promise<void>;
}

export interface CustomerLink {
  readonly customerIds: readonly CustomerId[];
  readonly readAt: string;
}

export interface DealDocuments {
  /** The kinds that were asked about. */
  readonly types: readonly LinkableType[];
  readonly documentIds: readonly string[];
  readonly readAt: string;
}
