import type { Organisation } from '../organisation.ts';
import type { CustomerFacts } from './book-facts.ts';
import { wireBooks } from './books-wire.ts';
import { wireBooksOrganisation } from './contact-wire.ts';
import {
  type AccountFacts,
  type ContactFacts,
  type DealFacts,
  demoProducts,
  wireAccount,
  wireContactPerson,
  wireCrmOrganisation,
  wireDeal,
  wireProduct,
  wireVendors,
} from './crm-wire.ts';
import { type CurrencyCode, currency } from './currencies.ts';
import { type CustomerBook, createCustomerBook } from './customer-book.ts';
import { createDice, type Dice } from './dice.ts';
import { createDealMaker } from './everyday-deals.ts';
import { booksId, createBooksIds, crmId } from './ids.ts';
import { COMPANIES, FIRST_NAMES, LAST_NAMES } from './names.ts';
import { PEOPLE, type Person, SALES_ROLES, wirePeople } from './people.ts';
import { createStamps, type Day, dayIn, daysAfter } from './plain-day.ts';
import { wireItems } from './price-list.ts';
import { SHOWCASE, SHOWCASE_KEYS, type ShowcaseKey } from './showcase.ts';
import { showcaseDeals } from './showcase-deals.ts';
import { STORIES } from './showcase-stories.ts';
import { addSlips, PAYERS, type Payer, settle, tradeSteadily } from './trade.ts';

export const DEMO_NAME = 'Halden Office Equipment';
export const DEMO_TIME_ZONE = 'America/New_York';

/**
 * A believable organisation of a seller of office equipment: the same for the same seed and day. Every customer's
 * documents add up to Books' totals (@see domain rule A0.7) but `SHOWCASE.accounts.doesNotReconcile`.
 *
 * @param options.today the organisation's calendar day; by default today's in its time zone
 */
export function demoOrganisation({
  seed = 20_260,
  today,
}: {
  seed?: number;
  today?: string;
} = {}): Organisation {
  const day = today ?? dayIn(DEMO_TIME_ZONE, new Date());
  const founded = daysAfter(day, -1500);
  const dice = createDice(seed);
  const stamps = createStamps(DEMO_TIME_ZONE, day);
  const { accounts, contacts, books, deals } = populate(dice, day);
  const people = Object.values(PEOPLE);

  return {
    org: {
      crm: wireCrmOrganisation(DEMO_NAME, PEOPLE.ceo, DEMO_TIME_ZONE, 'several', stamps.crm(founded, '0')),
      ...(today === undefined ? {} : { today }),
      demo: { administratorId: PEOPLE.ceo.id, repId: PEOPLE.rep.id },
    },
    crm: {
      Accounts: accounts.map((account) => wireAccount(account, stamps)),
      Contacts: contacts.map((contact) => wireContactPerson(contact, stamps)),
      Deals: deals.map((deal) => wireDeal(deal, stamps)),
      Products: demoProducts().map((product) => wireProduct(product, PEOPLE.ceo, founded, stamps)),
      Vendors: wireVendors(PEOPLE.ceo, founded, stamps),
      ...wirePeople(people, SALES_ROLES, { stamps, since: founded, timeZone: DEMO_TIME_ZONE }),
    },
    books: {
      organizations: [wireBooksOrganisation(DEMO_NAME, PEOPLE.ceo.email, DEMO_TIME_ZONE, founded)],
      items: wireItems(),
      ...wireBooks(books, stamps),
    },
  };
}

interface Population {
  readonly accounts: AccountFacts[];
  readonly contacts: ContactFacts[];
  readonly books: CustomerBook[];
  readonly deals: DealFacts[];
}

