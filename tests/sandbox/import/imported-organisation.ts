import { wireBooksUsers } from '../demo/books-people.ts';
import { wireBooks } from '../demo/books-wire.ts';
import { wireBooksOrganisation } from '../demo/contact-wire.ts';
import { type ProductFacts, wireCrmOrganisation, wireProduct } from '../demo/crm-setup-wire.ts';
import { type AccountFacts, type DealFacts, wireAccount, wireDeal } from '../demo/crm-wire.ts';
import type { CustomerBook } from '../demo/customer-book.ts';
import { PEOPLE, type Person, type RolePlan, SALES_ROLES, wirePeople } from '../demo/people.ts';
import { createStamps, type Day } from '../demo/plain-day.ts';
import { type Item, wireItems } from '../demo/price-list.ts';
import type { Organisation } from '../organisation.ts';

const TIME_ZONE = 'America/New_York';

/** What one public data set brings, in facts; several can share an organisation. */
export interface Imported {
  readonly accounts: readonly AccountFacts[];
  readonly books: readonly CustomerBook[];
  readonly deals: readonly DealFacts[];
  readonly products: readonly ProductFacts[];
  readonly items: readonly Item[];
  /** Sales people the set names, besides the demo's own. */
  readonly people: readonly Person[];
  readonly roles: readonly RolePlan[];
  /** First day anything happened. */
  readonly since: Day;
}

interface About {
  readonly name: string;
  readonly today: Day;
  readonly repId: string;
}

/** An organisation around imported data, with the demo's people and roles so that every kind of reader is there. */
export function importedOrganisation(sets: readonly Imported[], { name, today, repId }: About): Organisation {
  const stamps = createStamps(TIME_ZONE, today);
  const since = sets.map((set) => set.since).reduce((first, day) => (day < first ? day : first), today);
  const people = [...Object.values(PEOPLE), ...sets.flatMap((set) => set.people)];
  const roles = [...SALES_ROLES, ...sets.flatMap((set) => set.roles)];
  const admin = PEOPLE.ceo;
  return {
    org: {
      crm: wireCrmOrganisation(name, admin, TIME_ZONE, stamps.crm(since, '0')),
      today,
      demo: { administratorId: admin.id, repId },
    },
    crm: {
      Accounts: sets.flatMap(({ accounts }) => accounts.map((account) => wireAccount(account, stamps))),
      Contacts: [],
      Deals: sets.flatMap(({ deals }) => deals.map((deal) => wireDeal(deal, stamps))),
      Products: sets.flatMap(({ products }) =>
        products.map((product) => wireProduct(product, admin, since, stamps)),
      ),
      Vendors: [],
      ...wirePeople(people, roles, { stamps, since, timeZone: TIME_ZONE }),
    },
    books: {
      organizations: [wireBooksOrganisation(name, admin.email, TIME_ZONE, since)],
      users: wireBooksUsers(),
      items: wireItems(sets.flatMap(({ items }) => items)),
      ...wireBooks(
        sets.flatMap(({ books }) => books),
        stamps,
      ),
    },
  };
}
