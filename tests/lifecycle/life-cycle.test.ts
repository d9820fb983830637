/** Pausing, switching off and on again, and another Books organisation: at two servers of one database. */
import type { FastifyInstance } from 'fastify';
import { http } from 'msw';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AuditPage } from '../../server/contract/audit.ts';
import type { Customer360 } from '../../server/contract/customer-360.ts';
import type { Lifecycle } from '../../server/contract/lifecycle.ts';
import type { Links } from '../../server/contract/links.ts';
import type { Settings } from '../../server/contract/settings.ts';
import type { PreFlight } from '../../server/contract/setup.ts';
import { findConnected } from '../../server/identity/installs.ts';
import { codeOf, figuresOf, openWorld, type Person, type World } from '../hostile/world.ts';
import { SMALL } from '../sandbox/small-organisation.ts';
import { carryOnAtAnother, openAnother } from './lifecycle-world.ts';

const ASTER = figuresOf('Accounts', SMALL.accounts.aster);
const BIRCH = figuresOf('Accounts', SMALL.accounts.birch);
const LIFE = '/api/v1/settings/lifecycle';
const LINKS = `/api/v1/deals/${SMALL.deals.expansion}/links`;
const INVOICE = '460000000000040002';
const OTHER_BOOKS = '60009999999';

let world: World;
let other: FastifyInstance;
let administrator: Person;
let rep: Person;
let finance: Person;
beforeAll(async () => {
  world = await openWorld();
  const { organizations } = world.zoho.organisation.books;
  organizations.push({ ...organizations[0], organization_id: OTHER_BOOKS, name: 'Second Books' });
  administrator = await world.install();
  rep = await world.signIn(SMALL.users.rep);
  finance = await world.signIn(SMALL.users.finance);
  await ask(ASTER);
  await world.quiet();
  other = await openAnother(world);
});
afterAll(async () => {
  await other.close();
  await world.close();
});
beforeEach(() => world.zoho.exchanges.reset());

const ask = (path: string, person = finance) => world.ask('GET', path, { token: person.accessToken });
const askOther = (path: string, person = finance) =>
  other.inject({ method: 'GET', url: path, headers: { authorization: `Bearer ${person.accessToken}` } });
const view = async (): Promise<Lifecycle> => (await ask(LIFE, administrator)).json() as Lifecycle;
const change = (basedOn: number, to: string) =>
  world.ask('PUT', LIFE, { token: administrator.accessToken, body: { basedOn, to } });
async function bring(to: 'active' | 'paused' | 'disabled'): Promise<void> {
  const answer = await change((await view()).version, to);
  expect([answer.statusCode, (answer.json() as Lifecycle).state]).toEqual([200, to]);
}
const originOf = async (id: string): Promise<string | undefined> => {
  const { links } = (await ask(LINKS, administrator)).json() as Links;
  return links.find(({ document }) => document.id === id)?.origin;
};
const calls = (service: 'books' | 'crm') => world.zoho.exchanges.list(service).length;

describe('paused', () => {
  test('what was last known is shown with its age, and Books is asked nothing, however old it gets', async () => {
    const before = (await ask(ASTER)).json() as Customer360;
    await bring('paused');
    world.zoho.exchanges.reset();
    world.later(3 * 60_000);
    for (const answer of [await ask(ASTER), await askOther(ASTER)]) {
      const shown = answer.json() as Customer360;
      expect(shown).toMatchObject({ state: 'linked', freshness: { trouble: 'paused' } });
      if (shown.state !== 'linked' || before.state !== 'linked') throw new Error('not linked');
      expect(shown.figures).toEqual(before.figures);
      expect(shown.freshness.knownGoodAt).toBe(before.freshness.knownGoodAt);
      expect(shown.freshness.refetchAfterSeconds).toBeUndefined();
    }
    const asked = await world.ask('GET', ASTER, {
      token: rep.accessToken,
      headers: { 'cache-control': 'no-cache' },
    });
    expect(asked.json()).toMatchObject({ freshness: { trouble: 'paused' } });
    await world.quiet();
    expect(calls('books')).toBe(0);
    expect(calls('crm')).toBeGreaterThan(0); // who asks, and what they may see, is still CRM's to say
  });

  test('a customer nobody had read before has a problem of its own', async () => {
    expect(codeOf(await ask(BIRCH, administrator))).toBe('books.paused');
    expect(calls('books')).toBe(0);
  });

  test('no server follows Books while it is paused, and one does again afterwards', async () => {
    expect(await findConnected(world.database)).toEqual([]);
    await bring('active');
    expect((await findConnected(world.database)).map(({ books }) => books?.organisationId)).toEqual([
      SMALL.organisation,
    ]);
    const again = (await ask(BIRCH, administrator)).json();
    expect(again).toMatchObject({ state: 'linked' });
    await world.quiet();
    expect(calls('books')).toBeGreaterThan(0);
  });
});

