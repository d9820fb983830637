import type { z } from 'zod';
import type {
  CreditNote,
  CustomerId,
  DealId,
  DocumentId,
  Estimate,
  Expense,
  Invoice,
  SalesOrder,
} from '../../domain/documents.ts';
import { add, type CurrencyCode, type Money, money, subtract, zero } from '../../domain/money.ts';
import { ZohoTrouble } from '../trouble.ts';
import { bookedRate, type Reading } from './booked-rate.ts';
import type { BooksOrganisation, CustomerDetail, CustomerMatch } from './books.ts';
import { customerFacts } from './customer-facts.ts';
import { statusOf } from './statuses.ts';
import type {
  ContactDetail,
  ContactRow,
  CreditNoteRow,
  EstimateRow,
  ExpenseRow,
  InvoiceRow,
  OrganizationsAnswer,
  SalesOrderRow,
  TaxSplit,
} from './wire.ts';

type WireDocument = Omit<z.infer<typeof EstimateRow>, 'estimate_id' | 'estimate_number' | 'expiry_date'>;

/** What all documents have in common. The net amount is on a document's own page only. */
function document(type: string, row: WireDocument, id: string, number: string, reading: Reading) {
  const currency = row.currency_code ?? reading.customer.currency;
  return {
    id: id as DocumentId, // safe because the wire schema checked these ids
    number,
    customerId: reading.customer.id as CustomerId,
    date: row.date,
    total: money(currency, row.total),
    exchangeRate: bookedRate(
      {
        type,
        currency,
        exchangeRate: row.exchange_rate,
        amount: row.total,
        baseAmount: row.bcy_total,
      },
      reading,
    ),
    net: null,
    dealId: (row.zcrm_potential_id || null) as DealId | null,
    ...(row.reference_number === '' ? {} : { reference: row.reference_number }),
    ...(row.last_modified_time === undefined ? {} : { version: row.last_modified_time }),
  };
}

export function invoice(row: z.infer<typeof InvoiceRow>, reading: Reading): Invoice {
  const common = document('invoice', row, row.invoice_id, row.invoice_number, reading);
  const { currency } = common.total;
  return {
    ...common,
    status: statusOf('invoice', row.status, reading.warn),
    dueDate: row.due_date ?? null,
    balance: money(currency, row.balance),
    writtenOff: money(currency, row.write_off_amount ?? 0),
  };
}

export function creditNote(row: z.infer<typeof CreditNoteRow>, reading: Reading): CreditNote {
  const common = document('credit_note', row, row.creditnote_id, row.creditnote_number, reading);
  return {
    ...common,
    status: statusOf('credit_note', row.status, reading.warn),
    unused: money(common.total.currency, row.balance),
  };
}

export function estimate(row: z.infer<typeof EstimateRow>, reading: Reading): Estimate {
  return {
    ...document('estimate', row, row.estimate_id, row.estimate_number, reading),
    status: statusOf('estimate', row.status, reading.warn),
    expiryDate: row.expiry_date ?? null,
  };
}

export function salesOrder(row: z.infer<typeof SalesOrderRow>, reading: Reading): SalesOrder {
  return {
    ...document('sales_order', row, row.salesorder_id, row.salesorder_number, reading),
    status: statusOf('sales_order', row.status, reading.warn),
    shipmentDate: row.shipment_date ?? null,
  };
}

/** Expenses have no number of their own, and are the only list that tells the net amount. */
export function expense(row: z.infer<typeof ExpenseRow>, reading: Reading): Expense {
  const common = document('expense', row, row.expense_id, row.reference_number, reading);
  const net = row.total_without_tax;
  return {
    ...common,
    net: net === undefined ? null : money(common.total.currency, net),
    status: statusOf('expense', row.status, reading.warn),
  };
}

/** Total without tax, discounts taken off, shipping and adjustment in. @see domain.md A1 */
export function netOf(split: z.infer<typeof TaxSplit>, baseCurrency: CurrencyCode): Money {
  const currency = split.currency_code ?? baseCurrency;
  const total = money(currency, split.total);
  if (split.tax_total !== undefined) return subtract(total, money(currency, split.tax_total));
  if (split.taxes === undefined) throw new ZohoTrouble('books', 'unreachable', { code: 'no_tax_split' });
  const tax = split.taxes.reduce(
    (sum, { tax_amount }) => add(sum, money(currency, tax_amount ?? 0)),
    zero(currency),
  );
  return subtract(total, tax);
}

export function customerDetail(
  { contact }: z.infer<typeof ContactDetail>,
  baseCurrency: CurrencyCode,
): CustomerDetail {
  const currency = contact.currency_code ?? baseCurrency;
  const told = (amount: string | undefined): Money | null =>
    amount === undefined ? null : money(currency, amount);
  const rate = contact.exchange_rate ?? null;
  return {
    customer: {
      id: contact.contact_id as CustomerId, // safe because the wire schema checked it
      name: contact.contact_name,
      currency,
      outstandingReceivable: money(currency, contact.outstanding_receivable_amount),
      outstandingOpeningBalance: told(contact.outstanding_ob_receivable_amount),
      unusedCredits: money(currency, contact.unused_credits_receivable_amount),
      unusedRetainers: told(contact.unused_retainer_payments),
      // Books writes "no limit" as 0; a customer who may owe nothing at all is put on hold instead.
      creditLimit: Number(contact.credit_limit ?? 0) > 0 ? told(contact.credit_limit) : null,
      exchangeRate: rate !== null && Number(rate) > 0 ? rate : null,
    },
    crmAccountId: contact.zcrm_account_id ?? null,
    crmContactId: contact.zcrm_contact_id ?? null,
    facts: customerFacts(contact),
  };
}

export function customerMatch(row: z.infer<typeof ContactRow>): CustomerMatch {
  return {
    id: row.contact_id as CustomerId, // safe because the wire schema checked it
    name: row.contact_name,
    email: row.email || null,
  };
}

/** The time zone stays as Books tells it; whether it can be counted in is asked when the organisation is chosen. */
export function organisations({ organizations }: z.infer<typeof OrganizationsAnswer>): BooksOrganisation[] {
  return organizations
    .filter(({ is_org_active }) => is_org_active !== false)
    .map(({ organization_id, name, currency_code, time_zone, plan_name }) => ({
      id: organization_id,
      name,
      currency: currency_code,
      timeZone: time_zone,
      ...(plan_name ? { plan: plan_name } : {}),
    }));
}
