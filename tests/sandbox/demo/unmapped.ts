import type { Organisation, Wire } from '../organisation.ts';
import { addressOf } from './contact-wire.ts';
import { type AccountFacts, wireAccount } from './crm-wire.ts';
import { currency } from './currencies.ts';
import { booksId, crmId } from './ids.ts';
import { PEOPLE, type Person } from './people.ts';
import { type Day, daysAfter, type Stamps } from './plain-day.ts';

/** Far from the numbers of everybody else, so that nobody's id moves. */
const FIRST = 900;
const account = (n: number): string => crmId('account', FIRST + n);
const customer = (n: number): string => booksId('customer', FIRST + n);

/** Special cases of who belongs to whom; none of them has bought anything yet. */
const UNMAPPED = {
  /** The same company by its tax number and its name, spelled differently in the two products. */
  sure: { accountId: account(1), customerId: customer(1) },
  /** Two customers of one name: only a person can tell. */
  ambiguous: { accountId: account(2), customerIds: [customer(2), customer(3)] },
  /** Nothing in Books resembles it. */
  unlinked: { accountId: account(3) },
  inactive: { accountId: account(4), customerId: customer(4) },
  /** Its account was deleted in CRM. */
  deleted: { accountId: account(5), customerId: customer(5) },
} as const;

/** The field an administrator has made for the tax number of accounts. */
const TAX_FIELD = 'VAT_Number';

/** Records and customers that nobody has put together yet, or that were torn apart. */
function unmapped(
  owner: Person,
  today: Day,
  stamps: Stamps,
): { readonly accounts: Wire[]; readonly contacts: Wire[] } {
  const since = daysAfter(today, -300);
  const anAccount = (id: string, name: string, more: Wire = {}): Wire => {
    const facts: AccountFacts = {
      id,
      name,
      owner,
      industry: 'Services',
      city: 'Boston',
      state: 'MA',
      country: 'U.S.A',
      currency: 'USD',
      since,
    };
    return { ...wireAccount(facts, stamps), ...more };
  };
  const aCustomer = (id: string, name: string, more: Wire = {}): Wire => ({
    ...EMPTY,
    contact_id: id,
    contact_name: name,
    company_name: name,
    contact_number: `CUS-${id.slice(-5)}`,
    billing_address: addressOf({ id, city: 'Boston', state: 'MA', country: 'U.S.A' }),
    shipping_address: addressOf({ id, city: 'Boston', state: 'MA', country: 'U.S.A' }),
    crm_owner_id: owner.id,
    created_time: stamps.books(since, id),
    last_modified_time: stamps.books(since, id),
    ...more,
  });
  const linked = (accountId: string): Wire => ({ is_linked_with_zohocrm: true, zcrm_account_id: accountId });
  const { sure, ambiguous, unlinked, inactive, deleted } = UNMAPPED;
  return {
    accounts: [
      anAccount(sure.accountId, 'Nordlicht Möbel GmbH', { [TAX_FIELD]: 'DE 811 907 980' }),
      anAccount(ambiguous.accountId, 'Silver Birch Clinic'),
      anAccount(unlinked.accountId, 'Harvest Lane Grocers'),
      anAccount(inactive.accountId, 'Emberly Textiles'),
    ],
    contacts: [
      aCustomer(sure.customerId, 'NORDLICHT MOEBEL', { vat_reg_no: 'DE811907980' }),
      aCustomer(ambiguous.customerIds[0], 'Silver Birch Clinic'),
      aCustomer(ambiguous.customerIds[1], 'Silver Birch Clinic, Inc.'),
      aCustomer(inactive.customerId, 'Emberly Textiles', {
        ...linked(inactive.accountId),
        status: 'inactive',
      }),
      aCustomer(deleted.customerId, 'Old Quay Chandlery', linked(deleted.accountId)),
    ],
  };
}

/** Adds them behind everybody else. */
export function withUnmapped(organisation: Organisation, today: Day, stamps: Stamps): Organisation {
  const { accounts, contacts } = unmapped(PEOPLE.ceo, today, stamps);
  const { crm, books } = organisation;
  return {
    ...organisation,
    crm: { ...crm, Accounts: [...crm.Accounts, ...accounts] },
    books: { ...books, contacts: [...books.contacts, ...contacts] },
  };
}

const USD = currency('USD');
/** A customer that has bought nothing. */
const EMPTY: Wire = {
  contact_type: 'customer',
  customer_sub_type: 'business',
  status: 'active',
  has_transaction: false,
  is_taxable: false,
  is_linked_with_zohocrm: false,
  zcrm_account_id: '',
  zcrm_contact_id: '',
  owner_id: '',
  email: '',
  phone: '',
  mobile: '',
  website: '',
  payment_terms: 30,
  payment_terms_label: 'Net 30',
  currency_id: USD.id,
  currency_code: USD.code,
  currency_symbol: USD.symbol,
  price_precision: USD.places,
  exchange_rate: 1,
  credit_limit: '',
  opening_balance_amount: 0,
  opening_balance_amount_bcy: 0,
  opening_balances: [],
  outstanding_ob_receivable_amount: 0,
  outstanding_receivable_amount: 0,
  outstanding_receivable_amount_bcy: 0,
  unused_credits_receivable_amount: 0,
  unused_credits_receivable_amount_bcy: 0,
  unused_retainer_payments: 0,
  contact_persons: [],
  custom_fields: [],
  notes: '',
};
