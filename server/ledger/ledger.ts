import type { LinkableDocument } from '../domain/deal-shares.ts';
import type { CustomerBook, DealId } from '../domain/documents.ts';
import type { Install } from '../identity/install.ts';

/** What the figures of a record are computed from. */
export interface LedgerQuestion {
  readonly install: Install;
  /** Whose customers: those stored in Books for this CRM account or contact. */
  readonly owner: Owner;
  /** On a deal: also make sure that what Books holds on the deal is known. */
  readonly dealId?: DealId;
  /** The person asked for newer figures: anything older than the shortest interval is read again behind the answer. */
  readonly wantsNewer?: boolean;
}

export type Owner =
  | {
      readonly accountId: string;
      /** Asked only when no customer hangs on the account itself: then its contacts may carry them. */
      readonly contactsOfAccount: () => Promise<readonly string[]>;
    }
  | { readonly contactId: string };

export type Trouble = 'books_unreachable' | 'books_rate_limited' | 'books_refused' | 'paused';
type MissingPart = 'quotes' | 'sales_orders' | 'expenses' | 'refunds' | 'tax_split' | 'payment_split';

export type LedgerAnswer =
  | { readonly state: 'not_linked' }
  | {
      readonly state: 'linked';
      /** One consistent picture per customer; totals and rows come from the same one. */
      readonly books: readonly CustomerBook[];
      /** The oldest of the customers' reads: when all of this was last proved. */
      readonly knownGoodAt: Date;
      readonly fresh: boolean;
      /** More is being read behind the scenes; ask again after about this long. */
      readonly readingOn: boolean;
      readonly missing: readonly MissingPart[];
      readonly warnings: readonly string[];
      /** Types whose lists came without the deal, so that none on a document says nothing. */
      readonly dealsUntold: readonly LinkableDocument[];
      readonly trouble: Trouble | null;
    };

/** Suggested customers of an unlinked record, by name. */
export interface SuggestedCustomer {
  readonly id: string;
  readonly name: string;
  readonly evidence: 'same_name' | 'similar_name';
}

/** Somebody says that something changed in Books; that it did is looked up there. */
interface ChangeHint {
  readonly customerIds: readonly string[];
  /** Kinds of document, e.g. `invoice`; of payments the invoices they settle change too. */
  readonly types: readonly string[];
  /** We changed it ourselves: it says nothing about Books telling us of changes. */
  readonly own?: boolean;
}

/** The documents of an organisation's customers, from the local copy. */
export interface Ledger {
  /** Throws `ZohoTrouble` only when nothing at all is known of the customer. */
  read(question: LedgerQuestion): Promise<LedgerAnswer>;
  suggest(question: { install: Install; name: string }): Promise<readonly SuggestedCustomer[]>;
  /**
   * Something may have changed: the server that follows the organisation looks within seconds, and where none does,
   * whoever looks at the customer next has it read again, once. Unknown customers are nothing. Costs no call.
   */
  hint(install: Install, hint: ChangeHint): Promise<void>;
}
