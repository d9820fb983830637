import type { CalendarDay } from './calendar-day.ts';
import type { CustomerId, DealId, DocumentId } from './documents.ts';
import type { CurrencyCode, DecimalText, Money } from './money.ts';

/** What is asked when documents are ranked for a deal. Whatever the asking person may not see is left out, and so cannot matter. */
export interface MatchQuestion<Candidate extends MatchDocument = MatchDocument> {
  readonly deal: MatchDeal;
  readonly customersOfDeal: readonly CustomerId[];
  /** With the documents already on the deal and on others: they tell what belongs to them. */
  readonly candidates: readonly Candidate[];
  /** Other deals of the account, as far as this person may see them: what fits one of them better is not urged here. */
  readonly otherDeals?: readonly MatchDeal[];
  /** The currency that documents' booked rates lead to; without it amounts of two currencies are not compared. */
  readonly baseCurrency?: CurrencyCode;
  readonly today: CalendarDay;
}

export interface MatchDeal {
  readonly id: DealId;
  readonly name: string;
  /** A number people call the deal by, where the organisation gives one. */
  readonly number?: string | null;
  readonly accountName: string | null;
  readonly amount?: Money | null;
  readonly closingDate: CalendarDay | null;
  readonly created?: CalendarDay | null;
  readonly stage: string;
}

export interface MatchDocument {
  readonly type: 'invoice' | 'estimate' | 'sales_order' | 'expense';
  readonly id: DocumentId;
  readonly number: string;
  /** What people typed beside the number: reference, order number of the customer, an expense's description. */
  readonly reference: string | null;
  readonly customerId: CustomerId;
  readonly customerName: string;
  readonly date: CalendarDay;
  /** Books' word. */
  readonly status?: string;
  readonly total?: Money;
  /** Without tax; `null` where nobody has read it. */
  readonly net?: Money | null;
  /** Base currency per unit, as booked. */
  readonly exchangeRate?: DecimalText | null;
  readonly dealId: DealId | null;
  /** The quote and the order it was made from. */
  readonly estimateId?: DocumentId | null;
  readonly salesOrderId?: DocumentId | null;
  readonly itemNames?: readonly string[];
}
