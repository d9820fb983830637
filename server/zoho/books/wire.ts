import { z } from 'zod';
import { Currency, Day, Decimal, Id, maybe, Stamp, Text } from '../wire-values.ts';

/** Books v3 answers, as far as they are read; everything else is dropped. @see https://www.zoho.com/books/api/v3/ */

/** `undefined`: the row does not tell. `''` or null: on no deal. */
const PotentialId = z.union([z.literal(''), z.null(), Id]).optional();

const document = {
  customer_id: maybe(Id),
  customer_name: Text,
  status: Text,
  date: Day,
  total: Decimal,
  bcy_total: maybe(Decimal),
  currency_code: maybe(Currency),
  exchange_rate: maybe(Decimal),
  zcrm_potential_id: PotentialId,
  reference_number: Text,
  last_modified_time: Stamp,
};

export const UserRow = z.object({
  user_id: Id,
  email: Text,
  user_role: Text,
  status: Text,
  /** Only the customers assigned to them. */
  is_customer_segmented: maybe(z.boolean()),
});

export const InvoiceRow = z.object({
  ...document,
  invoice_id: Id,
  invoice_number: Text,
  due_date: maybe(Day),
  balance: Decimal,
  write_off_amount: maybe(Decimal),
});

export const CreditNoteRow = z.object({
  ...document,
  creditnote_id: Id,
  creditnote_number: Text,
  balance: Decimal,
});

export const EstimateRow = z.object({
  ...document,
  estimate_id: Id,
  estimate_number: Text,
  expiry_date: maybe(Day),
});

export const SalesOrderRow = z.object({
  ...document,
  salesorder_id: Id,
  salesorder_number: Text,
  shipment_date: maybe(Day),
});

export const ExpenseRow = z.object({
  ...document,
  expense_id: Id,
  total_without_tax: maybe(Decimal),
});

export const PaymentRow = z.object({
  payment_id: Id,
  payment_number: Text,
  customer_id: maybe(Id),
  customer_name: Text,
  date: Day,
  amount: Decimal,
  bcy_amount: maybe(Decimal),
  unused_amount: maybe(Decimal),
  bcy_unused_amount: maybe(Decimal),
  bcy_refunded_amount: maybe(Decimal),
  payment_status: Text,
  currency_code: maybe(Currency),
  exchange_rate: maybe(Decimal),
  /** Live rows say `invoice_numbers`, the description `invoice_number`. */
  invoice_numbers: Text,
  invoice_number: Text,
  last_modified_time: Stamp,
});

/** No customer id and no currency here. @see https://www.zoho.com/books/api/v3/credit-notes/ */
export const RefundRow = z.object({
  creditnote_refund_id: Id,
  creditnote_id: Id,
  customer_id: maybe(Id),
  customer_name: Text,
  date: Day,
  amount_fcy: maybe(Decimal),
  amount_bcy: maybe(Decimal),
});

/** `''`: Books says there is none. `undefined`: it says nothing of it, or nonsense, which harms nothing else. */
const Told = z
  .union([z.string(), z.number(), z.null()])
  .transform((value) => String(value ?? ''))
  .optional()
  .catch(undefined);

/** What people recognise a contact by; lists tell less of it than its own page. */
export const RECOGNISED = {
  contact_name: Text,
  company_name: Told,
  email: Told,
  website: Told,
  status: Text.catch(''),
  is_linked_with_zohocrm: maybe(z.boolean()).catch(undefined),
  /** The first three: VAT in Europe, the Gulf's and others' tax registration, India's GST. */
  vat_reg_no: Told,
  tax_reg_no: Told,
  gst_no: Told,
  contact_persons: maybe(z.array(z.object({ email: Text.catch('') }))).catch(undefined),
};

export const ContactRow = z.object({
  contact_id: Id,
  contact_name: Text,
  company_name: Text,
  contact_type: Text,
  email: Text,
  zcrm_account_id: maybe(Id),
  zcrm_contact_id: maybe(Id),
});

export const ContactDetail = z.object({
  contact: z.object({
    contact_id: Id,
    ...RECOGNISED,
    currency_code: maybe(Currency),
    exchange_rate: maybe(Decimal),
    outstanding_receivable_amount: Decimal,
    outstanding_ob_receivable_amount: maybe(Decimal),
    unused_credits_receivable_amount: Decimal,
    unused_retainer_payments: maybe(Decimal),
    credit_limit: maybe(Decimal),
    zcrm_account_id: maybe(Id),
    zcrm_contact_id: maybe(Id),
  }),
});

export const TaxSplit = z.object({
  total: Decimal,
  tax_total: maybe(Decimal),
  taxes: maybe(z.array(z.object({ tax_amount: maybe(Decimal) }))),
  currency_code: maybe(Currency),
});

/** `''` or null: made from none. Nonsense in what only sharpens suggestions harms nothing else. */
const MadeFrom = z
  .union([z.literal(''), z.null(), Id])
  .optional()
  .catch(undefined);
const MADE_FROM = { estimate_id: MadeFrom, invoiced_estimate_id: MadeFrom, salesorder_id: MadeFrom };
const Lines = maybe(z.array(z.record(z.string(), z.unknown())));

/** What a page tells beside what its list row does. */
export const PageDetail = TaxSplit.extend({ ...MADE_FROM, line_items: Lines.catch(undefined) });

/** A document's own page, as far as linking goes. Everything Books wants back on a full update stays as it came. */
export const LinkableDetail = TaxSplit.extend({
  ...MADE_FROM,
  customer_id: maybe(Id),
  status: Text,
  balance: maybe(Decimal),
  sub_total: maybe(Decimal),
  tax_amount: maybe(Decimal),
  zcrm_potential_id: PotentialId,
  last_modified_time: Stamp,
  line_items: Lines,
});

export const PaymentDetail = z.object({
  payment: z.object({
    payment_id: Id,
    currency_code: Currency,
    invoices: maybe(z.array(z.object({ invoice_id: Id, amount_applied: Decimal }))),
  }),
});

export const OrganizationsAnswer = z.object({
  organizations: z.array(
    z.object({
      organization_id: Id,
      name: Text,
      currency_code: Currency,
      time_zone: Text,
      is_org_active: maybe(z.boolean()),
      plan_name: maybe(Text),
    }),
  ),
});

const PageContext = z.object({ has_more_page: maybe(z.boolean()) });

/** The pagination page shows an object, some descriptions an array of one, some lists leave it out. */
export const PagedAnswer = z.object({
  page_context: maybe(z.union([PageContext, z.array(PageContext).transform(([first]) => first ?? {})])),
});
