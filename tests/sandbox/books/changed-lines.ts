import type { Organisation, Wire } from '../organisation.ts';
import { amount, children, sumOf, text } from '../zoho-wire.ts';

const OWED = ['sent', 'viewed', 'unpaid', 'overdue', 'partially_paid', 'paid'];

/** Rounds as the document's currency does. */
const rounded = (value: number, places: number): number => Number(value.toFixed(places));

/** What a line comes to: rate × quantity less its discount, an amount or a percentage. */
function lineTotal(line: Wire, places: number): number {
  const gross = amount(line, 'rate') * amount(line, 'quantity');
  const { discount } = line;
  const off =
    typeof discount === 'string' && discount.endsWith('%')
      ? (gross * Number.parseFloat(discount)) / 100
      : amount(line, 'discount');
  return rounded(gross - off, places);
}

/**
 * The lines a document has after a change: those that were sent and no others. A sent line without its id is a new
 * one. `null` when a sent id is none of the document's.
 */
export function linesAfter(document: Wire, sent: readonly Wire[], id: string): readonly Wire[] | null {
  const own = children(document, 'line_items');
  const places = 'price_precision' in document ? amount(document, 'price_precision') : 2;
  const lines: Wire[] = [];
  for (const [at, line] of sent.entries()) {
    const lineId = text(line, 'line_item_id');
    const before = own.find((one) => text(one, 'line_item_id') === lineId);
    if (lineId !== '' && !before) return null;
    const after: Wire = { ...before, ...line, line_item_id: lineId || `${id}8${at + 1}` };
    const priced = ['rate', 'quantity', 'discount'].some((field) => after[field] !== before?.[field]);
    lines.push(priced ? { ...after, item_total: lineTotal(after, places) } : after);
  }
  return lines;
}

/** The amounts that follow from the lines. Unchanged lines leave them as they are. */
export function totalsAfter(document: Wire, lines: readonly Wire[]): Wire {
  const before = children(document, 'line_items');
  const net = sumOf(lines.map((line) => amount(line, 'item_total')));
  if (before.length === lines.length && net === sumOf(before.map((line) => amount(line, 'item_total'))))
    return {};
  return amountsAfter(document, net);
}

/** The amounts of a document whose net becomes what was asked, at the same rate of tax; what was paid stays paid. */
export function amountsAfter(document: Wire, asked: number): Wire {
  const places = 'price_precision' in document ? amount(document, 'price_precision') : 2;
  const net = rounded(asked, places);
  const base = (value: number): number => rounded(value * (amount(document, 'exchange_rate') || 1), 2);
  const netBefore = amount(document, 'sub_total');
  const tax = netBefore === 0 ? 0 : rounded((net * amount(document, 'tax_total')) / netBefore, places);
  const total = sumOf([net, tax, amount(document, 'shipping_charge'), amount(document, 'adjustment')]);
  const [taxLine] = children(document, 'taxes');
  return {
    sub_total: net,
    tax_total: tax,
    total,
    ...('amount' in document ? { amount: total } : {}),
    ...('total_without_tax' in document ? { total_without_tax: net, bcy_total_without_tax: base(net) } : {}),
    ...('bcy_sub_total' in document ? { bcy_sub_total: base(net), bcy_tax_total: base(tax) } : {}),
    ...('bcy_total' in document ? { bcy_total: base(total) } : {}),
    ...('balance' in document
      ? { balance: sumOf([amount(document, 'balance'), total, -amount(document, 'total')]) }
      : {}),
    ...(taxLine ? { taxes: [{ ...taxLine, tax_amount: tax }] } : {}),
  };
}

/** What the customer owes for a document; drafts and voids are not owed. */
export const owedFor = (document: Wire): number =>
  'balance' in document && OWED.includes(text(document, 'status')) ? amount(document, 'balance') : 0;

/** Moves the customer's receivables by what a change to one of their documents moved. */
export function moveReceivables(books: Organisation['books'], document: Wire, by: number): void {
  const customer = books.contacts.find((one) => text(one, 'contact_id') === text(document, 'customer_id'));
  if (!customer || by === 0) return;
  const rate = amount(customer, 'exchange_rate') || 1;
  const after = sumOf([amount(customer, 'outstanding_receivable_amount'), by]);
  Object.assign(customer, {
    outstanding_receivable_amount: after,
    outstanding_receivable_amount_bcy: rounded(after * rate, 2),
  });
  const [summary, ...others] = children(customer, 'customer_currency_summaries');
  if (summary && others.length === 0)
    customer.customer_currency_summaries = [{ ...summary, outstanding_receivable_amount: after }];
}
