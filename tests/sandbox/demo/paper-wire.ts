import type { Wire } from '../organisation.ts';
import type { CustomerFacts, DealTag, LineFacts } from './book-facts.ts';
import { addressOf } from './contact-wire.ts';
import { type Minor, rateOn, wireAmount, wireBaseAmount } from './currencies.ts';
import type { CustomerBook } from './customer-book.ts';
import { booksId } from './ids.ts';
import type { Day, Stamps } from './plain-day.ts';

const TAX_ID = booksId('tax', 1);

interface Paper {
  readonly id: string;
  readonly date: Day;
  readonly touched: Day;
  readonly lines: readonly LineFacts[];
  readonly net: Minor;
  readonly tax: Minor;
  readonly total: Minor;
  readonly reference?: string;
}

/** Prints one customer's documents as Books' detail calls answer. */
export interface Printer {
  readonly book: CustomerBook;
  /** In the customer's currency. */
  own(amount: Minor): number;
  /** In base currency, at the rate of the day the document was booked. */
  base(amount: Minor, on: Day): number;
  /** Base currency units per unit on that day. */
  rate(on: Day): number;
  /** What all documents with lines have. */
  head(paper: Paper): Wire;
  /** When it was written and last changed. */
  times(paper: { readonly id: string; readonly date: Day; readonly touched: Day }): Wire;
}

export function createPrinter(book: CustomerBook, stamps: Stamps): Printer {
  const { customer } = book;
  const { currency } = customer;
  const printer: Printer = {
    book,
    own: (amount) => wireAmount(amount, currency),
    base: (amount, on) => wireBaseAmount(amount, rateOn(on, currency), currency),
    rate: (on) => rateOn(on, currency) / 1_000_000,
    times: ({ id, date, touched }) => ({
      created_time: stamps.books(date, id),
      last_modified_time: stamps.books(touched, id),
    }),
    head: (paper) => ({
      date: paper.date,
      ...customerOf(customer),
      exchange_rate: printer.rate(paper.date),
      price_precision: currency.places,
      reference_number: paper.reference ?? '',
      is_inclusive_tax: false,
      is_discount_before_tax: true,
      discount_type: 'item_level',
      discount: 0,
      line_items: paper.lines.map((line, at) => lineItem(line, at + 1, paper.date, printer)),
      shipping_charge: 0,
      adjustment: 0,
      sub_total: printer.own(paper.net),
      tax_total: printer.own(paper.tax),
      total: printer.own(paper.total),
      bcy_sub_total: printer.base(paper.net, paper.date),
      bcy_tax_total: printer.base(paper.tax, paper.date),
      bcy_total: printer.base(paper.total, paper.date),
      taxes: taxesOf(paper, customer, printer),
      billing_address: addressOf(customer),
      shipping_address: addressOf(customer),
      salesperson_id: customer.salesperson.id,
      salesperson_name: customer.salesperson.name,
      custom_fields: [],
      notes: '',
      terms: '',
      ...printer.times(paper),
    }),
  };
  return printer;
}

export const customerOf = ({ id, name, currency }: CustomerFacts): Wire => ({
  customer_id: id,
  customer_name: name,
  currency_id: currency.id,
  currency_code: currency.code,
  currency_symbol: currency.symbol,
});

/** Books prints "no deal" as empty text. */
export function dealOf({ deal, unlinked }: { deal: DealTag | null; unlinked?: boolean }): Wire {
  const shown = unlinked ? null : deal;
  return { zcrm_potential_id: shown?.id ?? '', zcrm_potential_name: shown?.name ?? '' };
}

function taxesOf({ tax }: Paper, { taxName, taxMilliPercent }: CustomerFacts, { own }: Printer): Wire[] {
  if (tax === 0) return [];
  return [{ tax_id: TAX_ID, tax_name: `${taxName} (${taxMilliPercent / 1000}%)`, tax_amount: own(tax) }];
}

function lineItem(line: LineFacts, order: number, on: Day, { book, own, base }: Printer): Wire {
  const { taxMilliPercent, taxName } = book.customer;
  return {
    line_item_id: line.id,
    item_id: line.item.id,
    name: line.item.name,
    description: '',
    item_order: order,
    product_type: line.item.kind,
    bcy_rate: base(line.rate, on),
    rate: own(line.rate),
    quantity: line.quantity,
    unit: line.item.unit,
    discount: line.discount === 0 ? 0 : `${line.discount}.00%`,
    discount_amount: own(line.rate * line.quantity - line.net),
    tax_id: taxMilliPercent > 0 ? TAX_ID : '',
    tax_name: taxName,
    tax_type: 'tax',
    tax_percentage: taxMilliPercent / 1000,
    item_total: own(line.net),
  };
}
