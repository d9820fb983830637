/** Which CRM record a Books customer belongs to: what an administrator confirms is obeyed, and by nobody else. */
import { HttpResponse, http } from 'msw';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { AuditPage } from '../../server/contract/audit.ts';
import type { Customer360 } from '../../server/contract/customer-360.ts';
import type {
  DecidedMappings,
  FoundCustomers,
  MappingGroup,
  MappingReport,
  MappingTarget,
} from '../../server/contract/mapping.ts';
import type { Settings } from '../../server/contract/settings.ts';
import type { Organisation } from '../sandbox/organisation.ts';
import { SMALL, smallOrganisation } from '../sandbox/small-organisation.ts';
import { aBooksCustomer } from '../sandbox/small-organisation-documents.ts';
import { codeOf, figuresOf, openWorld, type Person, type World } from './world.ts';

const PATH = '/api/v1/settings/mapping';
const DECISIONS = `${PATH}/decisions`;
const CEDAR = '3652397000000400003';
const DUNE = '3652397000000400004';
const LARCH_CONTACT = '3652397000000500003';
const inBooks = {
  cedar: '460000000000026003',
  larch: '460000000000026004',
  gone: '460000000000026005',
};

/** Beside Aster and Birch: an account with a customer of its name, one without, and customers on contacts and nowhere. */
function organisation(): Organisation {
  const made = smallOrganisation();
  const [aster] = made.crm.Accounts;
  const [person] = made.crm.Contacts;
  if (!aster || !person) throw new Error('The small organisation has records');
  made.crm.Accounts.push(
    { ...aster, id: CEDAR, Account_Name: 'Cedar Möbel GmbH', VAT_Number: 'DE 811 907 980' },
    { ...aster, id: DUNE, Account_Name: 'Dune Travel' },
  );
  made.crm.Contacts.push({
    ...person,
    id: LARCH_CONTACT,
    Full_Name: 'Mara Larch',
    Email: 'mara@larch.example',
    Account_Name: null,
  });
  made.books.contacts.push(
    aBooksCustomer(inBooks.cedar, 'CEDAR MOEBEL', {
      is_linked_with_zohocrm: false,
      email: 'office@cedar.example',
    }),
    aBooksCustomer(inBooks.larch, 'Mara Larch', { zcrm_contact_id: LARCH_CONTACT }),
    aBooksCustomer(inBooks.gone, 'Nobody Known', { is_linked_with_zohocrm: false }),
  );
  return made;
}

let world: World;
let administrator: Person;
let others: Person;
let rep: Person;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  world = await openWorld(organisation(), { BACKGROUND_READS: 'on' });
  const { crm } = world.zoho.organisation.org;
  const { zgid } = crm;
  crm.zgid = '60001230000';
  others = await world.install();
  crm.zgid = zgid;
  await world.install();
  for (let turn = 0; turn < 6; turn += 1) await background();
  world.later(61_000); // what was read counts against no call any more
  administrator = await world.signIn(SMALL.users.administrator, 'setup');
  rep = await world.signIn(SMALL.users.rep);
}, 60_000);
afterAll(async () => {
  vi.useRealTimers();
  await world.close();
});

/** The server that follows Books looks around once. */
async function background(): Promise<void> {
  vi.advanceTimersByTime(5_000);
  await world.quiet();
}

const ask = async (group: MappingGroup, more = '', person = administrator): Promise<MappingReport> => {
  const answer = await world.ask('GET', `${PATH}?group=${group}${more}`, { token: person.accessToken });
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return answer.json() as MappingReport;
};
const namesIn = async (group: MappingGroup, more = ''): Promise<readonly string[]> =>
  (await ask(group, more)).rows.map(
    ({ record, customers }) =>
      `${record.name ?? record.id}: ${customers.map(({ id, name, source }) => `${name ?? id} (${source})`).join()}`,
  );
const decide = async (
  changes: readonly { customerId: string; version: number; to: MappingTarget }[],
  person = administrator,
): Promise<DecidedMappings['results']> => {
  const answer = await world.ask('POST', DECISIONS, { token: person.accessToken, body: { changes } });
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return (answer.json() as DecidedMappings).results;
};
const toCedar = { says: 'record', module: 'Accounts', id: CEDAR } as const;
/** Names of the customers the representative's panel shows, `null` while it is not linked. */
const panel = async (module: string, id: string): Promise<readonly string[] | null> => {
  const answer = await world.ask('GET', figuresOf(module, id), { token: rep.accessToken });
  const told = answer.json() as Customer360;
  return told.state === 'linked' ? told.customers.map(({ name }) => name) : null;
};

