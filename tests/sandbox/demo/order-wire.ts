import type { Wire } from '../organisation.ts';
import { balanceOf, type EstimateFacts, type ExpenseFacts, type OrderFacts } from './book-facts.ts';
import { booksId } from './ids.ts';
import { customerOf, dealOf, type Printer } from './paper-wire.ts';

/** An estimate as `GET /estimates/{id}` answers. */
export const wireEstimate = (estimate: EstimateFacts, { head }: Printer): Wire => ({
  estimate_id: estimate.id,
  estimate_number: estimate.number,
  status: estimate.status,
  expiry_date: estimate.expiry,
  accepted_date: estimate.status === 'accepted' || estimate.status === 'invoiced' ? estimate.touched : '',
  declined_date: estimate.status === 'declined' ? estimate.touched : '',
  ...head(estimate),
  ...dealOf(estimate),
});

/** A sales order as `GET /salesorders/{id}` answers, with the invoices made from it. */
export const wireSalesOrder = (order: OrderFacts, { book, own, head }: Printer): Wire => ({
  salesorder_id: order.id,
  salesorder_number: order.number,
  status: order.status,
  shipment_date: order.shipment,
  ...head(order),
  ...dealOf(order),
  crm_owner_id: book.customer.ownerId,
  estimate_id: order.estimate?.id ?? '',
  estimate_number: order.estimate?.number ?? '',
  invoices: book.invoices
    .filter((invoice) => invoice.order === order)
    .map((invoice) => ({
      invoice_id: invoice.id,
      invoice_number: invoice.number,
      date: invoice.date,
      total: own(invoice.total),
      balance: own(balanceOf(invoice)),
    })),
});

/** An expense as `GET /expenses/{id}` answers: the only call that tells its deal. */
export function wireExpense(expense: ExpenseFacts, { book, own, base, rate, times }: Printer): Wire {
  const { id, date, amount, billable } = expense;
  return {
    expense_id: id,
    transaction_type: 'expense',
    date,
    account_id: booksId('ledgerAccount', 1),
    account_name: expense.account,
    paid_through_account_id: booksId('ledgerAccount', 2),
    paid_through_account_name: 'Petty Cash',
    description: expense.description,
    reference_number: expense.reference ?? '',
    ...customerOf(book.customer),
    exchange_rate: rate(date),
    sub_total: own(amount),
    tax_amount: 0,
    amount: own(amount),
    total: own(amount),
    total_without_tax: own(amount),
    bcy_total: base(amount, date),
    bcy_total_without_tax: base(amount, date),
    is_billable: billable,
    is_personal: false,
    is_inclusive_tax: false,
    status: billable ? 'unbilled' : 'nonbillable',
    expense_type: 'non_mileage',
    invoice_id: '',
    invoice_number: '',
    ...dealOf(expense),
    ...times({ id, date, touched: date }),
  };
}
