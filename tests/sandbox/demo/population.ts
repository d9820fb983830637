import type { AccountFacts, ContactFacts, DealFacts } from './crm-wire.ts';
import type { CustomerBook } from './customer-book.ts';
import { demoAccounts } from './demo-accounts.ts';
import { contactOf, customersOf } from './demo-customers.ts';
import type { Dice } from './dice.ts';
import { createDealMaker } from './everyday-deals.ts';
import { createBooksIds } from './ids.ts';
import { createCustomerBook } from './open-customer-book.ts';
import type { Day } from './plain-day.ts';
import { SHOWCASE_KEYS } from './showcase.ts';
import { showcaseDeals } from './showcase-deals.ts';
import { STORIES } from './showcase-stories.ts';
import { addSlips, PAYERS, type Payer, settle, tradeSteadily } from './trade.ts';

interface Population {
  readonly accounts: AccountFacts[];
  readonly contacts: ContactFacts[];
  readonly books: CustomerBook[];
  readonly deals: DealFacts[];
}

/** Everybody the organisation deals with, and all that was written about them. */
export function populate(dice: Dice, today: Day): Population {
  const ids = createBooksIds();
  const accounts = demoAccounts(dice.named('accounts'), today);
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

/** Most pay well. */
const HABITS: readonly Payer[] = [
  ...Array<Payer>(5).fill(PAYERS.prompt),
  ...Array<Payer>(4).fill(PAYERS.relaxed),
  ...Array<Payer>(2).fill(PAYERS.slow),
  PAYERS.stubborn,
];

function everydayBusiness(book: CustomerBook, dice: Dice): void {
  const payer: Payer = dice.pick(HABITS);
  tradeSteadily(book, { since: dice.between(200, 620), every: dice.between(22, 55) }, dice);
  addSlips(book, dice);
  settle(book, payer, dice);
}
