import { beforeEach, expect, test } from 'vitest';
import type { CustomerId } from '../domain/documents.ts';
import type { Install, InstallId } from '../identity/install.ts';
import type { MappingMode, MappingRow } from '../store/mappings.ts';
import { createCustomerLinks } from './customer-links.ts';
import type { CustomerLink } from './customer-snapshot.ts';
import { type Decisions, decisionsOf } from './decided-owners.ts';
import type { Owner } from './ledger.ts';

const install: Install = {
  id: 'i1' as InstallId, // safe because it is only compared
  dataCentre: 'local',
  zgid: '1',
  crmOrganisationId: '1',
  crmOrganisationName: 'Org',
  crmCurrency: 'USD',
  books: { organisationId: '9', name: 'Books', currency: 'USD', timeZone: 'UTC' },
  policyVersion: 0,
  state: 'active',
  administratorProfiles: new Set(),
};

let now: number;
let asked: string[];
let behind: Promise<unknown>[];
/** Customers by the contact or account Books has stored on them. */
let inBooks: Record<string, readonly string[]>;
let decided: Decisions;
let mode: MappingMode;
/** Customers the copy itself knows to be the owner's. */
let own: readonly CustomerId[];
/** … and those it knows to be its contacts'. */
let through: readonly CustomerId[];
let links: ReturnType<typeof createCustomerLinks>;

beforeEach(() => {
  now = Date.parse('2026-03-01T12:00:00Z');
  asked = [];
  behind = [];
  inBooks = { 'contact:31': ['700'], 'contact:32': ['701'] };
  decided = decisionsOf('both', []);
  mode = 'both';
  own = [];
  through = [];
  const stored = new Map<string, CustomerLink>();
  links = createCustomerLinks({
    store: {
      link: async (_of, record) => stored.get(record) ?? null,
      saveLink: async (_of, record, link) => void stored.set(record, link),
      decisions: async () => decided,
    },
    booksFor: async () => ({
      async customersLinkedTo(record) {
        const name = 'accountId' in record ? `account:${record.accountId}` : `contact:${record.contactId}`;
        asked.push(name);
        return (inBooks[name] ?? []).map((id) => ({ id: id as CustomerId, name: id, email: null })); // safe because ids are only compared
      },
    }),
    ageMs: (readAt) => now - Date.parse(readAt),
    clock: () => new Date(now),
    keyOf: () => ({ installId: 'i1', organisationId: '9' }),
    once: (_install, _key, work) => work(),
    behind: (_install, _key, work) => void behind.push(work()),
  });
});

const accountSeenWith = (...contacts: readonly string[]): Owner => ({
  accountId: '1',
  contactsOfAccount: async () => contacts,
});
const customersOf = (owner: Owner, followed = false) =>
  links.customersOf(install, owner, {
    mode,
    own: new Set(own),
    throughContacts: async () => through,
    followed,
  });

test('a person reaches the customers of the contacts they see, whoever opened the account before', async () => {
  expect(await customersOf(accountSeenWith('31', '32'))).toEqual(['700', '701']);
  expect(await customersOf(accountSeenWith('32'))).toEqual(['701']);
  expect(await customersOf(accountSeenWith())).toEqual([]);
});

test('what one person found hides nothing from the next, who sees more', async () => {
  expect(await customersOf(accountSeenWith())).toEqual([]);
  expect(await customersOf(accountSeenWith('31'))).toEqual(['700']);
  expect(await customersOf({ contactId: '31' })).toEqual(['700']);
  expect(asked).toEqual(['account:1', 'contact:31']);
});

test('an account with customers through its contacts costs no call when it is opened again', async () => {
  await customersOf(accountSeenWith('30', '31'));
  expect(asked).toEqual(['account:1', 'contact:30', 'contact:31']);
  now += 4 * 60_000;
  expect(await customersOf(accountSeenWith('30', '31'))).toEqual(['700']);
  expect(asked).toHaveLength(3);
  expect(behind).toHaveLength(0);
});

test('after five minutes links are asked again behind the answer, also those of nobody', async () => {
  await customersOf(accountSeenWith('30', '31'));
  now += 6 * 60_000;
  inBooks = { 'account:1': ['702'] };
  expect(await customersOf(accountSeenWith('30', '31'))).toEqual(['700']);
  await Promise.all(behind);
  expect(await customersOf(accountSeenWith('30', '31'))).toEqual(['702']);
});

test('nobody is asked about again after twenty seconds: someone may just have linked the record', async () => {
  inBooks = {};
  expect(await customersOf(accountSeenWith('31'))).toEqual([]);
  now += 21_000;
  inBooks = { 'contact:31': ['700'] };
  expect(await customersOf(accountSeenWith('31'))).toEqual(['700']);
});

