import type {
  CreditNoteFacts,
  CustomerFacts,
  DealTag,
  EstimateFacts,
  ExpenseFacts,
  InvoiceFacts,
  OrderFacts,
  PaymentFacts,
} from './book-facts.ts';
import type { Minor } from './currencies.ts';
import type { Day } from './plain-day.ts';
import type { Item } from './price-list.ts';

export interface LineWish {
  readonly item: Item;
  readonly quantity: number;
  /** Whole per cent, in steps of 5: then every line is a whole number of minor units. */
  readonly discount?: number;
  /** Instead of the list price. */
  readonly rate?: Minor;
}

interface InvoiceWish {
  /** As another system gave it; else one is given out by date. */
  readonly number?: string;
  readonly date: Day;
  readonly due?: Day;
  readonly lines: readonly LineWish[];
  readonly deal?: DealTag | null;
  readonly order?: OrderFacts | null;
  readonly state?: InvoiceFacts['state'];
}

interface PaymentWish {
  readonly date: Day;
  readonly parts?: readonly { readonly invoice: InvoiceFacts; readonly amount?: Minor }[];
  /** Money beyond the parts: an advance, kept as unused credit. */
  readonly advance?: Minor;
  readonly towardsOpening?: Minor;
  readonly retainer?: boolean;
}

/** One Books customer's documents, written the way a book-keeper would: nothing can be settled twice. */
export interface CustomerBook {
  readonly customer: CustomerFacts;
  readonly today: Day;
  readonly invoices: InvoiceFacts[];
  readonly payments: PaymentFacts[];
  readonly creditNotes: CreditNoteFacts[];
  readonly estimates: EstimateFacts[];
  readonly orders: OrderFacts[];
  readonly expenses: ExpenseFacts[];
  opening: { amount: Minor; left: Minor };
  /** What Books claims beyond its documents. Only the one customer that must not reconcile has it. */
  unexplained: Minor;

  invoice(wish: InvoiceWish): InvoiceFacts;
  pay(wish: PaymentWish): PaymentFacts;
  /** Uses what is left of a payment (an advance, a retainer) on an invoice. */
  applyLeft(payment: PaymentFacts, invoice: InvoiceFacts, amount: Minor, date: Day): void;
  refundPayment(payment: PaymentFacts, amount: Minor, date: Day): void;
  creditNote(wish: {
    date: Day;
    lines: readonly LineWish[];
    state?: CreditNoteFacts['state'];
  }): CreditNoteFacts;
  applyCredit(note: CreditNoteFacts, invoice: InvoiceFacts, amount: Minor, date: Day): void;
  refundCredit(note: CreditNoteFacts, amount: Minor, date: Day): void;
  writeOff(invoice: InvoiceFacts, date: Day): void;
  estimate(wish: {
    date: Day;
    lines: readonly LineWish[];
    deal: DealTag | null;
    status: EstimateFacts['status'];
  }): EstimateFacts;
  order(wish: {
    date: Day;
    lines: readonly LineWish[];
    deal: DealTag | null;
    estimate: EstimateFacts | null;
  }): OrderFacts;
  expense(wish: Omit<ExpenseFacts, 'id'>): ExpenseFacts;
}
