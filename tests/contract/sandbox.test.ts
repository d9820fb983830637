import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../sandbox/serve-sandbox.ts';
import { SMALL, smallOrganisation } from '../sandbox/small-organisation.ts';
import { BOOKS_SCOPES, CRM_SCOPES, signedIn } from '../sandbox/zoho-signed-in.ts';
import { type Exchange, recordExchanges, validateExchange } from './contract.ts';
import { areDescriptionsHere } from './openapi.ts';

const { accounts, contacts, deals, customers, users, profiles, organisation } = SMALL;

const CRM_PATHS = [
  '/users?type=CurrentUser',
  '/users?type=ActiveConfirmedAdmins',
  '/users?type=AllUsers&page=1&per_page=2',
  '/users?type=DeletedUsers',
  `/users/${users.rep}`,
  '/users/3652397000000999999',
  '/org',
  '/settings/roles',
  '/settings/profiles',
  `/settings/profiles/${profiles.standard}`,
  '/settings/data_sharing',
  '/settings/fields?module=Deals',
  '/settings/fields?module=Accounts',
  '/Accounts?fields=Account_Name,Owner&per_page=1',
  '/Deals?fields=Deal_Name,Stage,Amount&sort_by=Modified_Time&sort_order=asc&page=1',
  '/Contacts?fields=Full_Name',
  '/Vendors?fields=Vendor_Name',
  '/Deals',
  `/Accounts/${accounts.aster}`,
  `/Deals/${deals.fitOut}?fields=id`,
  `/Contacts/${contacts.aster}?fields=Account_Name`,
  '/Deals/3652397000000999999',
  '/Deals/not-a-number',
  `/Accounts/${accounts.aster}/Deals?fields=Deal_Name`,
  `/Accounts/${accounts.aster}/Contacts?fields=Full_Name`,
  `/Accounts/${accounts.aster}/Notes?fields=Note_Title`,
  `/Deals/${deals.fitOut}/Contact_Roles?fields=Full_Name`,
  '/Accounts/search?criteria=(Account_Name:equals:Aster%20Foods)',
  '/Accounts/search?word=aster&fields=Account_Name',
  '/Accounts/search?word=nobody',
  '/Accounts/deleted?type=all',
];

const BOOKS_PATHS = [
  '/organizations',
  `/contacts?zcrm_account_id=${accounts.aster}`,
  '/contacts?contact_name_contains=Aster&sort_column=last_modified_time&sort_order=D',
  '/contacts?zcrm_contact_id=1',
  `/contacts/${customers.aster}`,
  '/contacts/1',
  `/invoices?customer_id=${customers.aster}&status=unpaid&per_page=200&page=1`,
  `/invoices?zcrm_potential_id=${deals.fitOut}`,
  '/invoices?response_option=1&due_date_start=2026-01-01&last_modified_time=2026-01-01T00:00:00%2B0000',
  '/invoices/460000000000040001',
  '/invoices/460000000000040001/payments',
  `/customerpayments?customer_id=${customers.aster}&sort_column=date&sort_order=D`,
  '/customerpayments/460000000000040101',
  '/customerpayments/460000000000040101/refunds',
  `/creditnotes?customer_id=${customers.aster}&status=open`,
  '/creditnotes/460000000000040201',
  `/creditnotes/refunds?customer_id=${customers.aster}`,
  '/creditnotes/460000000000040201/refunds',
  `/estimates?customer_id=${customers.aster}&sort_column=created_time&sort_order=A`,
  '/estimates/460000000000040301',
  `/salesorders?customer_id=${customers.aster}`,
  '/salesorders/460000000000040401',
  `/expenses?customer_id=${customers.aster}`,
  '/expenses/460000000000040501',
  '/settings/currencies',
  '/users?filter_by=Status.Active&sort_column=name',
  '/users?filter_by=Status.Sleeping',
  '/invoices?sort_column=last_modified_time',
  '/invoices?last_modified_time=2026-01-01T00:00:00Z',
];

const organised = (path: string): string =>
  path === '/organizations'
    ? path
    : `${path}${path.includes('?') ? '&' : '?'}organization_id=${organisation}`;

