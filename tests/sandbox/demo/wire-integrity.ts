import type { Organisation, Wire } from '../organisation.ts';
import { rows } from './audit.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const BOOKS_MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{4}$/;
const CRM_MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}$/;
const DAY_FIELDS = [
  'date',
  'due_date',
  'expiry_date',
  'shipment_date',
  'last_payment_date',
  'accepted_date',
  'declined_date',
];

const nested = (value: unknown): string | null =>
  typeof value === 'object' && value !== null ? String((value as Wire).id) : null; // safe because CRM nests references as objects

/** Everything wrong with an organisation's ids, references and dates; empty when it is sound. */
export function faultsOf({ crm, books }: Organisation, today: string): string[] {
  const faults: string[] = [];
  const collect = (what: string, list: readonly Wire[], field: string): Set<string> => {
    const ids = list.map((row) => String(row[field]));
    if (new Set(ids).size !== ids.length) faults.push(`${what}: the same id twice`);
    for (const id of ids) if (!/^\d{9,19}$/.test(id)) faults.push(`${what}: ${id} is no id`);
    return new Set(ids);
  };
  const refers = (
    what: string,
    list: readonly Wire[],
    read: (row: Wire) => unknown,
    known: ReadonlySet<string>,
  ): void => {
    for (const row of list) {
      const id = read(row);
      if (id !== '' && id !== null && !known.has(String(id)))
        faults.push(`${what}: ${String(id)} does not exist`);
    }
  };

  const users = collect('user', crm.users, 'id');
  const accounts = collect('account', crm.Accounts, 'id');
  const people = collect('contact', crm.Contacts, 'id');
  const deals = collect('deal', crm.Deals, 'id');
  collect('product', crm.Products, 'id');
  const roles = collect('role', crm.roles, 'id');
  const profiles = collect('profile', crm.profiles, 'id');
  const records = [...crm.Accounts, ...crm.Contacts, ...crm.Deals, ...crm.Products, ...crm.Vendors];
  refers('owner', records, ({ Owner }) => nested(Owner), users);
  refers('account of', [...crm.Contacts, ...crm.Deals], ({ Account_Name }) => nested(Account_Name), accounts);
  refers('contact of', crm.Deals, ({ Contact_Name }) => nested(Contact_Name), people);
  refers('role of', crm.users, ({ role }) => nested(role), roles);
  refers('profile of', crm.users, ({ profile }) => nested(profile), profiles);
  refers('manager of', crm.users, ({ Reporting_To }) => nested(Reporting_To), users);

  const customers = collect('customer', books.contacts, 'contact_id');
  const invoices = collect('invoice', books.invoices, 'invoice_id');
  collect('payment', books.customerpayments, 'payment_id');
  collect('credit note', books.creditnotes, 'creditnote_id');
  const estimates = collect('estimate', books.estimates, 'estimate_id');
  const orders = collect('sales order', books.salesorders, 'salesorder_id');
  collect('expense', books.expenses, 'expense_id');
  const items = collect('item', books.items, 'item_id');
  refers('linked account', books.contacts, ({ zcrm_account_id }) => zcrm_account_id, accounts);
  refers('linked contact', books.contacts, ({ zcrm_contact_id }) => zcrm_contact_id, people);
  const onDeals = [...books.invoices, ...books.estimates, ...books.salesorders, ...books.expenses];
  const documents = [...onDeals, ...books.customerpayments, ...books.creditnotes];
  refers('deal of', onDeals, ({ zcrm_potential_id }) => zcrm_potential_id, deals);
  refers('customer of', documents, ({ customer_id }) => customer_id, customers);
  refers('order of', books.invoices, ({ salesorder_id }) => salesorder_id, orders);
  refers(
    'estimate of',
    [...books.invoices, ...books.salesorders],
    ({ estimate_id }) => estimate_id,
    estimates,
  );
  const settlements = [...books.customerpayments, ...books.creditnotes].flatMap((one) => rows(one.invoices));
  refers('settled', settlements, ({ invoice_id }) => invoice_id, invoices);
  refers(
    'item of',
    documents.flatMap((one) => rows(one.line_items)),
    ({ item_id }) => item_id,
    items,
  );

  for (const row of [...books.contacts, ...documents]) {
    for (const field of DAY_FIELDS) checkDay(row, field, faults);
    for (const field of ['created_time', 'last_modified_time'])
      checkMoment(row[field], BOOKS_MOMENT, today, faults);
    if (String(row.created_time) > String(row.last_modified_time)) faults.push('changed before it was made');
  }
  for (const row of records) {
    for (const field of ['Created_Time', 'Modified_Time']) checkMoment(row[field], CRM_MOMENT, today, faults);
  }
  return [...new Set(faults)];
}

function checkDay(row: Wire, field: string, faults: string[]): void {
  const value = row[field];
  if (value === undefined || value === '') return;
  const real =
    DAY.test(String(value)) && new Date(`${String(value)}T00:00:00Z`).toISOString().startsWith(String(value));
  if (!real) faults.push(`${field}: ${String(value)} is no day`);
}

function checkMoment(value: unknown, form: RegExp, today: string, faults: string[]): void {
  if (!form.test(String(value))) faults.push(`${String(value)} is no moment`);
  if (String(value).slice(0, 10) > today) faults.push(`${String(value)} is in the future`);
}
