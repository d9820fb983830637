import type { Wire } from './organisation.ts';

export const USD = {
  currency_id: '460000000000000097',
  currency_code: 'USD',
  currency_symbol: '$',
  exchange_rate: 1,
  price_precision: 2,
};
export const EUR = {
  currency_id: '460000000000000099',
  currency_code: 'EUR',
  currency_symbol: '€',
  exchange_rate: 1.1,
  price_precision: 2,
};
const DEAL_NONE = { zcrm_potential_id: '', zcrm_potential_name: '' };

const stamps = (day: string): Wire => ({
  created_time: `${day}T10:00:00+0100`,
  last_modified_time: `${day}T10:00:00+0100`,
});

export function aBooksCustomer(id: string, name: string, more: Wire = {}): Wire {
  return {
    contact_id: id,
    contact_name: name,
    company_name: name,
    contact_type: 'customer',
    status: 'active',
    customer_sub_type: 'business',
    is_linked_with_zohocrm: true,
    zcrm_account_id: '',
    zcrm_contact_id: '',
    crm_owner_id: '',
    payment_terms: 30,
    payment_terms_label: 'Net 30',
    ...USD,
    credit_limit: 0,
    outstanding_receivable_amount: 0,
    outstanding_receivable_amount_bcy: 0,
    unused_credits_receivable_amount: 0,
    unused_credits_receivable_amount_bcy: 0,
    unused_retainer_payments: 0,
    opening_balance_amount: 0,
    outstanding_ob_receivable_amount: 0,
    contact_persons: [],
    ...stamps('2026-01-05'),
    ...more,
  };
}

export const aBooksUser = (id: string, name: string, role: string): Wire => ({
  user_id: id,
  role_id: role === 'admin' ? '460000000000000311' : '460000000000000312',
  name,
  email: `${name.replace(' ', '.')}@keller.example`.toLowerCase(),
  user_role: role,
  status: 'active',
  is_customer_segmented: false,
});

interface Money {
  readonly net: number;
  readonly tax?: number;
}
const totals = ({ net, tax = 0 }: Money): Wire => ({ sub_total: net, tax_total: tax, total: net + tax });
const lines = (id: string, { net }: Money): Wire => ({
  line_items: [{ line_item_id: `${id}9`, name: 'Office supplies', quantity: 1, rate: net, item_total: net }],
});
const customerOf = (customer: Wire): Wire => ({
  customer_id: customer.contact_id,
  customer_name: customer.contact_name,
  currency_id: customer.currency_id,
  currency_code: customer.currency_code,
  exchange_rate: customer.exchange_rate,
  price_precision: customer.price_precision,
});

interface Dated extends Money {
  readonly id: string;
  readonly number: string;
  readonly date: string;
}

/** `balance` defaults to the whole total; everything missing from it counts as paid. */
export function anInvoice(customer: Wire, { id, number, date, ...money }: Dated, more: Wire = {}): Wire {
  const { total } = totals(money);
  const balance = more.balance ?? total;
  return {
    invoice_id: id,
    invoice_number: number,
    ...customerOf(customer),
    date,
    due_date: date,
    status: 'sent',
    ...totals(money),
    taxes: money.tax ? [{ tax_id: '460000000000030001', tax_name: 'Sales tax', tax_amount: money.tax }] : [],
    balance,
    payment_made: Number(total) - Number(balance),
    credits_applied: 0,
    write_off_amount: 0,
    reference_number: '',
    last_payment_date: '',
    payment_expected_date: '',
    ...DEAL_NONE,
    ...lines(id, money),
    ...stamps(date),
    ...more,
  };
}

export const aPayment = (
  customer: Wire,
  { id, number, date, amount }: { id: string; number: string; date: string; amount: number },
  more: Wire = {},
): Wire => ({
  payment_id: id,
  payment_number: number,
  ...customerOf(customer),
  currency_symbol: customer.currency_symbol,
  date,
  amount,
  unused_amount: 0,
  amount_refunded: 0,
  payment_mode: 'banktransfer',
  status: 'paid',
  reference_number: '',
  description: '',
  invoices: [],
  payment_refunds: [],
  ...stamps(date),
  ...more,
});

export const aCreditNote = (
  customer: Wire,
  { id, number, date, ...money }: Dated,
  more: Wire = {},
): Wire => ({
  creditnote_id: id,
  creditnote_number: number,
  ...customerOf(customer),
  date,
  status: 'open',
  ...totals(money),
  balance: totals(money).total,
  reference_number: '',
  invoices: [],
  creditnote_refunds: [],
  ...lines(id, money),
  ...stamps(date),
  ...more,
});

export const anEstimate = (customer: Wire, { id, number, date, ...money }: Dated, more: Wire = {}): Wire => ({
  estimate_id: id,
  estimate_number: number,
  ...customerOf(customer),
  date,
  expiry_date: '',
  status: 'sent',
  ...totals(money),
  reference_number: '',
  ...DEAL_NONE,
  ...lines(id, money),
  ...stamps(date),
  ...more,
});

export const aSalesOrder = (
  customer: Wire,
  { id, number, date, ...money }: Dated,
  more: Wire = {},
): Wire => ({
  salesorder_id: id,
  salesorder_number: number,
  ...customerOf(customer),
  date,
  shipment_date: '',
  status: 'open',
  ...totals(money),
  reference_number: '',
  ...DEAL_NONE,
  ...lines(id, money),
  ...stamps(date),
  ...more,
});

export const anExpense = (
  customer: Wire,
  { id, date, ...money }: Omit<Dated, 'number'>,
  more: Wire = {},
): Wire => ({
  expense_id: id,
  ...customerOf(customer),
  date,
  account_id: '460000000000000401',
  account_name: 'Travel Expense',
  paid_through_account_id: '460000000000000402',
  paid_through_account_name: 'Petty Cash',
  status: 'unbilled',
  is_billable: true,
  description: '',
  reference_number: '',
  ...totals(money),
  bcy_total: totals(money).total,
  ...DEAL_NONE,
  ...stamps(date),
  ...more,
});
