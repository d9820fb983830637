import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf, openWorld, type Person, type World } from '../../../tests/hostile/world.ts';
import { SMALL } from '../../../tests/sandbox/small-organisation.ts';
import { Settings } from '../../contract/settings.ts';

const SECRET = 'x'.repeat(43);

let world: World;
let administrator: Person;
beforeAll(async () => {
  world = await openWorld();
  administrator = await world.signIn(SMALL.users.administrator, 'setup');
});
afterAll(() => world.close());

const settings = async (): Promise<Settings> =>
  Settings.parse((await world.ask('GET', '/api/v1/settings', { token: administrator.accessToken })).json());
const put = (what: string, body: unknown) =>
  world.ask('PUT', `/api/v1/settings/${what}`, { token: administrator.accessToken, body });

const connectBooks = async (): Promise<number> =>
  (await world.connectBooks(administrator.accessToken, SMALL.users.administrator)).statusCode;

describe('settings', () => {
  test('a fresh install is not connected, and suggests levels that grant nothing yet', async () => {
    const now = await settings();
    expect(now.books).toEqual({ state: 'not_connected' });
    expect(now.crm).toEqual({ organisation: 'Keller Office Supplies', baseCurrency: 'USD' });
    expect(
      now.roles.map(({ name, template, suggested, decided }) => [name, template, suggested, decided]),
    ).toEqual([
      ['CEO', 'least', 'exact', false],
      ['Finance Manager', 'least', 'exact', false],
      ['Sales Representative', 'least', 'sales', false],
    ]);
  });

  test('Books is connected by consent, then an organisation of that connection is chosen', async () => {
    expect(await connectBooks()).toBe(204);
    const choosing = (await settings()).books;
    expect(choosing).toMatchObject({
      state: 'choose_organisation',
      organisations: [{ id: SMALL.organisation }],
    });
    expect(codeOf(await put('books/organisation', { organisationId: '999' }))).toBe(
      'settings.unknown_organisation',
    );
    const chosen = Settings.parse(
      (await put('books/organisation', { organisationId: SMALL.organisation })).json(),
    );
    expect(chosen.books).toMatchObject({ state: 'connected', organisation: { id: SMALL.organisation } });
  });

  test('only least rights are asked for: reading, and writing a deal onto the four kinds that hold one', async () => {
    const { url } = await world.beginBooks(administrator.accessToken);
    const { pathname, search } = new URL(url);
    const onwards = await world.ask('GET', `${pathname}${search}&continue=1`);
    const asked = new URL(String(onwards.headers.location)).searchParams;
    expect(asked.get('access_type')).toBe('offline');
    expect(asked.get('prompt')).toBe('consent');
    const scopes = (asked.get('scope') ?? '').split(',');
    const kinds = ['invoices', 'estimates', 'salesorders', 'expenses'];
    expect(scopes.filter((scope) => !/^ZohoBooks\.[a-z]+\.READ$/.test(scope))).toEqual(
      kinds.map((kind) => `ZohoBooks.${kind}.UPDATE`),
    );
  });

  test('roles are decided by id; a role CRM does not have is refused', async () => {
    expect(codeOf(await put('roles', { roles: [{ id: '42', template: 'exact' }] }))).toBe('request.invalid');
    const twice = { id: SMALL.roles.sales, template: 'sales' };
    expect(codeOf(await put('roles', { roles: [twice, twice] }))).toBe('request.invalid');
    const saved = Settings.parse(
      (await put('roles', { roles: [{ id: SMALL.roles.finance, template: 'exact' }] })).json(),
    );
    expect(saved.roles.find(({ id }) => id === SMALL.roles.finance)).toEqual({
      id: SMALL.roles.finance,
      name: 'Finance Manager',
      template: 'exact',
      decided: true,
    });
  });

  test('connecting again keeps the organisation that was chosen', async () => {
    const { connectedAt } = (await settings()).books as { connectedAt: string }; // safe because it is connected
    expect(connectedAt).toBe(world.now().toISOString());
    world.later(60_000);
    expect((await settings()).books).toMatchObject({ connectedAt });
    await connectBooks();
    expect((await settings()).books).toMatchObject({
      state: 'connected',
      organisation: { id: SMALL.organisation },
      connectedAt: world.now().toISOString(),
    });
  });

  test('a rep gets neither the settings nor a connection', async () => {
    const rep = await world.signIn(SMALL.users.rep);
    for (const [method, path, body] of [
      ['GET', '/api/v1/settings', undefined],
      ['POST', '/api/v1/settings/books/start', { challenge: SECRET }],
      ['POST', '/api/v1/settings/books/redeem', { tx: SECRET, code: SECRET, verifier: SECRET }],
      ['PUT', '/api/v1/settings/books/organisation', { organisationId: SMALL.organisation }],
      ['PUT', '/api/v1/settings/roles', { roles: [] }],
    ] as const) {
      const answer = await world.ask(method, path, { token: rep.accessToken, ...(body ? { body } : {}) });
      expect([path, codeOf(answer)]).toEqual([path, 'settings.not_administrator']);
    }
  });

  test('a Books connection that was revoked at Zoho asks to connect again', async () => {
    world.zoho.scenario.revoke(SMALL.users.administrator);
    world.later(3_600_000);
    administrator = await world.signIn(SMALL.users.administrator, 'setup');
    const refused = await put('books/organisation', { organisationId: SMALL.organisation });
    expect(codeOf(refused)).toBe('books.refused');
    expect((await settings()).books).toEqual({ state: 'reconnect', reason: 'revoked' });
    await connectBooks();
    expect((await settings()).books).toMatchObject({ state: 'connected' });
  });
});

test.each([
  ['revoked at Zoho', 'revoked', () => world.zoho.scenario.revoke(SMALL.users.administrator)],
  [
    'that cannot be opened any more',
    'unreadable',
    () => world.database.query("update books_grants set sealed_refresh_token = 'x'"),
  ],
] as const)(
  'a connection %s before an organisation was chosen asks to connect again',
  async (_, reason, lose) => {
    await connectBooks();
    await world.database.query('update installs set books = null');
    await lose();
    world.later(3_600_000);
    administrator = await world.signIn(SMALL.users.administrator, 'setup');
    expect((await settings()).books).toEqual({ state: 'reconnect', reason });
  },
);
