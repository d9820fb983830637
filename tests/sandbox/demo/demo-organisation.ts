import type { Organisation } from '../organisation.ts';
import { wireBooksUsers } from './books-people.ts';
import { wireBooks } from './books-wire.ts';
import { wireBooksOrganisation } from './contact-wire.ts';
import { demoProducts, wireCrmOrganisation, wireProduct, wireVendors } from './crm-setup-wire.ts';
import { wireAccount, wireContactPerson, wireDeal } from './crm-wire.ts';
import { createDice } from './dice.ts';
import { PEOPLE, SALES_ROLES, wirePeople } from './people.ts';
import { createStamps, dayIn, daysAfter } from './plain-day.ts';
import { populate } from './population.ts';
import { wireItems } from './price-list.ts';
import { forgetDeals } from './unlinked.ts';
import { withUnmapped } from './unmapped.ts';

const DEMO_NAME = 'Halden Office Equipment';
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
  const { accounts, contacts, books, ...made } = populate(dice, day);
  const { deals, dealOfDocument } = forgetDeals(books, made.deals, dice.named('forgotten'));
  // first, for a deal may carry the number a quote is given here
  const documents = wireBooks(books, stamps);
  const people = Object.values(PEOPLE);

  const organisation: Organisation = {
    org: {
      crm: wireCrmOrganisation(DEMO_NAME, PEOPLE.ceo, DEMO_TIME_ZONE, stamps.crm(founded, '0')),
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
      users: wireBooksUsers(),
      ...documents,
    },
    truth: { dealOfDocument },
  };
  return withUnmapped(organisation, day, stamps);
}
