import type { Organisation, Wire } from './organisation.ts';

interface Ids {
  readonly organisation: string;
  readonly customers: { readonly aster: string; readonly birch: string };
  readonly accounts: { readonly aster: string; readonly birch: string };
  readonly deals: { readonly fitOut: string };
}

const USD = {
  currency_id: '460000000000000097',
  currency_code: 'USD',
  currency_symbol: '$',
  exchange_rate: 1,
  price_precision: 2,
};
const EUR = {
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
  account_name: 'Travel Expense',
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

const doc = (at: number): string => `460000000000${String(40_000 + at).padStart(6, '0')}`;

export function smallBooks({ organisation, customers, accounts, deals }: Ids): Organisation['books'] {
  const aster = aBooksCustomer(customers.aster, 'Aster Foods', {
    zcrm_account_id: accounts.aster,
    outstanding_receivable_amount: 796,
    outstanding_receivable_amount_bcy: 796,
    unused_credits_receivable_amount: 80,
    unused_credits_receivable_amount_bcy: 80,
    contact_persons: [
      {
        contact_person_id: '460000000000027001',
        first_name: 'Noor',
        last_name: 'Haddad',
        email: 'noor.haddad@customer.example',
        is_primary_contact: true,
      },
    ],
  });
  const birch = aBooksCustomer(customers.birch, 'Birch & Co', {
    ...EUR,
    zcrm_account_id: accounts.birch,
    outstanding_receivable_amount: 300,
    outstanding_receivable_amount_bcy: 330,
  });
  const fitOut = { zcrm_potential_id: deals.fitOut, zcrm_potential_name: 'Aster fit-out' };
  const late = anInvoice(
    aster,
    { id: doc(1), number: 'INV-000001', date: '2026-09-17', net: 1000, tax: 80 },
    {
      due_date: '2026-10-17',
      balance: 580,
      status: 'overdue',
      last_payment_date: '2026-11-01',
      ...fitOut,
    },
  );
  const paid = anInvoice(
    aster,
    { id: doc(3), number: 'INV-000003', date: '2026-08-20', net: 500, tax: 40 },
    {
      due_date: '2026-09-19',
      balance: 0,
      status: 'paid',
      last_payment_date: '2026-09-10',
    },
  );
  return {
    organizations: [
      {
        organization_id: organisation,
        name: 'Keller Office Supplies',
        contact_name: 'Ada Keller',
        email: 'ada.keller@keller.example',
        is_default_org: true,
        plan_name: 'Professional',
        time_zone: 'Europe/Berlin',
        currency_id: USD.currency_id,
        currency_code: 'USD',
        currency_symbol: '$',
        price_precision: 2,
        is_org_active: true,
      },
    ],
    contacts: [aster, birch],
    invoices: [
      late,
      anInvoice(
        aster,
        { id: doc(2), number: 'INV-000002', date: '2026-10-21', net: 200, tax: 16 },
        { due_date: '2026-11-20' },
      ),
      paid,
      anInvoice(
        aster,
        { id: doc(4), number: 'INV-000004', date: '2026-11-18', net: 100, tax: 8 },
        { due_date: '2026-12-18', status: 'draft' },
      ),
      anInvoice(
        aster,
        { id: doc(5), number: 'INV-000005', date: '2026-07-01', net: 50 },
        { due_date: '2026-07-31', status: 'void', balance: 0, payment_made: 0 },
      ),
      anInvoice(
        birch,
        { id: doc(6), number: 'INV-000006', date: '2026-11-10', net: 300 },
        { due_date: '2026-12-31' },
      ),
    ],
    customerpayments: [
      aPayment(
        aster,
        { id: doc(101), number: '1', date: '2026-09-10', amount: 600 },
        {
          unused_amount: 40,
          amount_refunded: 20,
          invoices: [
            {
              invoice_id: paid.invoice_id,
              invoice_number: 'INV-000003',
              invoice_amount: 540,
              amount_applied: 540,
              balance_amount: 0,
            },
          ],
          payment_refunds: [
            { payment_refund_id: doc(111), date: '2026-09-25', amount_fcy: 20, amount_bcy: 20 },
          ],
        },
      ),
      aPayment(
        aster,
        { id: doc(102), number: '2', date: '2026-11-01', amount: 500 },
        {
          invoices: [
            {
              invoice_id: late.invoice_id,
              invoice_number: 'INV-000001',
              invoice_amount: 1080,
              amount_applied: 500,
              balance_amount: 580,
            },
          ],
        },
      ),
    ],
    creditnotes: [
      aCreditNote(
        aster,
        { id: doc(201), number: 'CN-00001', date: '2026-10-05', net: 50, tax: 4 },
        {
          balance: 40,
          creditnote_refunds: [
            { creditnote_refund_id: doc(211), date: '2026-10-12', amount_fcy: 14, amount_bcy: 14 },
          ],
        },
      ),
    ],
    estimates: [
      anEstimate(
        aster,
        { id: doc(301), number: 'EST-000001', date: '2026-07-20', net: 1200, tax: 96 },
        { status: 'accepted', expiry_date: '2026-08-19', ...fitOut },
      ),
    ],
    salesorders: [
      aSalesOrder(
        aster,
        { id: doc(401), number: 'SO-00001', date: '2026-08-16', net: 1200, tax: 96 },
        { shipment_date: '2026-09-01', ...fitOut },
      ),
    ],
    expenses: [anExpense(aster, { id: doc(501), date: '2026-09-03', net: 75 }, fitOut)],
    items: [],
  };
}
