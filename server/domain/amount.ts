import type { Money } from './money.ts';

/** What an amount leaves out for the moment, or how it was put together. */
export type Caveat =
  | 'converted_at_booked_rates'
  | 'tax_included'
  | 'refunds_not_read'
  | 'from_invoices'
  | 'credit_notes_not_deducted';

/** Why a figure has no value right now. Unknown is never zero. */
export type UnknownReason =
  | 'books_unreachable'
  | 'books_rate_limited'
  | 'still_reading'
  | 'no_deal_amount'
  | 'not_enough_history'
  | 'mixed_currencies'
  | 'not_told'
  | 'not_linked';

/** A money figure before anyone's rights are applied. */
export type Amount =
  | {
      readonly known: true;
      readonly money: Money;
      readonly caveats: readonly Caveat[];
      /** The same figure per currency, when several were converted into one; empty otherwise. */
      readonly byCurrency: readonly Money[];
    }
  | { readonly known: false; readonly reason: UnknownReason };
