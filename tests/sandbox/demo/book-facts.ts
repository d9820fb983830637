import type { Currency, Minor } from './currencies.ts';
import type { Day } from './plain-day.ts';
import type { Item } from './price-list.ts';

/** The facts of a Books customer in whole minor units; `*-wire.ts` prints them as Zoho does. */
export interface CustomerFacts {
  readonly id: string;
  readonly name: string;
  readonly currency: Currency;
  /** The CRM record stored on the customer; both empty when nobody linked it. */
  readonly accountId: string;
  readonly contactId: string;
  readonly ownerId: string;
  readonly contactPerson: {
    readonly id: string;
    readonly firstName: string;
    readonly lastName: string;
    readonly email: string;
  };
  readonly city: string;
  readonly state: string;
  readonly country: string;
  readonly termsDays: number;
  /** Thousandths of a percent: 8.875 % is 8875. */
  readonly taxMilliPercent: number;
  readonly taxName: string;
  readonly creditLimit: Minor | null;
  readonly since: Day;
  readonly salesperson: { readonly id: string; readonly name: string };
}

export interface DealTag {
  readonly id: string;
  readonly name: string;
}

export interface LineFacts {
  readonly id: string;
  readonly item: Item;
  readonly quantity: number;
  readonly rate: Minor;
  /** Whole per cent off the list price. */
  readonly discount: number;
  readonly net: Minor;
}

/** Left by whoever wrote a document. */
interface Written {
  /** Belongs to its deal, but nobody said so in Books. */
  unlinked?: boolean;
  reference?: string;
}

interface Paper extends Written {
  readonly id: string;
  /** Given by date once all documents exist, as a book-keeper would have. */
  number: string;
  readonly date: Day;
  readonly lines: readonly LineFacts[];
  readonly net: Minor;
  readonly tax: Minor;
  readonly total: Minor;
  /** Last day anything happened to it. */
  touched: Day;
}

export interface InvoiceFacts extends Paper {
  readonly due: Day;
  readonly deal: DealTag | null;
  readonly order: OrderFacts | null;
  paid: Minor;
  credited: Minor;
  writtenOff: Minor;
  state: 'sent' | 'viewed' | 'draft' | 'void';
  lastPaid: Day | null;
}

export interface PaymentFacts {
  readonly id: string;
  number: string;
  readonly date: Day;
  readonly amount: Minor;
  readonly mode: string;
  readonly parts: { readonly id: string; readonly invoice: InvoiceFacts; readonly amount: Minor }[];
  /** Part that settled the opening balance: it has no invoice. */
  readonly towardsOpening: Minor;
  readonly refunds: { readonly id: string; readonly date: Day; readonly amount: Minor }[];
  /** Taken in advance on a retainer invoice; what is left of it is not an unused credit. */
  readonly retainerId: string | null;
  touched: Day;
}

export interface CreditNoteFacts extends Paper {
  readonly parts: {
    readonly id: string;
    readonly invoice: InvoiceFacts;
    readonly amount: Minor;
    readonly date: Day;
  }[];
  readonly refunds: { readonly id: string; readonly date: Day; readonly amount: Minor }[];
  readonly state: 'live' | 'draft' | 'void';
}

export interface EstimateFacts extends Paper {
  readonly expiry: Day;
  readonly deal: DealTag | null;
  status: 'draft' | 'sent' | 'accepted' | 'declined' | 'expired' | 'invoiced';
}

export interface OrderFacts extends Paper {
  readonly shipment: Day;
  readonly deal: DealTag | null;
  readonly estimate: EstimateFacts | null;
  status: 'draft' | 'open' | 'partially_invoiced' | 'invoiced' | 'void';
}

export interface ExpenseFacts extends Written {
  readonly id: string;
  readonly date: Day;
  readonly account: string;
  description: string;
  readonly amount: Minor;
  readonly deal: DealTag | null;
  readonly billable: boolean;
}

export const sumOf = (amounts: readonly Minor[]): Minor => amounts.reduce((sum, amount) => sum + amount, 0);

export const balanceOf = ({ total, paid, credited, writtenOff, state }: InvoiceFacts): Minor =>
  state === 'void' ? 0 : total - paid - credited - writtenOff;

/** Sent to the customer and not taken back, so it is owed. */
export const isOwed = ({ state }: InvoiceFacts): boolean => state === 'sent' || state === 'viewed';

export const leftOfPayment = ({ amount, parts, towardsOpening, refunds }: PaymentFacts): Minor =>
  amount -
  towardsOpening -
  sumOf(parts.map((part) => part.amount)) -
  sumOf(refunds.map((refund) => refund.amount));

export const leftOfCreditNote = ({ total, parts, refunds, state }: CreditNoteFacts): Minor =>
  state === 'void'
    ? 0
    : total - sumOf(parts.map((part) => part.amount)) - sumOf(refunds.map((refund) => refund.amount));
