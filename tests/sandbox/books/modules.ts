/** What sets one kind of Books document apart in lists and details. @see books-api §2 */
export interface BooksModule {
  /** Path, list key and key in the organisation. */
  readonly resource: Resource;
  /** Key of a single one. */
  readonly single: string;
  readonly idKey: string;
  readonly scope: string;
  readonly noun: string;
  /** Columns of a list row: fewer than the details have. */
  readonly columns: readonly string[];
  /** `status` values; `null` when the list has no such filter. */
  readonly statuses: readonly string[] | null;
  /** `filter_by` values without their `Status.` */
  readonly filters: readonly string[];
  readonly sortColumns: readonly string[];
  /** Filters by equality, on fields of the details. */
  readonly equals: readonly string[];
  /** Fields with `_start`, `_end`, `_before`, `_after`. */
  readonly ranges: readonly string[];
  /** Texts that also take `_startswith` and `_contains`. */
  readonly texts: readonly string[];
  readonly searched: readonly string[];
  readonly hasLastModifiedFilter: boolean;
}

type Resource =
  | 'contacts'
  | 'invoices'
  | 'customerpayments'
  | 'creditnotes'
  | 'estimates'
  | 'salesorders'
  | 'expenses';

const STAMPS = ['created_time', 'last_modified_time'];
const CURRENCY = ['currency_id', 'currency_code'];
const CUSTOMER = ['customer_id', 'customer_name'];
const DEAL = ['zcrm_potential_id', 'zcrm_potential_name'];

const contacts: BooksModule = {
  resource: 'contacts',
  single: 'contact',
  idKey: 'contact_id',
  scope: 'contacts',
  noun: 'Contact',
  columns: [
    'contact_id',
    'contact_name',
    'company_name',
    'contact_type',
    'status',
    'customer_sub_type',
    'is_linked_with_zohocrm',
    'payment_terms',
    'payment_terms_label',
    ...CURRENCY,
    'outstanding_receivable_amount',
    'outstanding_receivable_amount_bcy',
    'unused_credits_receivable_amount',
    'unused_credits_receivable_amount_bcy',
    'first_name',
    'last_name',
    'email',
    'phone',
    'mobile',
    ...STAMPS,
  ],
  statuses: null,
  filters: [
    'All',
    'Active',
    'Inactive',
    'Duplicate',
    'PortalEnabled',
    'PortalDisabled',
    'CreditLimitExceed',
    'Crm',
    'OverDue',
    'Unpaid',
  ],
  sortColumns: [
    'contact_name',
    'first_name',
    'last_name',
    'email',
    'outstanding_receivable_amount',
    ...STAMPS,
  ],
  equals: ['zcrm_account_id', 'zcrm_contact_id', 'zcrm_vendor_id', 'contact_type'],
  ranges: [],
  texts: ['contact_name', 'company_name', 'first_name', 'last_name', 'email', 'phone'],
  searched: ['contact_name', 'company_name', 'first_name', 'last_name', 'email', 'notes'],
  // not in the description, yet parsed: a bad value is refused
  hasLastModifiedFilter: true,
};