describe('the report', () => {
  test('every record is in one group, with what is known of it', async () => {
    const { counts, standing, settings, rows } = await ask('suggested');
    expect(settings).toEqual({ version: 0, mode: 'both', taxField: null });
    expect(counts).toEqual({ linked: 3, suggested: 1, waiting: 0, unlinked: 1, broken: 0 });
    expect(standing).toEqual({
      records: 7,
      alongside: 2,
      crm: 'complete',
      customers: 5,
      free: 2,
      unread: 0,
      listed: true,
    });
    expect(rows).toEqual([
      {
        record: { module: 'Accounts', id: CEDAR, name: 'Cedar Möbel GmbH' },
        customers: [],
        suggestions: [
          {
            customer: { id: inBooks.cedar, name: 'CEDAR MOEBEL', version: 0 },
            reasons: ['name'],
            strength: 'likely',
            ambiguous: false,
          },
        ],
        faults: [],
      },
    ]);
    expect(await namesIn('linked')).toEqual([
      'Aster Foods: Aster Foods (books)',
      'Birch & Co: Birch & Co (books)',
      'Mara Larch: Mara Larch (books)',
    ]);
    expect(await namesIn('unlinked')).toEqual(['Dune Travel: ']);
  });

  test('asks Books nothing and CRM a bounded number of pages, and finds by any part of a name', async () => {
    world.zoho.exchanges.reset();
    expect((await ask('linked', '&search=birch')).counts).toEqual({
      linked: 1,
      suggested: 0,
      waiting: 0,
      unlinked: 0,
      broken: 0,
    });
    expect((await ask('suggested', '&search=moebel%20cedar')).rows).toHaveLength(1);
    expect((await ask('linked', '&search=zzz&page=9')).page).toBe(1);
    await ask('linked', '&again=1');
    const paths = world.zoho.exchanges.list().map(({ path }) => path);
    expect(paths.filter((path) => path.startsWith('/books'))).toEqual([]);
    // Each request asks who administers; the lists are read once more only where that was asked for.
    expect(paths.filter((path) => /\/(Accounts|Contacts)$/.test(path))).toHaveLength(2);
  });

  test('customers are found by name for a record nothing resembles, with whose they are', async () => {
    const found = async (search: string): Promise<FoundCustomers> =>
      (
        await world.ask('GET', `${PATH}/customers?search=${encodeURIComponent(search)}`, {
          token: administrator.accessToken,
        })
      ).json() as FoundCustomers;
    expect(await found('MOEBEL')).toEqual({
      customers: [{ id: inBooks.cedar, name: 'CEDAR MOEBEL', version: 0, inactive: false }],
      more: false,
    });
    expect((await found('aster')).customers[0]).toMatchObject({
      record: { module: 'Accounts', name: 'Aster Foods' },
    });
    expect((await found('zzz')).customers).toEqual([]);
  });

  test('with the field of the tax number, that speaks as well', async () => {
    const { Accounts } = world.zoho.organisation.crm;
    const cedar = world.zoho.organisation.books.contacts.find(({ contact_id: id }) => id === inBooks.cedar);
    Object.assign(cedar ?? {}, { gst_no: 'de811907980' });
    expect(Accounts.some(({ VAT_Number: number }) => number)).toBe(true);
    await changed(inBooks.cedar);
    const body = { basedOn: 0, mode: 'both', taxField: 'VAT_Number' };
    const { accessToken: token } = administrator;
    expect((await world.ask('PUT', PATH, { token, body })).json()).toEqual({
      version: 1,
      mode: 'both',
      taxField: 'VAT_Number',
    });
    const [row] = (await ask('suggested')).rows;
    expect(row?.suggestions[0]).toMatchObject({ reasons: ['tax_number', 'name'], strength: 'strong' });
  });
});

/** Books says that the customer changed, and the server that follows looks. */
async function changed(customerId: string): Promise<void> {
  const { accessToken: token } = administrator;
  const { books } = (await world.ask('GET', '/api/v1/settings', { token })).json() as Settings;
  if (books.state !== 'connected' || !books.hook) throw new Error('There is no address');
  const payload = JSON.stringify({
    contact: { contact_id: customerId, customer_id: customerId, at: Math.random() },
  });
  await world.ask('POST', new URL(books.hook).pathname, {
    payload,
    headers: { 'content-type': 'application/json' },
  });
  for (let turn = 0; turn < 2; turn += 1) {
    world.later(10_000);
    await background();
  }
}

