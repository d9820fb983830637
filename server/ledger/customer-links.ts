import type { CustomerId } from '../domain/documents.ts';
import type { Install } from '../identity/install.ts';
import type { MappingMode } from '../store/mappings.ts';
import type { LedgerKey } from '../store/snapshots.ts';
import type { Books } from '../zoho/books/books.ts';
import { ZohoTrouble } from '../zoho/trouble.ts';
import type { CustomerLink, LedgerStore } from './customer-snapshot.ts';
import type { Owners } from './decided-owners.ts';
import type { Owner } from './ledger.ts';

/** An answer "nobody" is believed this long: someone may just have linked the record. */
const NOBODY_MS = 20_000;
/** … and this long while every change in Books reaches us by itself. */
const NOBODY_FOLLOWED_MS = 5 * 60_000;
/** How long a stored record → customers link is believed before it is asked again. */
const LINK_MS = 5 * 60_000;
/** Contacts asked about when the account itself has no customer: one Books call each. */
const CONTACTS_ASKED = 10;
/** More than this on one record means Books ignored the filter and listed everybody. */
const CUSTOMERS_PER_RECORD = 25;

type LinkedRecord = { readonly accountId: string } | { readonly contactId: string };

interface Needs {
  readonly store: Pick<LedgerStore, 'link' | 'saveLink' | 'decisions'>;
  readonly booksFor: (install: Install) => Promise<Pick<Books, 'customersLinkedTo'>>;
  readonly ageMs: (readAt: string) => number;
  readonly clock: () => Date;
  readonly keyOf: (install: Install) => LedgerKey;
  /** One read of a kind at a time. */
  readonly once: <Result>(install: Install, key: string, work: () => Promise<Result>) => Promise<Result>;
  readonly behind: (install: Install, key: string, work: () => Promise<unknown>) => void;
}

interface Belief {
  /** A stored "nobody" older than this is asked again now. */
  readonly nobodyMs: number;
  /** Collects records whose stored answer still holds but is due to be asked again behind the answer. */
  readonly old: LinkedRecord[];
}

/** What the copy itself tells. */
interface Known {
  readonly mode: MappingMode;
  /** Customers known to be the owner's, by Books' word or by decision. */
  readonly own: ReadonlySet<CustomerId>;
  /** Of an account: customers known to be its contacts', by Books' word or by decision. Asked when it has none itself. */
  readonly throughContacts: () => Promise<readonly CustomerId[]>;
  /** Changes in Books, new links among them, come to us by themselves. */
  readonly followed: boolean;
}

/**
 * Which Books customers hang on a CRM record. Stored are answers about single records only, which are the same for
 * everybody: an account's contacts are as this person sees them, so what hangs on those is put together per question.
 *
 * @throws ZohoTrouble when a record nobody asked about yet cannot be asked about
 */
export function createCustomerLinks({ store, booksFor, ageMs, clock, keyOf, once, behind }: Needs) {
  const ask = (
    install: Install,
    record: LinkedRecord,
    priority: 'interactive' | 'background',
  ): Promise<readonly CustomerId[]> =>
    once(install, `link|${nameOf(record)}`, async () => {
      const matches = await (await booksFor(install)).customersLinkedTo(record, priority);
      if (matches.length > CUSTOMERS_PER_RECORD)
        throw new ZohoTrouble('books', 'unreachable', { code: 'filter_ignored' });
      const link: CustomerLink = { customerIds: matches.map(({ id }) => id), readAt: clock().toISOString() };
      await store.saveLink(keyOf(install), nameOf(record), link);
      return link.customerIds;
    });

  async function linkedTo(
    install: Install,
    records: readonly LinkedRecord[],
    { nobodyMs, old }: Belief,
  ): Promise<readonly CustomerId[]> {
    const links = await Promise.all(records.map((record) => store.link(keyOf(install), nameOf(record))));
    const found = new Set<CustomerId>();
    for (const [at, record] of records.entries()) {
      const link = links[at];
      const believed = link && (link.customerIds.length > 0 || ageMs(link.readAt) <= nobodyMs);
      if (believed && ageMs(link.readAt) > LINK_MS) old.push(record);
      for (const id of believed ? link.customerIds : await ask(install, record, 'interactive')) found.add(id);
    }
    return [...found];
  }

  /** What Books has on these records, but for what was decided to belong elsewhere. */
  async function belongingTo(
    install: Install,
    records: readonly LinkedRecord[],
    belief: Belief,
    own: ReadonlySet<CustomerId>,
  ): Promise<readonly CustomerId[]> {
    const linked = await linkedTo(install, records, belief);
    if (linked.length === 0 || linked.some((id) => own.has(id))) return linked;
    const decisions = await store.decisions(keyOf(install), linked);
    return linked.filter((id) => !decisions.isDecided(id));
  }

  async function reached(
    install: Install,
    owner: Owner,
    { mode, own, throughContacts }: Known,
    belief: Belief,
  ): Promise<readonly CustomerId[]> {
    if ('contactId' in owner)
      return mode === 'accounts' ? [] : belongingTo(install, [recordOf(owner)], belief, own);
    const direct = mode === 'contacts' ? [] : await belongingTo(install, [recordOf(owner)], belief, own);
    if (direct.length > 0 || own.size > 0 || mode === 'accounts') return direct;
    // Organisations that sync contacts only hang the customer on a contact, and the account's id stays empty.
    const contacts = (await owner.contactsOfAccount()).slice(0, CONTACTS_ASKED);
    const known = await throughContacts();
    const linked = await belongingTo(
      install,
      contacts.map((contactId) => ({ contactId })),
      belief,
      own,
    );
    return [...new Set([...known, ...linked])];
  }

  return {
    /** What Books says, beside what is known already. */
    async customersOf(install: Install, owner: Owner, known: Known): Promise<readonly CustomerId[]> {
      // As long as somebody is found, records known to have nobody cost no call.
      const old: LinkedRecord[] = [];
      const found = await reached(install, owner, known, { nobodyMs: Number.POSITIVE_INFINITY, old });
      if (found.length === 0 && known.own.size === 0) {
        const nobodyMs = known.followed ? NOBODY_FOLLOWED_MS : NOBODY_MS;
        return reached(install, owner, known, { nobodyMs, old: [] });
      }
      if (old.length > 0) {
        behind(install, `links|${ownerName(owner)}`, async () => {
          for (const record of old) await ask(install, record, 'background');
        });
      }
      return found;
    },
  };
}

export type CustomerLinks = ReturnType<typeof createCustomerLinks>;

/** Whether the records a customer belongs to make it this owner's, as the person who asks sees the owner. */
export async function belongs(customer: Owners, owner: Owner): Promise<boolean> {
  if ('contactId' in owner) return customer.crmContactId === owner.contactId;
  if (customer.crmAccountId !== null) return customer.crmAccountId === owner.accountId;
  return customer.crmContactId !== null && (await owner.contactsOfAccount()).includes(customer.crmContactId);
}

/** The owner's record as stored links and reads under way name it. */
export const ownerName = (owner: Owner): string => nameOf(recordOf(owner));

const recordOf = (owner: Owner): LinkedRecord =>
  'contactId' in owner ? { contactId: owner.contactId } : { accountId: owner.accountId };

const nameOf = (record: LinkedRecord): string =>
  'contactId' in record ? `contact:${record.contactId}` : `account:${record.accountId}`;
