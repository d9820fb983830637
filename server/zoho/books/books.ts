import type { CustomerFacts } from '../../domain/customer-facts.ts';
import type { LinkableDocument } from '../../domain/deal-shares.ts';
import type {
  Application,
  CreditNote,
  CreditNoteRefund,
  Customer,
  CustomerId,
  DealId,
  DocumentContents,
  DocumentId,
  Estimate,
  Expense,
  Invoice,
  Payment,
  SalesOrder,
} from '../../domain/documents.ts';
import type { CurrencyCode, Money } from '../../domain/money.ts';
import type { Priority } from '../priority.ts';

export type { Priority };

export interface BooksOrganisation {
  readonly id: string;
  readonly name: string;
  readonly currency: CurrencyCode;
  /** IANA zone; it decides the organisation's today. */
  readonly timeZone: string;
  /** Zoho's name of it, e.g. `PROFESSIONAL`: it decides how many calls a day there are. */
  readonly plan?: string;
}

/** Somebody who works in this Books organisation. */
export interface BooksUser {
  readonly email: string;
  /** Books' own word, e.g. `admin`, `staff`, `timesheetstaff`, or the name of a role the organisation made. */
  readonly role: string;
  /** Books' own word, e.g. `active`, `inactive`, `invited`. */
  readonly status: string;
  /** Sees only the customers assigned to them. */
  readonly ownCustomersOnly: boolean;
}

export interface CustomerMatch {
  readonly id: CustomerId;
  readonly name: string;
  readonly email: string | null;
}

export interface CustomerDetail {
  readonly customer: Customer;
  /** The CRM record stored on the Books customer; checked because filters that Books does not know are ignored. */
  readonly crmAccountId: string | null;
  readonly crmContactId: string | null;
  readonly facts: CustomerFacts;
}

export interface Listing<Row> {
  readonly rows: readonly Row[];
  /** Words this version does not know, e.g. `invoice:unknown:foo`. */
  readonly warnings: readonly string[];
  /** False when rows came without the deal id, so `dealId: null` says nothing. */
  readonly tellsDeal: boolean;
}

/** Kinds of document whose list can be asked for by deal. */
export type LinkableType = Exclude<LinkableDocument, 'expense'>;

export interface DocumentDetails {
  /** Total without tax. */
  readonly net: Money;
  readonly contents: DocumentContents;
}

/** A document as its own page tells it right now. */
export interface BooksDocument {
  readonly type: LinkableDocument;
  readonly id: DocumentId;
  /** `null`: an expense of nobody. */
  readonly customerId: CustomerId | null;
  /** Books' own word, or `unknown:…`. */
  readonly status: string;
  readonly dealId: DealId | null;
  readonly total: Money;
  /** `null` where the kind has none. */
  readonly balance: Money | null;
  /** Total without tax; `null` where the page does not tell the tax. */
  readonly net: Money | null;
  readonly lineCount: number;
  readonly contents: DocumentContents;
  readonly version?: string;
}

/**
 * What Books said to a new deal on a document. `answered` is not yet proof: Books may answer well and drop the field.
 * `changed`: the document holds another deal by now, so nothing more was sent.
 */
export type SetDealAnswer = 'answered' | 'locked' | 'void' | 'approved' | 'refused' | 'changed' | 'gone';

/**
 * Reads of one connected Books organisation. Every list follows its pages to the end, checks that rows obey the
 * customer filter that was sent, and throws `ZohoTrouble`.
 */
export interface Books {
  customersLinkedTo(
    record: { accountId: string } | { contactId: string },
    priority: Priority,
  ): Promise<readonly CustomerMatch[]>;
  customersNamed(name: string, priority: Priority): Promise<readonly CustomerMatch[]>;
  customer(id: CustomerId, priority: Priority): Promise<CustomerDetail>;
  invoices(customer: Customer, priority: Priority): Promise<Listing<Invoice>>;
  payments(customer: Customer, priority: Priority): Promise<Listing<Payment>>;
  creditNotes(customer: Customer, priority: Priority): Promise<Listing<CreditNote>>;
  creditNoteRefunds(customer: Customer, priority: Priority): Promise<Listing<CreditNoteRefund>>;
  estimates(customer: Customer, priority: Priority): Promise<Listing<Estimate>>;
  salesOrders(customer: Customer, priority: Priority): Promise<Listing<SalesOrder>>;
  expenses(customer: Customer, priority: Priority): Promise<Listing<Expense>>;
  /** Ids of the documents Books has on a deal, by the documented list filter. */
  documentsOfDeal(type: LinkableType, dealId: DealId, priority: Priority): Promise<readonly DocumentId[]>;
  /** What lists do not tell, from the document's own page (one call). */
  details(type: LinkableType, id: DocumentId, priority: Priority): Promise<DocumentDetails>;
  /** How a payment was split over invoices (one call). */
  applications(paymentId: DocumentId, priority: Priority): Promise<readonly Application[]>;
}

/** Throws `ZohoTrouble`. */
export interface BooksPeople {
  /** Everybody, whatever their status. */
  users(priority: Priority): Promise<readonly BooksUser[]>;
}

/** Single documents of one connected Books organisation, and the one thing we ever write. Throws `ZohoTrouble`. */
export interface BooksDocuments {
  /** A document's own page (one call); `null` when there is no such document. */
  document(type: LinkableDocument, id: DocumentId, priority: Priority): Promise<BooksDocument | null>;
  /**
   * Writes the deal onto a document, `null` to take it off: one to three calls. Never tried again by itself: after
   * trouble without an answer the write may have been done.
   * @param from the deal the document held when it was looked at
   */
  setDeal(
    document: { readonly type: LinkableDocument; readonly id: DocumentId },
    deal: { readonly from: DealId | null; readonly to: DealId | null },
  ): Promise<SetDealAnswer>;
}