const invoices: BooksModule = {
  resource: 'invoices',
  single: 'invoice',
  idKey: 'invoice_id',
  scope: 'invoices',
  noun: 'Invoice',
  columns: [
    'invoice_id',
    'ach_payment_initiated',
    ...CUSTOMER,
    'status',
    'current_sub_status',
    'invoice_number',
    'reference_number',
    'date',
    'due_date',
    'due_days',
    ...CURRENCY,
    'schedule_time',
    'is_viewed_by_client',
    'has_attachment',
    'client_viewed_time',
    'total',
    'balance',
    ...STAMPS,
    'is_emailed',
    'reminders_sent',
    'last_reminder_sent_date',
    'payment_expected_date',
    'last_payment_date',
    'custom_fields',
    'salesperson_id',
    'salesperson_name',
    'shipping_charge',
    'adjustment',
    'write_off_amount',
    'unprocessed_payment_amount',
    'exchange_rate',
    ...DEAL,
  ],
  statuses: ['sent', 'draft', 'overdue', 'paid', 'void', 'unpaid', 'partially_paid', 'viewed'],
  filters: [
    'All',
    'Sent',
    'Draft',
    'OverDue',
    'Paid',
    'Void',
    'Unpaid',
    'PartiallyPaid',
    'Viewed',
    'PaymentExpectedDate',
  ],
  sortColumns: ['customer_name', 'invoice_number', 'date', 'due_date', 'total', 'balance', 'created_time'],
  equals: ['customer_id', 'zcrm_potential_id', 'recurring_invoice_id', 'total', 'balance'],
  ranges: ['date', 'due_date', 'created_date'],
  texts: ['invoice_number', 'reference_number', 'customer_name', 'email'],
  searched: ['invoice_number', 'reference_number', 'customer_name'],
  hasLastModifiedFilter: true,
};

const customerpayments: BooksModule = {
  resource: 'customerpayments',
  single: 'payment',
  idKey: 'payment_id',
  scope: 'customerpayments',
  noun: 'Payment',
  columns: [
    'payment_id',
    'payment_number',
    'invoice_numbers',
    'date',
    'payment_mode',
    'amount',
    'bcy_amount',
    'unused_amount',
    'bcy_unused_amount',
    'bcy_refunded_amount',
    'reference_number',
    'description',
    ...CUSTOMER,
    'payment_status',
    'payment_type',
    ...STAMPS,
  ],
  statuses: null,
  filters: [
    'All',
    'Check',
    'Cash',
    'BankTransfer',
    'Paypal',
    'CreditCard',
    'GoogleCheckout',
    'Credit',
    'Authorizenet',
    'BankRemittance',
    'Payflowpro',
    'Others',
  ],
  sortColumns: ['date', 'payment_number', 'customer_name', 'amount', 'reference_number', ...STAMPS],
  equals: ['customer_id', 'date', 'amount', 'payment_mode'],
  ranges: [],
  texts: ['customer_name', 'reference_number', 'notes'],
  searched: ['payment_number', 'reference_number', 'customer_name', 'description'],
  hasLastModifiedFilter: false,
};

const creditnotes: BooksModule = {
  resource: 'creditnotes',
  single: 'creditnote',
  idKey: 'creditnote_id',
  scope: 'creditnotes',
  noun: 'Credit Note',
  columns: [
    'creditnote_id',
    'creditnote_number',
    'status',
    'reference_number',
    'date',
    'total',
    'balance',
    ...CUSTOMER,
    ...CURRENCY,
    ...STAMPS,
    'is_emailed',
  ],
  statuses: ['draft', 'open', 'closed', 'void', 'pending_approval', 'approved', 'rejected'],
  filters: ['All', 'Open', 'Draft', 'Closed', 'Void'],
  sortColumns: ['customer_name', 'creditnote_number', 'balance', 'total', 'date', ...STAMPS],
  equals: ['customer_id', 'date', 'total'],
  ranges: ['date'],
  texts: ['creditnote_number', 'reference_number', 'customer_name'],
  searched: ['creditnote_number', 'reference_number', 'customer_name'],
  hasLastModifiedFilter: true,
};