describe.skipIf(!areDescriptionsHere)('the local Zoho answers as its descriptions allow', () => {
  let sandbox: Sandbox;
  let token: string;
  beforeAll(async () => {
    sandbox = await startSandbox({ organisation: smallOrganisation() });
    ({ accessToken: token } = await signedIn({
      origin: sandbox.origin,
      userId: users.administrator,
      scopes: [...CRM_SCOPES, ...BOOKS_SCOPES],
    }));
  });
  afterAll(() => sandbox.close());

  const exchanged = async (path: string, init: RequestInit = {}): Promise<Exchange> => {
    const record = recordExchanges(sandbox.exchanges);
    await fetch(sandbox.origin + path, {
      ...init,
      headers: { authorization: `Zoho-oauthtoken ${token}`, ...init.headers },
    });
    record.stop();
    const [exchange] = record.all;
    if (!exchange) throw new Error(`${path} was not exchanged`);
    return exchange;
  };

  it.each(CRM_PATHS)('CRM %s', async (path) => {
    expect(validateExchange(await exchanged(`/crm/v8${path}`))).toEqual([]);
  });

  it.each(BOOKS_PATHS)('Books %s', async (path) => {
    expect(validateExchange(await exchanged(`/books/v3${organised(path)}`))).toEqual([]);
  });

  it.each([
    [
      "select Deal_Name, Account_Name.Account_Name from Deals where (Account_Name.id = '3652397000000400001') limit 0,10",
      200,
    ],
    ["select Deal_Name from Deals where Stage = 'No such stage'", 204],
    ['select Deal_Name from', 400],
  ])('COQL %s', async (select_query, status) => {
    const exchange = await exchanged('/crm/v8/coql', {
      method: 'POST',
      body: JSON.stringify({ select_query }),
    });
    expect(exchange.status).toBe(status);
    expect(validateExchange(exchange)).toEqual([]);
  });

  it.each([
    ['invoices', '460000000000040002'],
    ['estimates', '460000000000040301'],
    ['salesorders', '460000000000040401'],
    ['expenses', '460000000000040501'],
  ] as const)('a deal put on one of the %s, taken off, and refused', async (resource, id) => {
    const put = (body: object): Promise<Exchange> =>
      exchanged(`/books/v3${organised(`/${resource}/${id}`)}`, {
        method: 'PUT',
        body: JSON.stringify(body),
      });
    for (const deal of [deals.expansion, '']) {
      const exchange = await put({ zcrm_potential_id: deal });
      expect(exchange.status).toBe(200);
      expect(validateExchange(exchange)).toEqual([]);
    }
    sandbox.scenario.writes.set(resource, 'refuses_locked');
    const refused = await put({ zcrm_potential_id: deals.expansion });
    expect(refused.status).toBe(400);
    expect(validateExchange(refused)).toEqual([]);
    expect(validateExchange(await put({ deal_id: deals.expansion }))).toEqual([
      expect.stringContaining('deal_id is not described'),
    ]);
  });

  it('also where an administrator is in for trouble: edition, currency, a closed organisation, a missing scope', async () => {
    sandbox.scenario.changeEdition('standard');
    sandbox.scenario.changeBaseCurrency('EUR');
    sandbox.scenario.closedOrganisations = [organisation];
    sandbox.scenario.refusedScopes = ['ZohoCRM.org.READ'];
    const scopes = [...CRM_SCOPES, ...BOOKS_SCOPES];
    const { accessToken: less } = await signedIn({
      origin: sandbox.origin,
      userId: users.administrator,
      scopes,
    });
    const authorization = `Zoho-oauthtoken ${less}`;
    const exchanges = [
      await exchanged('/crm/v8/org'),
      await exchanged('/crm/v8/Accounts?fields=id&per_page=1'),
      await exchanged(`/books/v3${organised('/contacts?page=1&per_page=1')}`),
      await exchanged('/crm/v8/org', { headers: { authorization } }),
    ];
    Object.assign(sandbox.scenario, { closedOrganisations: [], refusedScopes: [] });
    expect(exchanges.map(({ status }) => status)).toEqual([200, 200, 401, 401]);
    expect(exchanges[0]?.responseBody).toMatch(/"iso_code":"EUR".*"paid_type":"standard"/);
    expect(exchanges.flatMap(validateExchange)).toEqual([]);
  });

  it.each([
    '/crm/v8/org',
    '/crm/v8/Deals?fields=Stage',
    '/crm/v8/settings/roles',
    `/books/v3${organised('/invoices')}`,
  ])('%s with a token that ended', async (path) => {
    const exchange = await exchanged(path, { headers: { authorization: 'Zoho-oauthtoken 1000.ended' } });
    expect(exchange.status).toBe(401);
    expect(validateExchange(exchange)).toEqual([]);
  });

  it.each(['429_minute', '429_day', '429_security', '429_concurrency', 'http_500'] as const)(
    'Books says %s',
    async (answer) => {
      sandbox.scenario.add({ match: { service: 'books' }, times: 1, answer });
      const exchange = await exchanged(`/books/v3${organised('/invoices')}`);
      expect(exchange.status).toBe(answer === 'http_500' ? 500 : 429);
      expect(validateExchange(exchange)).toEqual([]);
    },
  );

  it('nothing changed since is 304', async () => {
    const headers = { 'if-modified-since': '2026-11-19T10:00:00+00:00' };
    const exchange = await exchanged(`/crm/v8/Deals/${deals.fitOut}`, { headers });
    expect(exchange.status).toBe(304);
    expect(validateExchange(exchange)).toEqual([]);
  });

  it('deleted and merged records, and a batch of ids', async () => {
    const { crmEdits } = sandbox.zoho;
    crmEdits.delete('Deals', deals.birch);
    crmEdits.merge('Deals', deals.fitOut, [deals.expansion]);
    const paths = ['/Deals/deleted?type=all&page=1&per_page=200', `/Deals/${deals.birch}`];
    const ids = Array.from({ length: 49 }, (_, at) => `36523970000006${String(at).padStart(5, '0')}`);
    for (const path of [...paths, `/Deals?fields=Deal_Name&ids=${deals.fitOut},${ids}`])
      expect(validateExchange(await exchanged(`/crm/v8${path}`))).toEqual([]);
    const headers = { 'if-modified-since': '2100-01-01T00:00:00+00:00' };
    const unchanged = await exchanged('/crm/v8/Deals/deleted', { headers });
    expect(unchanged.status).toBe(304);
    expect(validateExchange(unchanged)).toEqual([]);
    crmEdits.restore('Deals', deals.birch);
  });

  it('a path nobody describes is told, and so is one Books has but we do not serve', async () => {
    expect(validateExchange(await exchanged('/crm/v8/a/b/c/d/e'))).toEqual([
      expect.stringContaining('no such operation'),
    ]);
    expect((await exchanged(`/books/v3${organised('/bills')}`)).unknown).toBe(true);
  });

  it('every endpoint has been driven', () => {
    const idle = sandbox.zoho.handlers
      .filter((handler) => !handler.isUsed)
      .map(({ info }) => info.header)
      .filter((header) => !/\/oauth\/|\/\*$|organizations\/:id/.test(header));
    expect(idle).toEqual([]);
  });
});