describe('a decision', () => {
  test('shows on the panel of a representative at the next request, and is taken back as fast', async () => {
    expect(await panel('Accounts', CEDAR)).toBeNull();
    expect(await decide([{ customerId: inBooks.cedar, version: 0, to: toCedar }])).toEqual([
      {
        customerId: inBooks.cedar,
        outcome: 'changed',
        before: { version: 0, to: { says: 'books' } },
        now: { version: 1, to: toCedar, by: 'Ada Keller' },
      },
    ]);
    expect(await panel('Accounts', CEDAR)).toEqual(['CEDAR MOEBEL']);
    expect(await namesIn('linked', '&search=cedar')).toEqual(['Cedar Möbel GmbH: CEDAR MOEBEL (confirmed)']);
    const [undone] = await decide([{ customerId: inBooks.cedar, version: 1, to: { says: 'books' } }]);
    expect(undone).toMatchObject({ outcome: 'changed', now: { version: 2 } });
    expect(await panel('Accounts', CEDAR)).toBeNull();
  });

  test('asked for again it changes nothing; based on what somebody else changed it is told what holds', async () => {
    await decide([{ customerId: inBooks.cedar, version: 2, to: toCedar }]);
    const [again] = await decide([{ customerId: inBooks.cedar, version: 2, to: toCedar }]);
    expect(again).toMatchObject({ outcome: 'unchanged', now: { version: 3, to: toCedar } });
    const [late] = await decide([{ customerId: inBooks.cedar, version: 2, to: { says: 'nobody' } }]);
    expect(late).toMatchObject({
      outcome: 'changed_meanwhile',
      now: { version: 3, to: toCedar, by: 'Ada Keller' },
    });
    expect(await panel('Accounts', CEDAR)).toEqual(['CEDAR MOEBEL']);
  });

  test('two at once: one is done, the other learns of it', async () => {
    const [one, other] = await Promise.all([
      decide([
        { customerId: inBooks.gone, version: 0, to: { says: 'record', module: 'Accounts', id: DUNE } },
      ]),
      decide([{ customerId: inBooks.gone, version: 0, to: toCedar }]),
    ]);
    const outcomes = [one[0]?.outcome, other[0]?.outcome];
    expect(outcomes.sort()).toEqual(['changed', 'changed_meanwhile']);
    await decide([{ customerId: inBooks.gone, version: 1, to: { says: 'books' } }]);
  });

  test('over what Books says: the customer leaves the account it hangs on, and comes back', async () => {
    expect(await panel('Accounts', SMALL.accounts.aster)).toEqual(['Aster Foods']);
    await decide([{ customerId: SMALL.customers.aster, version: 0, to: { says: 'nobody' } }]);
    expect(await panel('Accounts', SMALL.accounts.aster)).toBeNull();
    expect(await namesIn('unlinked', '&search=aster')).toEqual(['Aster Foods: Aster Foods (separated)']);
    await decide([{ customerId: SMALL.customers.aster, version: 1, to: toCedar }]);
    expect(await panel('Accounts', CEDAR)).toEqual(['Aster Foods', 'CEDAR MOEBEL']);
    await decide([{ customerId: SMALL.customers.aster, version: 2, to: { says: 'books' } }]);
    expect(await panel('Accounts', SMALL.accounts.aster)).toEqual(['Aster Foods']);
    expect(await panel('Accounts', CEDAR)).toEqual(['CEDAR MOEBEL']);
  });

  test('is made of what is there only', async () => {
    const results = await decide([
      { customerId: '460000000000099999', version: 0, to: toCedar },
      { customerId: SMALL.customers.birch, version: 0, to: { says: 'record', module: 'Accounts', id: '1' } },
    ]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['customer_gone', 'record_gone']);
    const twice = { customerId: SMALL.customers.birch, version: 0, to: { says: 'nobody' } };
    const { accessToken: token } = administrator;
    const body = { changes: [twice, twice] };
    expect(codeOf(await world.ask('POST', DECISIONS, { token, body }))).toBe('request.invalid');
  });

  test('is in the audit log, by ids', async () => {
    const { entries } = (
      await world.ask('GET', '/api/v1/settings/audit', { token: administrator.accessToken })
    ).json() as AuditPage;
    const own = entries.filter(({ action }) => action === 'mapping.changed').reverse();
    expect(own.slice(0, 2).map(({ who, subject, outcome }) => [who, subject, outcome])).toEqual([
      [SMALL.users.administrator, `Books/${SMALL.organisation}/${inBooks.cedar}`, `Accounts/${CEDAR}`],
      [SMALL.users.administrator, `Books/${SMALL.organisation}/${inBooks.cedar}`, 'books'],
    ]);
  });
});