const estimates: BooksModule = {
  resource: 'estimates',
  single: 'estimate',
  idKey: 'estimate_id',
  scope: 'estimates',
  noun: 'Estimate',
  columns: [
    'estimate_id',
    ...CUSTOMER,
    'status',
    'estimate_number',
    'reference_number',
    'date',
    'expiry_date',
    ...CURRENCY,
    'total',
    ...STAMPS,
    'accepted_date',
    'declined_date',
    'has_attachment',
    'is_viewed_by_client',
    'client_viewed_time',
    'salesperson_id',
    'salesperson_name',
    ...DEAL,
  ],
  statuses: [
    'draft',
    'sent',
    'invoiced',
    'accepted',
    'declined',
    'expired',
    'partially_invoiced',
    'viewed',
    'pending_approval',
    'approved',
    'rejected',
  ],
  filters: ['All', 'Sent', 'Draft', 'Invoiced', 'Accepted', 'Declined', 'Expired'],
  sortColumns: ['customer_name', 'estimate_number', 'date', 'total', ...STAMPS],
  equals: ['customer_id', 'zcrm_potential_id', 'total'],
  ranges: ['date', 'expiry_date'],
  texts: ['estimate_number', 'reference_number', 'customer_name'],
  searched: ['estimate_number', 'reference_number', 'customer_name'],
  hasLastModifiedFilter: true,
};

const salesorders: BooksModule = {
  resource: 'salesorders',
  single: 'salesorder',
  idKey: 'salesorder_id',
  scope: 'salesorders',
  noun: 'Sales Order',
  columns: [
    'salesorder_id',
    ...DEAL,
    ...CUSTOMER,
    'status',
    'salesorder_number',
    'reference_number',
    'date',
    'shipment_date',
    'shipment_days',
    ...CURRENCY,
    'total',
    'sub_total',
    'bcy_total',
    ...STAMPS,
    'is_emailed',
    'has_attachment',
    'custom_fields',
  ],
  statuses: [
    'draft',
    'open',
    'invoiced',
    'partially_invoiced',
    'void',
    'overdue',
    'closed',
    'cancelled',
    'onhold',
    'pending_approval',
    'approved',
  ],
  filters: ['All', 'Open', 'Draft', 'OverDue', 'PartiallyInvoiced', 'Invoiced', 'Void', 'Closed'],
  sortColumns: [
    'customer_name',
    'salesorder_number',
    'reference_number',
    'shipment_date',
    'total',
    'date',
    ...STAMPS,
  ],
  equals: ['customer_id', 'zcrm_potential_id', 'salesperson_id', 'total'],
  ranges: ['date', 'shipment_date', 'created_date'],
  texts: ['salesorder_number', 'reference_number', 'customer_name', 'email'],
  searched: ['salesorder_number', 'reference_number', 'customer_name'],
  hasLastModifiedFilter: true,
};

const expenses: BooksModule = {
  resource: 'expenses',
  single: 'expense',
  idKey: 'expense_id',
  scope: 'expenses',
  noun: 'Expense',
  columns: [
    'expense_id',
    'date',
    'account_name',
    'paid_through_account_name',
    'description',
    ...CURRENCY,
    'exchange_rate',
    'bcy_total',
    'bcy_total_without_tax',
    'total',
    'total_without_tax',
    'is_billable',
    'reference_number',
    ...CUSTOMER,
    'status',
    ...STAMPS,
    'expense_receipt_name',
    'expense_type',
  ],
  statuses: ['unbilled', 'invoiced', 'reimbursed', 'non-billable', 'billable'],
  filters: ['All', 'Unbilled', 'Invoiced', 'Reimbursed', 'Nonbillable', 'Billable'],
  sortColumns: [
    'date',
    'account_name',
    'total',
    'bcy_total',
    'reference_number',
    'customer_name',
    'created_time',
  ],
  equals: ['customer_id', 'vendor_id', 'project_id'],
  ranges: ['date'],
  texts: ['description', 'reference_number', 'account_name', 'customer_name'],
  searched: ['account_name', 'description', 'customer_name', 'reference_number'],
  // not in the description, yet connectors send it
  hasLastModifiedFilter: true,
};

export const INVOICES = invoices;

export const BOOKS_MODULES: readonly BooksModule[] = [
  contacts,
  invoices,
  customerpayments,
  creditnotes,
  estimates,
  salesorders,
  expenses,
];