describe('switched off', () => {
  test('records are answered by one problem at every server, and nobody at Zoho is asked', async () => {
    await bring('disabled');
    const rows = await world.database.query('select * from ledger_documents');
    expect(rows.length).toBeGreaterThan(0);
    world.zoho.exchanges.reset();
    for (const path of [
      ASTER,
      figuresOf('Deals', SMALL.deals.fitOut),
      figuresOf('Accounts', '1'),
      `/api/v1/records/Accounts/${SMALL.accounts.aster}/documents`,
      `/api/v1/deals/${SMALL.deals.fitOut}/links`,
    ])
      for (const answer of [await ask(path), await askOther(path)])
        expect([path, codeOf(answer)]).toEqual([path, 'install.disabled']);
    await world.quiet();
    expect(world.zoho.exchanges.list()).toEqual([]);
    expect(await world.database.query('select * from ledger_documents')).toEqual(rows);
  });

  test('administrators are told so where Books would be asked, and the checks say that it is not known', async () => {
    const { accessToken: token } = administrator;
    expect(codeOf(await ask(`${LIFE}/organisations`, administrator))).toBe('install.disabled');
    const body = { basedOn: (await view()).version, organisationId: OTHER_BOOKS };
    expect(codeOf(await world.ask('PUT', `${LIFE}/organisation`, { token, body }))).toBe('install.disabled');
    const preFlight = await ask('/api/v1/settings/setup/pre-flight', administrator);
    expect(
      (preFlight.json() as PreFlight).checks.find(({ finding }) => finding.startsWith('access')),
    ).toEqual({ finding: 'access.untold', state: 'unknown', blocks: false, values: {} });
    await world.connectBooks(token, SMALL.users.administrator); // keeps the choice: nobody is asked what it lists
    expect((await view()).books?.organisation.id).toBe(SMALL.organisation);
    const [chosen] = await world.database.query<{ books: object }>('select books from installs');
    await world.database.query('update installs set books = null');
    const settings = (await ask('/api/v1/settings', administrator)).json() as Settings;
    expect(settings.books).toEqual({
      state: 'choose_organisation',
      organisations: [],
      unasked: 'install.disabled',
    });
    await world.database.query('update installs set books = $1', [chosen?.books]);
    expect(calls('books')).toBe(0);
  });

  test('switched on again it is as before: nobody connects or signs in anew', async () => {
    await bring('active');
    expect((await askOther(ASTER)).json()).toMatchObject({ state: 'linked' });
    expect((await ask(ASTER, rep)).json()).toMatchObject({ state: 'linked' });
    expect((await view()).books).toMatchObject({ connection: 'good', connectedBy: 'Ada Keller' });
  });
});

describe('two administrators at once', () => {
  test('the later is told, and nothing of theirs is done', async () => {
    const { version } = await view();
    expect((await change(version, 'paused')).statusCode).toBe(200);
    expect(codeOf(await change(version, 'disabled'))).toBe('lifecycle.changed_meanwhile');
    expect(await view()).toMatchObject({ state: 'paused', version: version + 1, by: 'Ada Keller' });
    await bring('active');
  });

  test('of two in the very same moment one wins', async () => {
    const { version } = await view();
    const second = await world.signIn(SMALL.users.administrator, 'setup');
    const answers = await Promise.all(
      [administrator, second].map(({ accessToken: token }, at) =>
        world.ask('PUT', LIFE, { token, body: { basedOn: version, to: at ? 'paused' : 'disabled' } }),
      ),
    );
    expect(answers.map(codeOf).toSorted()).toEqual([200, 'lifecycle.changed_meanwhile']);
    await bring('active');
  });

  test('nobody but administrators reads or changes it', async () => {
    expect(codeOf(await ask(LIFE, rep))).toBe('settings.not_administrator');
    const tried = { token: rep.accessToken, body: { basedOn: 0, to: 'disabled' } };
    expect(codeOf(await world.ask('PUT', LIFE, tried))).toBe('settings.not_administrator');
    expect((await view()).state).toBe('active');
  });
});

