import type { CustomerFacts } from './book-facts.ts';
import type { AccountFacts, ContactFacts } from './crm-wire.ts';
import { type CurrencyCode, currency } from './currencies.ts';
import { booksId, crmId } from './ids.ts';
import { FIRST_NAMES, LAST_NAMES } from './names.ts';
import { SHOWCASE, type ShowcaseKey } from './showcase.ts';

/** The account's contact in CRM. */
export function contactOf(account: AccountFacts, n: number): ContactFacts {
  const firstName = FIRST_NAMES[(n * 7) % FIRST_NAMES.length] ?? 'Ada';
  const lastName = LAST_NAMES[(n * 11) % LAST_NAMES.length] ?? 'Abbott';
  const email = `${firstName}.${lastName}.${n}@customer.example`.toLowerCase();
  return { id: crmId('contact', n), firstName, lastName, email, account };
}

/** First Books customer number of everyday accounts; showcased customers come before. */
const FIRST_EVERYDAY = 1001;

/** The account's customers in Books: one, unless its showcase says otherwise. */
export function customersOf(
  account: AccountFacts,
  contact: ContactFacts,
  key: ShowcaseKey | undefined,
): CustomerFacts[] {
  const plans = key
    ? SHOWCASE.accounts[key].customers
    : [
        {
          id: booksId('customer', FIRST_EVERYDAY + Number(account.id.slice(-5))),
          name: account.name,
          currency: account.currency,
          linkedBy: 'account' as const,
        },
      ];
  return plans.map((plan) => ({
    id: plan.id,
    name: plan.name,
    currency: currency(plan.currency),
    accountId: plan.linkedBy === 'account' ? account.id : '',
    contactId: plan.linkedBy === 'contact' ? contact.id : '',
    ownerId: account.owner.id,
    contactPerson: {
      id: booksId('contactPerson', Number(plan.id.slice(-6))),
      firstName: contact.firstName,
      lastName: contact.lastName,
      email: contact.email,
    },
    city: account.city,
    state: account.state,
    country: account.country,
    termsDays: 30,
    ...taxOf(plan.currency, account.state),
    creditLimit: key === 'overCreditLimit' ? 1_000_000 : key === 'goodPayer' ? 25_000_000 : null,
    since: account.since,
    salesperson: { id: booksId('salesperson', Number(account.owner.id.slice(-5))), name: account.owner.name },
  }));
}

/** Sales tax where the seller must charge it; exports carry none. */
function taxOf(code: CurrencyCode, state: string): Pick<CustomerFacts, 'taxMilliPercent' | 'taxName'> {
  if (code === 'JPY') return { taxMilliPercent: 10_000, taxName: 'Consumption tax' };
  if (state === 'NY') return { taxMilliPercent: 8_875, taxName: 'NY sales tax' };
  if (state === 'CA') return { taxMilliPercent: 7_250, taxName: 'CA sales tax' };
  return { taxMilliPercent: 0, taxName: '' };
}