function populate(dice: Dice, today: Day): Population {
  const ids = createBooksIds();
  const accounts = [
    ...SHOWCASE_KEYS.map((key) => showcaseAccount(key, today)),
    ...everydayAccounts(dice.named('accounts'), today),
  ];
  const contacts = accounts.map((account, at) => contactOf(account, at + 1));
  const people = new Map(
    contacts.map(({ id, firstName, lastName, account }) => [
      account.id,
      { id, name: `${firstName} ${lastName}` },
    ]),
  );
  const makeDeal = createDealMaker(dice.named('deals'));
  const books: CustomerBook[] = [];
  const everyday: DealFacts[] = [];

  accounts.forEach((account, at) => {
    const luck = dice.named(account.id);
    const contact = contacts[at];
    const key = SHOWCASE_KEYS[at];
    if (!contact) return;
    const own = customersOf(account, contact, key).map((customer) =>
      createCustomerBook(customer, ids, today),
    );
    books.push(...own);
    // a showcased customer's quotes and invoices are told by its story alone
    const where = {
      account,
      contact: people.get(account.id) ?? null,
      book: key ? null : (own[0] ?? null),
      today,
    };
    for (let n = luck.between(1, key ? 2 : 3); n > 0; n--) everyday.push(makeDeal.open(where));
    for (let n = luck.between(key ? 0 : 1, key ? 1 : 2); n > 0; n--) everyday.push(makeDeal.lost(where));
    for (let n = key ? 0 : luck.between(1, 3); n > 0; n--) everyday.push(makeDeal.won(where));
    own.forEach((book, sibling) => {
      if (key) STORIES[key](book, luck, sibling);
      else everydayBusiness(book, luck);
    });
  });
  const byId = new Map(accounts.map((account) => [account.id, account]));
  return { accounts, contacts, books, deals: [...showcaseDeals(byId, people, books, today), ...everyday] };
}

function everydayBusiness(book: CustomerBook, dice: Dice): void {
  const payer: Payer = dice.pick([PAYERS.prompt, PAYERS.prompt, PAYERS.relaxed, PAYERS.relaxed, PAYERS.slow]);
  tradeSteadily(book, { since: dice.between(200, 620), every: dice.between(22, 55) }, dice);
  addSlips(book, dice);
  settle(book, payer, dice);
}

function showcaseAccount(key: ShowcaseKey, today: Day): AccountFacts {
  const { accountId: id, name, owner, industry, place, currency: code } = SHOWCASE.accounts[key];
  const [city, state, country] = place;
  const type = key === 'prospect' || key === 'noTransactions' ? 'Prospect' : 'Customer';
  return {
    id,
    name,
    owner: PEOPLE[owner],
    industry,
    city,
    state,
    country,
    currency: code,
    since: daysAfter(today, -700),
    type,
  };
}

function everydayAccounts(dice: Dice, today: Day): AccountFacts[] {
  const { rep, managerEast, managerWest, formerRep, director, support } = PEOPLE;
  const east: readonly Person[] = [rep, rep, managerEast];
  const west: readonly Person[] = [managerWest, managerWest, formerRep];
  return COMPANIES.map(([name, industry, city, state, country = 'U.S.A', code = 'USD'], at) => ({
    id: crmId('account', SHOWCASE_KEYS.length + at + 1),
    name,
    industry,
    city,
    state,
    country,
    currency: code,
    owner:
      at === 5
        ? support
        : at % 17 === 16
          ? director
          : dice.pick(['CA', 'OR', 'WA', 'UT', 'AZ', 'CO'].includes(state) ? west : east),
    since: daysAfter(today, -dice.between(640, 1400)),
  }));
}

function contactOf(account: AccountFacts, n: number): ContactFacts {
  const firstName = FIRST_NAMES[(n * 7) % FIRST_NAMES.length] ?? 'Ada';
  const lastName = LAST_NAMES[(n * 11) % LAST_NAMES.length] ?? 'Abbott';
  const email = `${firstName}.${lastName}.${n}@customer.example`.toLowerCase();
  return { id: crmId('contact', n), firstName, lastName, email, account };
}

/** First Books customer number of everyday accounts; showcased customers come before. */
const FIRST_EVERYDAY = 1001;

function customersOf(
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
