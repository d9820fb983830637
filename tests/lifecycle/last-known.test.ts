/** What is shown of a copy that was followed, once nobody follows any more: paused, Books down, the connection gone. */
import { HttpResponse, http } from 'msw';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Customer360 } from '../../server/contract/customer-360.ts';
import type { Lifecycle } from '../../server/contract/lifecycle.ts';
import type { DecidedMappings, MappingTarget } from '../../server/contract/mapping.ts';
import { codeOf, figuresOf, openWorld, type Person, type World } from '../hostile/world.ts';
import type { Organisation } from '../sandbox/organisation.ts';
import { SMALL, smallOrganisation } from '../sandbox/small-organisation.ts';
import { aBooksCustomer } from '../sandbox/small-organisation-documents.ts';

const LIFE = '/api/v1/settings/lifecycle';
const MAPPING = '/api/v1/settings/mapping';
const CEDAR = {
  account: '3652397000000400003',
  contact: '3652397000000500003',
  customer: '460000000000026003',
};
const ASTER = figuresOf('Accounts', SMALL.accounts.aster);
const SHOWN = [
  ASTER,
  figuresOf('Accounts', CEDAR.account),
  figuresOf('Contacts', CEDAR.contact),
  figuresOf('Deals', SMALL.deals.fitOut),
];
const MINUTE_MS = 60_000;

/** Beside Aster, whose customer hangs on the account: Cedar, whose customer hangs on its contact. */
function organisation(): Organisation {
  const made = smallOrganisation();
  const [account] = made.crm.Accounts;
  const [contact] = made.crm.Contacts;
  made.crm.Accounts.push({ ...account, id: CEDAR.account, Account_Name: 'Cedar Joiners' });
  made.crm.Contacts.push({
    ...contact,
    id: CEDAR.contact,
    Full_Name: 'Mara Cedar',
    Account_Name: { id: CEDAR.account, name: 'Cedar Joiners' },
  });
  made.books.contacts.push(
    aBooksCustomer(CEDAR.customer, 'Cedar Joiners', { zcrm_contact_id: CEDAR.contact }),
  );
  return made;
}

let world: World;
let administrator: Person;
let finance: Person;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  world = await openWorld(organisation(), { BACKGROUND_READS: 'on' });
  await world.install();
  for (let turn = 0; turn < 8; turn += 1) await pass(10_000);
  await pass(61_000); // what was read counts against no call any more
  await signIn();
}, 60_000);
afterAll(async () => {
  vi.useRealTimers();
  await world.close();
});

/** The clock moves on, and the server that follows Books looks around. */
async function pass(ms: number): Promise<void> {
  world.later(ms);
  vi.advanceTimersByTime(5_000);
  await world.quiet();
}
async function signIn(): Promise<void> {
  administrator = await world.signIn(SMALL.users.administrator, 'setup');
  finance = await world.signIn(SMALL.users.finance);
}

async function shown(path: string): Promise<Extract<Customer360, { state: 'linked' }>> {
  const answer = await world.ask('GET', path, { token: finance.accessToken });
  const told = answer.json() as Customer360;
  if (told.state !== 'linked') throw new Error(`${path}: ${told.state ?? codeOf(answer)}`);
  return told;
}
const namesOn = async (path: string): Promise<readonly string[] | null> => {
  const answer = await world.ask('GET', path, { token: finance.accessToken });
  const told = answer.json() as Customer360;
  await world.quiet();
  return told.state === 'linked' ? told.customers.map(({ name }) => name) : null;
};
const everything = async () => Promise.all(SHOWN.map(async (path) => [path, await shown(path)] as const));
/** The figures are those of then, and say why and from when they are. */
async function expectLastKnown(
  before: Awaited<ReturnType<typeof everything>>,
  freshness: object,
): Promise<void> {
  for (const [path, { figures, freshness: then }] of before) {
    const now = await shown(path);
    expect([path, now.figures]).toEqual([path, figures]);
    expect([path, now.freshness]).toMatchObject([path, { ...freshness, knownGoodAt: then.knownGoodAt }]);
  }
}
const asAdministrator = async (method: 'PUT' | 'POST', path: string, body: object): Promise<unknown> => {
  const answer = await world.ask(method, path, { token: administrator.accessToken, body });
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return answer.json();
};
async function bring(to: Lifecycle['state']): Promise<void> {
  const view = await world.ask('GET', LIFE, { token: administrator.accessToken });
  await asAdministrator('PUT', LIFE, { basedOn: (view.json() as Lifecycle).version, to });
}

