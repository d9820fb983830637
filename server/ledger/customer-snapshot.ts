import type { CustomerBook, CustomerId } from '../domain/documents.ts';
import type { LedgerKey } from '../store/snapshots.ts';
import type { LinkableType } from '../zoho/books/books.ts';

/**
 * What is kept of one customer between reads. The figures need the first four lists; the rest follows behind them.
 * Plain JSON: money and days are text, so it goes through the database unchanged.
 */
export interface CustomerSnapshot {
  readonly book: CustomerBook;
  /** The CRM records the customer says it belongs to, whoever found it. */
  readonly crmAccountId: string | null;
  readonly crmContactId: string | null;
  /** When the figures' inputs were read, as an ISO instant. All of them come from one read. */
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

export interface FoundSnapshot {
  readonly snapshot: CustomerSnapshot;
  /** Books has said something of the customer since. */
  readonly hinted: boolean;
}

/** Where snapshots and customer links are kept; one row each, the last writer wins. */
export interface SnapshotStore {
  snapshots(
    of: LedgerKey,
    customerIds: readonly CustomerId[],
  ): Promise<ReadonlyMap<CustomerId, FoundSnapshot>>;
  /** Books said something of a customer: what is stored of it is to be read again. */
  hint(of: LedgerKey, customerId: string, at: Date): Promise<void>;
  saveSnapshot(of: LedgerKey, snapshot: CustomerSnapshot): Promise<void>;
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
