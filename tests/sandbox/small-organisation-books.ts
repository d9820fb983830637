import type { Organisation } from './organisation.ts';
import {
  aBooksCustomer,
  aBooksUser,
  aCreditNote,
  anEstimate,
  anExpense,
  anInvoice,
  aPayment,
  aSalesOrder,
  EUR,
  USD,
} from './small-organisation-documents.ts';

interface Ids {
  readonly organisation: string;
  readonly customers: { readonly aster: string; readonly birch: string };
  readonly accounts: { readonly aster: string; readonly birch: string };
  readonly deals: { readonly fitOut: string };
}

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
    users: [
      aBooksUser('460000000000000301', 'Ada Keller', 'admin'),
      aBooksUser('460000000000000302', 'Fay Osei', 'staff'),
    ],
  };
}