test('… and after five minutes where new links come to us by themselves', async () => {
  inBooks = {};
  expect(await customersOf(accountSeenWith('31'), true)).toEqual([]);
  now += 4 * 60_000;
  inBooks = { 'contact:31': ['700'] };
  expect(await customersOf(accountSeenWith('31'), true)).toEqual([]);
  now += 2 * 60_000;
  expect(await customersOf(accountSeenWith('31'), true)).toEqual(['700']);
});

test('a suspicious crowd on a contact is refused as well: Books ignored the filter', async () => {
  inBooks = { 'contact:31': Array.from({ length: 26 }, (_, index) => `${index}`) };
  await expect(customersOf(accountSeenWith('31'))).rejects.toMatchObject({
    detail: { code: 'filter_ignored' },
  });
});

const decision = (customerId: string, more: Partial<MappingRow> = {}): MappingRow => ({
  customerId,
  version: 1,
  says: 'record',
  module: 'Accounts',
  recordId: '99',
  byId: '1',
  byName: 'Ada',
  at: new Date(now),
  ...more,
});

test('a customer decided to belong elsewhere is not reached, and the contacts are asked for others', async () => {
  inBooks = { 'account:1': ['700'], 'contact:31': ['701'] };
  expect(await customersOf(accountSeenWith('31'))).toEqual(['700']);
  decided = decisionsOf('both', [decision('700')]);
  expect(await customersOf(accountSeenWith('31'))).toEqual(['701']);
  decided = decisionsOf('both', [decision('700', { says: 'nobody', module: null, recordId: null })]);
  expect(await customersOf(accountSeenWith('31'))).toEqual(['701']);
  decided = decisionsOf('both', [decision('700', { says: 'books', module: null, recordId: null })]);
  expect(await customersOf(accountSeenWith('31'))).toEqual(['700']);
});

test('an account with a customer by decision is not asked about again and again because Books knows none', async () => {
  inBooks = {};
  own = ['700' as CustomerId]; // safe because ids are only compared
  expect(await customersOf(accountSeenWith('31'))).toEqual([]);
  asked = [];
  now += 60_000;
  expect(await customersOf(accountSeenWith('31'))).toEqual([]);
  expect(asked).toEqual([]);
});

test("what the copy knows of an account's contacts counts where the account has none of its own", async () => {
  inBooks = { 'account:1': ['700'], 'contact:32': ['701'] };
  through = ['700', '702'] as CustomerId[]; // safe because ids are only compared
  expect(await customersOf(accountSeenWith('31'))).toEqual(['700']);
  decided = decisionsOf('both', [decision('700', { module: 'Contacts', recordId: '31' })]);
  expect(await customersOf(accountSeenWith('31', '32'))).toEqual(['700', '702', '701']);
  own = ['703' as CustomerId]; // safe because ids are only compared
  expect(await customersOf(accountSeenWith('31', '32'))).toEqual([]);
});

test('only that kind of record is asked about which has customers', async () => {
  inBooks = { 'account:1': ['700'], 'contact:31': ['701'] };
  mode = 'contacts';
  expect(await customersOf(accountSeenWith('31'))).toEqual(['701']);
  expect(asked).toEqual(['contact:31']);
  mode = 'accounts';
  expect(await customersOf({ contactId: '31' })).toEqual([]);
  expect(await customersOf(accountSeenWith('31'))).toEqual(['700']);
  expect(asked).toEqual(['contact:31', 'account:1']);
});

test.each<[MappingMode, Partial<MappingRow> | null, readonly [string | null, string | null]]>([
  ['both', null, ['1', '31']],
  ['accounts', null, ['1', null]],
  ['contacts', null, [null, '31']],
  ['both', {}, ['99', null]],
  ['accounts', {}, ['99', null]],
  // A decision for an account waits while accounts have no customers.
  ['contacts', {}, [null, '31']],
  ['both', { module: 'Contacts' }, [null, '99']],
  ['accounts', { module: 'Contacts' }, ['1', null]],
  ['both', { says: 'nobody', module: null, recordId: null }, [null, null]],
  ['both', { says: 'books', module: null, recordId: null }, ['1', '31']],
])('where %s have customers and %j was decided, it belongs to %j', (counts, what, [account, contact]) => {
  const decisions = decisionsOf(counts, what ? [decision('700', what)] : []);
  // safe because ids are only compared
  expect(decisions.ownersOf('700' as CustomerId, { crmAccountId: '1', crmContactId: '31' })).toEqual({
    crmAccountId: account,
    crmContactId: contact,
  });
});