describe('whose it is not', () => {
  test('a representative is refused, and learns of no customer', async () => {
    const { accessToken: token } = rep;
    const body = { changes: [{ customerId: inBooks.larch, version: 0, to: toCedar }] };
    const answers = [
      await world.ask('GET', `${PATH}?group=suggested`, { token }),
      await world.ask('PUT', PATH, { token, body: { basedOn: 1, mode: 'accounts', taxField: null } }),
      await world.ask('POST', DECISIONS, { token, body }),
    ];
    expect(answers.map(codeOf)).toEqual(Array(3).fill('settings.not_administrator'));
    for (const { body: text } of answers) expect(text).not.toMatch(/CEDAR|Larch|Nobody/);
  });

  test('another organisation decides for itself alone', async () => {
    await decide([{ customerId: SMALL.customers.birch, version: 0, to: { says: 'nobody' } }], others);
    expect(await namesIn('linked', '&search=birch')).toEqual(['Birch & Co: Birch & Co (books)']);
    expect((await ask('linked', '', others)).settings.version).toBe(0);
  });
});

describe('what leads nowhere', () => {
  test('an account that was deleted, a customer that is inactive, and one that is gone', async () => {
    const { contacts } = world.zoho.organisation.books;
    world.zoho.crmEdits.delete('Accounts', SMALL.accounts.birch);
    Object.assign(contacts.find(({ contact_id: id }) => id === SMALL.customers.aster) ?? {}, {
      status: 'inactive',
    });
    contacts.splice(
      contacts.findIndex(({ contact_id: id }) => id === inBooks.cedar),
      1,
    );
    await changed(SMALL.customers.aster);
    await changed(inBooks.cedar);
    const { rows, counts } = await ask('broken', '&again=1');
    expect(
      rows.map(({ record, faults, customers }) => [record.name ?? record.id, faults, customers[0]?.id]),
    ).toEqual([
      [SMALL.accounts.birch, ['record_gone'], SMALL.customers.birch],
      ['Aster Foods', ['customer_inactive'], SMALL.customers.aster],
      ['Cedar Möbel GmbH', ['customer_gone'], inBooks.cedar],
    ]);
    expect(counts).toMatchObject({ broken: 3, linked: 1 });
    expect(await panel('Accounts', CEDAR)).toBeNull();
  });
});

describe('which kind of record has customers', () => {
  test('is obeyed at the next request; two administrators at once do not overwrite each other', async () => {
    const { accessToken: token } = administrator;
    expect(await panel('Contacts', LARCH_CONTACT)).toEqual(['Mara Larch']);
    const body = { basedOn: 1, mode: 'accounts', taxField: null };
    expect((await world.ask('PUT', PATH, { token, body })).statusCode).toBe(200);
    expect(await panel('Contacts', LARCH_CONTACT)).toBeNull();
    expect(await panel('Accounts', SMALL.accounts.aster)).toEqual(['Aster Foods']);
    expect(codeOf(await world.ask('PUT', PATH, { token, body }))).toBe('mapping.changed_meanwhile');
    const contacts = { basedOn: 2, mode: 'contacts', taxField: null };
    expect((await world.ask('PUT', PATH, { token, body: contacts })).statusCode).toBe(200);
    expect(await panel('Accounts', SMALL.accounts.aster)).toBeNull();
    expect(await panel('Contacts', LARCH_CONTACT)).toEqual(['Mara Larch']);
    const [refused] = await decide([{ customerId: inBooks.gone, version: 2, to: toCedar }]);
    expect(refused?.outcome).toBe('not_in_mode');
    expect(await namesIn('linked')).toEqual(['Mara Larch: Mara Larch (books)']);
  });
});

test('while CRM does not answer nothing is told, and what has been read outlives it', async () => {
  world.answerFirst(
    http.get('*/crm/v8/Contacts', () => HttpResponse.json({ code: 'INTERNAL_ERROR' }, { status: 500 })),
  );
  const { accessToken: token } = administrator;
  expect((await ask('linked')).standing.crm).toBe('complete');
  expect(codeOf(await world.ask('GET', `${PATH}?group=linked&again=1`, { token }))).toBe('crm.unreachable');
});
