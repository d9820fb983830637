import type { Wire } from '../organisation.ts';
import {
  balanceOf,
  type CreditNoteFacts,
  type CustomerFacts,
  type DealTag,
  type EstimateFacts,
  type ExpenseFacts,
  type InvoiceFacts,
  type LineFacts,
  leftOfCreditNote,
  type OrderFacts,
} from './book-facts.ts';
import { addressOf } from './contact-wire.ts';
import { type Minor, rateOn, wireAmount, wireBaseAmount } from './currencies.ts';
import type { CustomerBook } from './customer-book.ts';
import { booksId } from './ids.ts';
import { type Day, daysBetween, type Stamps } from './plain-day.ts';

interface Printed {
  readonly id: string;
  readonly date: Day;
  readonly touched: Day;
  readonly lines: readonly LineFacts[];
  readonly net: Minor;
  readonly tax: Minor;
  readonly total: Minor;
}

const TAX_ID = booksId('tax', 1);

/** Prints one customer's documents as their detail calls answer. */
export function createDocumentPrinter({ customer, today, invoices }: CustomerBook, stamps: Stamps) {
  const { currency } = customer;
  const own = (amount: Minor): number => wireAmount(amount, currency);
  const lateSinceYesterday = (due: Day): boolean => daysBetween(due, today) === 1;

  const head = ({ id, date, touched, lines, net, tax, total }: Printed): Wire => {
    const rate = rateOn(date, currency);
    return {
      date,
      ...customerOf(customer),
      exchange_rate: rate / 1_000_000,
      price_precision: currency.places,
      reference_number: '',
      is_inclusive_tax: false,
      is_discount_before_tax: true,
      discount_type: 'item_level',
      discount: 0,
      line_items: lines.map((line, at) => lineItem(line, at, rate)),
      shipping_charge: 0,
      adjustment: 0,
      sub_total: own(net),
      tax_total: own(tax),
      total: own(total),
      bcy_sub_total: wireBaseAmount(net, rate, currency),
      bcy_tax_total: wireBaseAmount(tax, rate, currency),
      bcy_total: wireBaseAmount(total, rate, currency),
      taxes:
        tax === 0
          ? []
          : [
              {
                tax_id: TAX_ID,
                tax_name: `${customer.taxName} (${customer.taxMilliPercent / 1000}%)`,
                tax_amount: own(tax),
              },
            ],
      billing_address: addressOf(customer),
      shipping_address: addressOf(customer),
      salesperson_id: customer.salesperson.id,
      salesperson_name: customer.salesperson.name,
      custom_fields: [],
      notes: '',
      terms: '',
      created_time: stamps.books(date, id),
      last_modified_time: stamps.books(touched, id),
    };
  };

  const lineItem = (
    { id, item, quantity, rate, discount, net }: LineFacts,
    at: number,
    exchange: number,
  ): Wire => ({
    line_item_id: id,
    item_id: item.id,
    name: item.name,
    description: '',
    item_order: at + 1,
    product_type: item.kind,
    bcy_rate: wireBaseAmount(rate, exchange, currency),
    rate: own(rate),
    quantity,
    unit: item.unit,
    discount: discount === 0 ? 0 : `${discount}.00%`,
    discount_amount: own(rate * quantity - net),
    tax_id: customer.taxMilliPercent > 0 ? TAX_ID : '',
    tax_name: customer.taxMilliPercent > 0 ? customer.taxName : '',
    tax_type: 'tax',
    tax_percentage: customer.taxMilliPercent / 1000,
    item_total: own(net),
  });

  const invoice = (one: InvoiceFacts): Wire => ({
    invoice_id: one.id,
    invoice_number: one.number,
    status: statusOf(one, today, lateSinceYesterday),
    due_date: one.due,
    payment_terms: daysBetween(one.date, one.due),
    payment_terms_label: `Net ${daysBetween(one.date, one.due)}`,
    payment_expected_date: '',
    last_payment_date: one.lastPaid ?? '',
    ...head(one),
    balance: own(balanceOf(one)),
    payment_made: own(one.paid),
    credits_applied: own(one.credited),
    tax_amount_withheld: 0,
    write_off_amount: own(one.writtenOff),
    ...dealOf(one.deal),
    salesorder_id: one.order?.id ?? '',
    salesorder_number: one.order?.number ?? '',
    estimate_id: one.order?.estimate?.id ?? '',
    is_viewed_by_client: one.state === 'viewed',
    is_emailed: one.state !== 'draft',
    allow_partial_payments: true,
    recurring_invoice_id: '',
  });

  const creditNote = (one: CreditNoteFacts): Wire => ({
    creditnote_id: one.id,
    creditnote_number: one.number,
    status: one.state === 'live' ? (leftOfCreditNote(one) > 0 ? 'open' : 'closed') : one.state,
    ...head(one),
    balance: own(leftOfCreditNote(one)),
    total_credits_used: own(one.parts.reduce((sum, part) => sum + part.amount, 0)),
    total_refunded_amount: own(one.refunds.reduce((sum, refund) => sum + refund.amount, 0)),
    invoices: one.parts.map(({ invoice: { id, number }, amount }) => ({
      invoice_id: id,
      invoice_number: number,
      amount: own(amount),
    })),
    invoices_credited: one.parts.map(({ id, invoice: credited, amount, date }) => ({
      creditnote_invoice_id: id,
      creditnote_id: one.id,
      invoice_id: credited.id,
      invoice_number: credited.number,
      date,
      credited_date: date,
      credited_amount: own(amount),
    })),
    creditnote_refunds: one.refunds.map(({ id, date, amount }) => ({
      creditnote_refund_id: id,
      creditnote_id: one.id,
      creditnote_number: one.number,
      customer_name: customer.name,
      date,
      refund_mode: 'banktransfer',
      payment_form: '',
      reference_number: '',
      description: '',
      amount_fcy: own(amount),
      amount_bcy: wireBaseAmount(amount, rateOn(date, currency), currency),
    })),
  });

  const estimate = (one: EstimateFacts): Wire => ({
    estimate_id: one.id,
    estimate_number: one.number,
    status: one.status,
    expiry_date: one.expiry,
    accepted_date: one.status === 'accepted' || one.status === 'invoiced' ? one.touched : '',
    declined_date: one.status === 'declined' ? one.touched : '',
    ...head(one),
    ...dealOf(one.deal),
  });

  const salesOrder = (one: OrderFacts): Wire => ({
    salesorder_id: one.id,
    salesorder_number: one.number,
    status: one.status,
    shipment_date: one.shipment,
    ...head(one),
    ...dealOf(one.deal),
    crm_owner_id: customer.ownerId,
    estimate_id: one.estimate?.id ?? '',
    estimate_number: one.estimate?.number ?? '',
    invoices: invoices
      .filter(({ order }) => order === one)
      .map((made) => ({
        invoice_id: made.id,
        invoice_number: made.number,
        date: made.date,
        total: own(made.total),
        balance: own(balanceOf(made)),
      })),
  });

  const expense = ({ id, date, account, description, amount, deal, billable }: ExpenseFacts): Wire => {
    const rate = rateOn(date, currency);
    return {
      expense_id: id,
      transaction_type: 'expense',
      date,
      account_id: booksId('ledgerAccount', 1),
      account_name: account,
      paid_through_account_name: 'Petty Cash',
      description,
      reference_number: '',
      customer_id: customer.id,
      customer_name: customer.name,
      currency_id: currency.id,
      currency_code: currency.code,
      exchange_rate: rate / 1_000_000,
      sub_total: own(amount),
      tax_amount: 0,
      amount: own(amount),
      total: own(amount),
      total_without_tax: own(amount),
      bcy_total: wireBaseAmount(amount, rate, currency),
      bcy_total_without_tax: wireBaseAmount(amount, rate, currency),
      is_billable: billable,
      is_personal: false,
      is_inclusive_tax: false,
      status: billable ? 'unbilled' : 'nonbillable',
      expense_type: 'non_mileage',
      invoice_id: '',
      invoice_number: '',
      ...dealOf(deal),
      created_time: stamps.books(date, id),
      last_modified_time: stamps.books(date, id),
    };
  };

  return { invoice, creditNote, estimate, salesOrder, expense };
}

/** Books turns an invoice to `overdue` in the night after its due date, and not always in the first one. */
function statusOf(invoice: InvoiceFacts, today: Day, lags: (due: Day) => boolean): string {
  if (invoice.state === 'draft' || invoice.state === 'void') return invoice.state;
  if (balanceOf(invoice) === 0) return 'paid';
  if (invoice.due < today && !lags(invoice.due)) return 'overdue';
  return invoice.paid + invoice.credited > 0 ? 'partially_paid' : invoice.state;
}

export const customerOf = ({ id, name, currency }: CustomerFacts): Wire => ({
  customer_id: id,
  customer_name: name,
  currency_id: currency.id,
  currency_code: currency.code,
  currency_symbol: currency.symbol,
});

const dealOf = (deal: DealTag | null): Wire => ({
  zcrm_potential_id: deal?.id ?? '',
  zcrm_potential_name: deal?.name ?? '',
});