describe('another Books organisation', () => {
  const switchTo = async (organisationId: string) =>
    world.ask('PUT', `${LIFE}/organisation`, {
      token: administrator.accessToken,
      body: { basedOn: (await view()).version, organisationId },
    });

  test('shows not one figure of the former, and what a late read brings of it goes', async () => {
    const linked = await world.ask('POST', LINKS, {
      token: administrator.accessToken,
      body: { documents: [{ type: 'invoice', id: INVOICE }] },
    });
    expect(linked.json()).toMatchObject({ results: [{ outcome: 'linked' }] });
    expect(await originOf(INVOICE)).toBe('person');
    const { organisations } = (await ask(`${LIFE}/organisations`, administrator)).json() as {
      organisations: { id: string }[];
    };
    expect(organisations.map(({ id }) => id)).toContain(OTHER_BOOKS);
    const [row] = await world.database.query<{ customer: object }>(
      'select to_jsonb(c) as customer from ledger_customers c limit 1',
    );
    const read = calls('books');
    expect((await switchTo(OTHER_BOOKS)).json()).toMatchObject({
      books: { organisation: { id: OTHER_BOOKS, name: 'Second Books' } },
    });
    for (const table of ['ledger_customers', 'ledger_documents', 'customer_links', 'deal_documents'])
      expect([
        table,
        await world.database.query(`select 1 from ${table} where organisation_id = $1`, [SMALL.organisation]),
      ]).toEqual([table, []]);
    await world.database.query(
      'insert into ledger_customers select * from jsonb_populate_record(null::ledger_customers, $1::jsonb)',
      [JSON.stringify(row?.customer)],
    );
    // The local Zoho has the same documents in both: here the link is what Books says, and nobody's.
    expect(await originOf(INVOICE)).toBe('books');
    // It is another organisation that is asked now, also where the other server still knew the former's figures.
    await askOther(ASTER);
    await world.quiet();
    expect(calls('books')).toBeGreaterThan(read);
    const last = world.zoho.exchanges.list('books').at(-1);
    expect(last?.url).toContain(`organization_id=${OTHER_BOOKS}`);
    await carryOnAtAnother(world); // a server that starts looks what is left over
    expect(
      await world.database.query('select 1 from ledger_customers where organisation_id = $1', [
        SMALL.organisation,
      ]),
    ).toEqual([]);
  });

  test('has a call budget of its own', async () => {
    const budgets = await world.database.query<{ organisation: string }>(
      'select organisation from books_budgets order by 1',
    );
    expect(budgets.map(({ organisation }) => organisation)).toEqual([
      `local:${SMALL.organisation}`,
      `local:${OTHER_BOOKS}`,
    ]);
  });

  test('is not chosen on top of what somebody else just changed', async () => {
    const stale = { basedOn: (await view()).version - 1, organisationId: SMALL.organisation };
    const answer = await world.ask('PUT', `${LIFE}/organisation`, {
      token: administrator.accessToken,
      body: stale,
    });
    expect(codeOf(answer)).toBe('lifecycle.changed_meanwhile');
    expect((await view()).books?.organisation.id).toBe(OTHER_BOOKS);
    expect((await switchTo(SMALL.organisation)).statusCode).toBe(200);
    expect(await originOf(INVOICE)).toBe('person');
  });

  test('is not chosen on top of what somebody else chose in the set-up', async () => {
    const seen = await view();
    const body = { organisationId: OTHER_BOOKS, instead: SMALL.organisation };
    const { accessToken: token } = administrator;
    expect(codeOf(await world.ask('PUT', '/api/v1/settings/books/organisation', { token, body }))).toBe(200);
    const stale = { basedOn: seen.version, organisationId: SMALL.organisation };
    expect(codeOf(await world.ask('PUT', `${LIFE}/organisation`, { token, body: stale }))).toBe(
      'lifecycle.changed_meanwhile',
    );
    expect(await view()).toMatchObject({
      version: seen.version + 1,
      books: { organisation: { id: OTHER_BOOKS } },
    });
    expect((await switchTo(SMALL.organisation)).statusCode).toBe(200);
  });

  test('that a new connection does not list is forgotten in the open, unless it was changed meanwhile', async () => {
    const { organizations } = world.zoho.organisation.books;
    const former = organizations.findIndex(({ organization_id: id }) => id === SMALL.organisation);
    const [gone] = organizations.splice(former, 1);
    if (!gone) throw new Error('No organisation to take away');
    let isOvertaken = true;
    world.answerFirst(
      http.get('*/books/v3/organizations', async () => {
        if (!isOvertaken) return;
        isOvertaken = false;
        const body = { organisationId: OTHER_BOOKS, instead: SMALL.organisation };
        const chosen = await world.ask('PUT', '/api/v1/settings/books/organisation', {
          token: second.accessToken,
          body,
        });
        expect(chosen.statusCode).toBe(200);
      }),
    );
    const second = await world.signIn(SMALL.users.administrator, 'setup');
    await world.connectBooks(administrator.accessToken, SMALL.users.administrator);
    const kept = await view();
    expect(kept.books?.organisation.id).toBe(OTHER_BOOKS);

    const [other] = organizations.splice(0, organizations.length, gone);
    await world.connectBooks(administrator.accessToken, SMALL.users.administrator);
    const now = await view();
    expect([now.books, now.version]).toEqual([undefined, kept.version + 1]);
    const { entries } = (await ask('/api/v1/settings/audit', administrator)).json() as AuditPage;
    expect(entries.find(({ action }) => action === 'books.organisation_chosen')).toMatchObject({
      who: SMALL.users.administrator,
      subject: `Books/${OTHER_BOOKS}`,
      outcome: 'dropped',
    });
    if (other) organizations.push(other);
  });
});
