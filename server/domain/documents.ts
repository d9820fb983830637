import type { CalendarDay } from './calendar-day.ts';
import type { CurrencyCode, DecimalText, Money } from './money.ts';

export type CustomerId = string & { readonly __customerId: never };
export type DocumentId = string & { readonly __documentId: never };
export type DealId = string & { readonly __dealId: never };

/** A status word this version does not know: kept, reported, never counted and never read as zero. */
export type UnknownStatus = `unknown:${string}`;

export type InvoiceStatus =
  | 'draft'
  | 'pending_approval'
  | 'approved'
  | 'rejected'
  | 'void'
  | 'sent'
  | 'viewed'
  | 'unpaid'
  | 'overdue'
  | 'partially_paid'
  | 'paid'
  | UnknownStatus;
export type CreditNoteStatus =
  | 'draft'
  | 'pending_approval'
  | 'approved'
  | 'rejected'
  | 'void'
  | 'open'
  | 'closed'
  | UnknownStatus;

/** The part of a document that one deal has. */
export interface DealShare {
  readonly dealId: DealId;
  /** Net of tax, in the document's currency; `null`: all that no other deal has. */
  readonly net: Money | null;
}

export interface Document {
  readonly id: DocumentId;
  readonly number: string;
  readonly customerId: CustomerId;
  readonly date: CalendarDay;
  readonly total: Money;
  /** Units of base currency per unit of the document's, as booked; `null` where nobody tells. */
  readonly exchangeRate: DecimalText | null;
  /** Total without tax. `null` until the document's own page has been read: lists do not carry it. */
  readonly net: Money | null;
  /** The deal the document belongs to: the one Books holds, or the one our links name. Of several the largest. */
  readonly dealId: DealId | null;
  /** Present where one deal does not have the whole of it. */
  readonly shares?: readonly DealShare[] | undefined;
  /** The net amount the shares were made on. */
  readonly sharedNet?: Money | undefined;
  /** What people typed beside the number; absent where there is nothing. */
  readonly reference?: string;
  /** Changes whenever the document changes in Books; absent where Books does not tell. */
  readonly version?: string;
}

/** What a document was made from and what stands on it, as its own page told when it was last read. */
export interface DocumentContents {
  /** `null`: from none; absent: the page does not tell. */
  readonly estimateId?: DocumentId | null;
  readonly salesOrderId?: DocumentId | null;
  /** Folded, each once, and of a long document the first ones only. */
  readonly itemNames: readonly string[];
}

export interface Invoice extends Document {
  readonly status: InvoiceStatus;
  readonly dueDate: CalendarDay | null;
  readonly balance: Money;
  readonly writtenOff: Money;
}

export interface CreditNote extends Document {
  readonly status: CreditNoteStatus;
  /** What is not yet applied or refunded. */
  readonly unused: Money;
}

export interface Estimate extends Document {
  readonly status: string;
  readonly expiryDate: CalendarDay | null;
}

export interface SalesOrder extends Document {
  readonly status: string;
  readonly shipmentDate: CalendarDay | null;
}

export interface Expense extends Document {
  readonly status: string;
}

/** Part of a payment that settles part of an invoice. */
export interface Application {
  readonly invoiceId: DocumentId;
  readonly amount: Money;
}

export interface Payment {
  readonly id: DocumentId;
  readonly number: string;
  readonly customerId: CustomerId;
  readonly date: CalendarDay;
  readonly amount: Money;
  /** Advance not yet applied to anything. */
  readonly unused: Money;
  readonly refunded: Money;
  readonly voided: boolean;
  /** As on documents. */
  readonly exchangeRate: DecimalText | null;
  /** Numbers of the invoices it settles, as the list shows them. */
  readonly invoiceNumbers: readonly string[];
  /** `null` until the payment's own page has been read. */
  readonly applications: readonly Application[] | null;
  /** Changes whenever the payment changes in Books; absent where Books does not tell. */
  readonly version?: string;
}

export interface CreditNoteRefund {
  readonly id: DocumentId;
  readonly creditNoteId: DocumentId;
  readonly date: CalendarDay;
  readonly amount: Money;
}

/** A Books customer with Books' own totals, used to prove ours. All money in `currency`. */
export interface Customer {
  readonly id: CustomerId;
  readonly name: string;
  readonly currency: CurrencyCode;
  readonly outstandingReceivable: Money;
  /** Outstanding part of the opening balance; it has no invoice. `null` where the edition does not tell. */
  readonly outstandingOpeningBalance: Money | null;
  readonly unusedCredits: Money;
  readonly unusedRetainers: Money | null;
  readonly creditLimit: Money | null;
  /** Base currency per unit of the customer's; `null` where Books leaves it empty. */
  readonly exchangeRate: DecimalText | null;
}

/** Everything known of one customer, from one read. `null` lists have not been read yet: unknown, not empty. */
export interface CustomerBook {
  readonly customer: Customer;
  readonly invoices: readonly Invoice[];
  readonly payments: readonly Payment[];
  readonly creditNotes: readonly CreditNote[];
  readonly creditNoteRefunds: readonly CreditNoteRefund[] | null;
  readonly estimates: readonly Estimate[] | null;
  readonly salesOrders: readonly SalesOrder[] | null;
  readonly expenses: readonly Expense[] | null;
}

/** A CRM deal as far as its money goes. */
export interface Deal {
  readonly id: DealId;
  readonly name: string;
  readonly stage: string;
  readonly amount: Money | null;
  readonly closingDate: CalendarDay | null;
}
