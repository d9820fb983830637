import type { Wire } from '../organisation.ts';
import {
  balanceOf,
  type CustomerFacts,
  isOwed,
  leftOfCreditNote,
  leftOfPayment,
  sumOf,
} from './book-facts.ts';
import {
  type Currency,
  currency as currencyOf,
  type Minor,
  rateOn,
  wireAmount,
  wireBaseAmount,
} from './currencies.ts';
import type { CustomerBook } from './customer-book.ts';
import { later, type Stamps } from './plain-day.ts';

/** A Books customer as `GET /contacts/{id}` answers, its totals taken from its own documents. */
export function wireContact(book: CustomerBook, stamps: Stamps): Wire {
  const { customer, today, opening } = book;
  const { currency, contactPerson } = customer;
  const rate = rateOn(today, currency);
  const outstanding = outstandingOf(book);
  const unused = unusedCreditsOf(book);
  const own = (amount: Minor): number => wireAmount(amount, currency);
  const base = (amount: Minor): number => wireBaseAmount(amount, rate, currency);
  const touched = [...book.invoices, ...book.payments, ...book.creditNotes].reduce(
    (last, paper) => later(last, paper.touched),
    customer.since,
  );
  const address = addressOf(customer);
  return {
    contact_id: customer.id,
    contact_name: customer.name,
    company_name: customer.name,
    contact_number: `CUS-${customer.id.slice(-5)}`,
    contact_type: 'customer',
    customer_sub_type: 'business',
    status: 'active',
    has_transaction:
      book.invoices.length + book.payments.length + book.estimates.length > 0 || opening.amount > 0,
    is_taxable: customer.taxMilliPercent > 0,
    is_linked_with_zohocrm: customer.accountId !== '' || customer.contactId !== '',
    zcrm_account_id: customer.accountId,
    zcrm_contact_id: customer.contactId,
    crm_owner_id: customer.ownerId,
    owner_id: '',
    primary_contact_id: contactPerson.id,
    first_name: contactPerson.firstName,
    last_name: contactPerson.lastName,
    email: contactPerson.email,
    phone: '',
    mobile: '',
    website: '',
    payment_terms: customer.termsDays,
    payment_terms_label: `Net ${customer.termsDays}`,
    payment_reminder_enabled: true,
    currency_id: currency.id,
    currency_code: currency.code,
    currency_symbol: currency.symbol,
    price_precision: currency.places,
    exchange_rate: rate / 1_000_000,
    // Books leaves a limit nobody set empty
    credit_limit: customer.creditLimit === null ? '' : own(customer.creditLimit),
    credit_limit_exceeded_amount: own(
      Math.max(0, outstanding - unused - (customer.creditLimit ?? Number.MAX_SAFE_INTEGER)),
    ),
    opening_balance_amount: own(opening.amount),
    opening_balance_amount_bcy: base(opening.amount),
    opening_balances:
      opening.amount > 0
        ? [{ opening_balance_amount: own(opening.amount), exchange_rate: rate / 1_000_000 }]
        : [],
    outstanding_ob_receivable_amount: own(opening.left),
    outstanding_receivable_amount: own(outstanding),
    outstanding_receivable_amount_bcy: base(outstanding),
    unused_credits_receivable_amount: own(unused),
    unused_credits_receivable_amount_bcy: base(unused),
    unused_retainer_payments: own(unusedRetainersOf(book)),
    customer_currency_summaries: [summary(currency, outstanding, unused)],
    contact_persons: [
      {
        contact_person_id: contactPerson.id,
        salutation: '',
        first_name: contactPerson.firstName,
        last_name: contactPerson.lastName,
        email: contactPerson.email,
        phone: '',
        mobile: '',
        designation: '',
        department: '',
        is_primary_contact: true,
      },
    ],
    billing_address: address,
    shipping_address: address,
    custom_fields: [],
    notes: '',
    created_time: stamps.books(customer.since, customer.id),
    last_modified_time: stamps.books(touched, customer.id),
  };
}

const outstandingOf = ({ invoices, opening, unexplained }: CustomerBook): Minor =>
  sumOf(invoices.filter(isOwed).map(balanceOf)) + opening.left + unexplained;

const unusedCreditsOf = ({ creditNotes, payments }: CustomerBook): Minor =>
  sumOf(creditNotes.filter(({ state }) => state === 'live').map(leftOfCreditNote)) +
  sumOf(payments.filter(({ retainerId }) => retainerId === null).map(leftOfPayment));

const unusedRetainersOf = ({ payments }: CustomerBook): Minor =>
  sumOf(payments.filter(({ retainerId }) => retainerId !== null).map(leftOfPayment));

const summary = (currency: Currency, outstanding: Minor, unused: Minor): Wire => ({
  currency_id: currency.id,
  currency_code: currency.code,
  currency_symbol: currency.symbol,
  price_precision: currency.places,
  is_base_currency: currency.code === 'USD',
  outstanding_receivable_amount: wireAmount(outstanding, currency),
  unused_credits_receivable_amount: wireAmount(unused, currency),
});

export const addressOf = ({
  id,
  city,
  state,
  country,
}: Pick<CustomerFacts, 'id' | 'city' | 'state' | 'country'>): Wire => ({
  attention: '',
  address: `${100 + (Number(id.slice(-4)) % 900)} Market Street`,
  street2: '',
  city,
  state,
  zip: '',
  country,
  fax: '',
  phone: '',
});

/** The Books organisation itself. */
export function wireBooksOrganisation(name: string, email: string, timeZone: string, since: string): Wire {
  const base = currencyOf('USD');
  return {
    organization_id: '814203975',
    name,
    contact_name: name,
    email,
    is_default_org: true,
    is_org_active: true,
    plan_type: 130,
    plan_name: 'PROFESSIONAL',
    plan_period: 'Monthly',
    language_code: 'en',
    fiscal_year_start_month: 0,
    account_created_date: since,
    time_zone: timeZone,
    date_format: 'dd MMM yyyy',
    field_separator: ' ',
    currency_id: base.id,
    currency_code: base.code,
    currency_symbol: base.symbol,
    currency_format: '###,##0.00',
    price_precision: base.places,
  };
}