const decide = async (version: number, to: MappingTarget): Promise<void> => {
  const changes = [{ customerId: SMALL.customers.aster, version, to }];
  const decided = await asAdministrator('POST', `${MAPPING}/decisions`, { changes });
  expect((decided as DecidedMappings).results[0]?.outcome).toBe('changed');
};
const onContact = (id: string): MappingTarget => ({ says: 'record', module: 'Contacts', id });

test('a customer decided to a contact shows on its account whether or not somebody follows, and on no other', async () => {
  /** Names on both accounts, and whether Books was asked whose customers they are. */
  const told = async (): Promise<readonly unknown[]> => {
    world.zoho.exchanges.reset();
    const names = [await namesOn(ASTER), await namesOn(figuresOf('Accounts', CEDAR.account))];
    const isAsked = world.zoho.exchanges.list('books').some(({ path }) => path.endsWith('/contacts'));
    return [...names, isAsked];
  };
  /** Until the server that follows looks around again, nobody does. */
  const nobodyFollows = () => world.database.query(`delete from leases where name like 'ledger|%'`);
  const saveMode = (basedOn: number, mode: 'both' | 'contacts') =>
    asAdministrator('PUT', MAPPING, { basedOn, mode, taxField: null });

  await decide(0, onContact(SMALL.contacts.aster));
  expect(await told()).toEqual([['Aster Foods'], ['Cedar Joiners'], false]);
  await nobodyFollows();
  expect(await told()).toEqual([['Aster Foods'], ['Cedar Joiners'], true]);
  await pass(10_000);
  await saveMode(0, 'contacts');
  expect(await told()).toEqual([['Aster Foods'], ['Cedar Joiners'], false]);
  await nobodyFollows();
  await world.database.query('delete from customer_links');
  expect(await told()).toEqual([['Aster Foods'], ['Cedar Joiners'], true]);
  await saveMode(1, 'both');
  await decide(1, onContact(CEDAR.contact));
  expect((await told()).slice(0, 2)).toEqual([null, ['Aster Foods', 'Cedar Joiners']]);
  await decide(2, { says: 'books' });
  await world.database.query('delete from customer_links');
  await pass(10_000);
});

describe('paused', () => {
  test('long after the last server let go', async () => {
    const before = await everything();
    await bring('paused');
    world.zoho.exchanges.reset();
    for (let turn = 0; turn < 5; turn += 1) await pass(10_000);
    await expectLastKnown(before, { state: 'fresh', trouble: 'paused' });
    world.later(3 * 60 * MINUTE_MS);
    await signIn();
    await expectLastKnown(before, { state: 'stale', trouble: 'paused' });
    expect(world.zoho.exchanges.list('books')).toEqual([]);
  });

  test('a customer that was decided to belong elsewhere is not shown any more', async () => {
    await decide(3, onContact(CEDAR.contact));
    expect(await namesOn(ASTER)).toBeNull();
    expect(await namesOn(figuresOf('Accounts', CEDAR.account))).toEqual(['Aster Foods', 'Cedar Joiners']);
    await decide(4, { says: 'books' });
    await bring('active');
    for (let turn = 0; turn < 3; turn += 1) await pass(MINUTE_MS);
  });
});

test('Books does not answer for three hours', async () => {
  const before = await everything();
  let isDown = true;
  world.answerFirst(
    http.all('*/books/v3/*', () => (isDown ? new HttpResponse(null, { status: 503 }) : undefined)),
  );
  for (let turn = 0; turn < 6; turn += 1) await pass(30 * MINUTE_MS);
  await signIn();
  await expectLastKnown(before, { state: 'stale', trouble: 'books_unreachable' });
  isDown = false;
  for (let turn = 0; turn < 6; turn += 1) await pass(MINUTE_MS);
  await signIn();
  expect((await shown(ASTER)).freshness).not.toHaveProperty('trouble');
});

test('whoever connected Books took the consent back', async () => {
  const before = await everything();
  world.zoho.scenario.revoke(SMALL.users.administrator);
  for (let turn = 0; turn < 6; turn += 1) await pass(30 * MINUTE_MS);
  finance = await world.signIn(SMALL.users.finance);
  await expectLastKnown(before, { state: 'stale', trouble: 'books_refused' });
});
