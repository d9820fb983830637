/** The file for support can be sent to anybody: what it must not hold is looked for in it, and found elsewhere. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Diagnosis } from '../../server/contract/diagnosis.ts';
import type { Wire } from '../sandbox/organisation.ts';
import { SMALL } from '../sandbox/small-organisation.ts';
import { codeOf, figuresOf, METRICS_TOKEN, openWorld, type Person, type World } from './world.ts';

const DIAGNOSIS = '/api/v1/settings/health/diagnosis';
const SECRET_PATH = 'path-canary-0123456789';

let world: World;
let administrator: Person;
beforeAll(async () => {
  world = await openWorld();
  administrator = await world.install();
  const { accessToken: token } = administrator;
  await world.ask('POST', '/api/v1/settings/health/retry', { token, body: {} });
  await world.quiet();
  // customers that differ, an address to tell, something that failed: whatever could bring a name along
  await world.database.query('update ledger_customers set ties = false');
  const channel = {
    url: `https://hooks.somewhere.com/${SECRET_PATH}`,
    kinds: ['well'],
    silentHours: 6,
  };
  await world.ask('PUT', '/api/v1/settings/health/alerts', { token, body: { basedOn: 0, channel } });
  await world.ask('POST', '/api/v1/settings/health/alerts/test', { token, body: {} });
  world.zoho.scenario.add({ match: { service: 'books' }, answer: 'http_500' });
  world.later(10 * 60_000);
  administrator = await world.signIn(SMALL.users.administrator, 'setup');
  await world.ask('POST', '/api/v1/settings/health/retry', { token: administrator.accessToken, body: {} });
  await world.quiet();
  world.zoho.scenario.clear();
});
afterAll(() => world.close());

async function get(path: string): Promise<string> {
  const answer = await world.ask('GET', path, { token: administrator.accessToken });
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return answer.body;
}

/** Taken once: it uses a token up. */
async function taken(): Promise<string> {
  administrator = await world.signIn(SMALL.users.administrator, 'setup');
  return get(DIAGNOSIS);
}

/** Every text somebody could be known by, and every secret there is. */
function texts(): readonly string[] {
  const { crm, books, org } = world.zoho.organisation;
  const named = (wires: readonly Wire[], ...keys: readonly string[]): string[] =>
    wires.flatMap((wire) => keys.flatMap((key) => (typeof wire[key] === 'string' ? [wire[key]] : [])));
  return [
    ...named(crm.users, 'full_name', 'last_name', 'email'),
    ...named(crm.Accounts, 'Account_Name'),
    ...named(crm.Deals, 'Deal_Name'),
    ...named(books.contacts, 'contact_name', 'company_name', 'email'),
    ...named(books.organizations, 'name', 'organization_id'),
    ...named(books.invoices, 'invoice_number'),
    ...named([org.crm], 'company_name', 'zgid', 'primary_email'),
    ...world.zoho.exchanges
      .list('accounts')
      .flatMap(({ responseBody }) => responseBody.match(/1000\.[0-9a-f]{32}\.[0-9a-f]{32}/g) ?? []),
    ...Object.values(world.environment).filter((value) => value.length > 12 && !value.startsWith('http')),
    METRICS_TOKEN,
    SECRET_PATH,
    'hooks.somewhere.com',
    administrator.accessToken,
    administrator.cookie,
  ].filter((text) => text.length > 3);
}

/** A whole one below is as well a count, a port or megabytes. */
const writings = (value: number): readonly string[] =>
  value > 1_000 || !Number.isInteger(value) ? [value.toFixed(2), String(value)] : [value.toFixed(2)];

/** As written with cents, so that no count is taken for one. */
function amounts(): readonly string[] {
  const lists = [
    'invoices',
    'customerpayments',
    'creditnotes',
    'estimates',
    'salesorders',
    'expenses',
  ] as const;
  return lists
    .flatMap((list) => world.zoho.organisation.books[list])
    .flatMap(({ total, balance, amount }) => [total, balance, amount])
    .flatMap((value) => (typeof value === 'number' && value > 100 ? writings(value) : []));
}

const foundIn = (text: string, canaries: readonly string[]): readonly string[] =>
  [...new Set(canaries)].filter((canary) => text.includes(canary));

test('says versions, states, counts and troubles', async () => {
  const diagnosis = Diagnosis.parse(JSON.parse(await taken()));
  expect(diagnosis.product).toEqual({ name: 'customer-360', version: '0.1.0' });
  expect(diagnosis.server.database.migrations).toContain('0016-alerts');
  expect(diagnosis.server.settings).toMatchObject({ backgroundReads: false, secretKeys: 1, metrics: true });
  expect(diagnosis.health.ledger?.customers).toBe(2);
  expect(diagnosis.health.differences).toMatchObject({ differing: 2 });
  expect(diagnosis.health.troubles[0]).toMatchObject({ cause: 'books.unreachable', area: 'changes' });
  expect(diagnosis.alerts).toMatchObject({ isSet: true, deliveries: [{ outcome: 'unknown_host' }] });
});

test('holds no name, no e-mail, no amount and no secret', async () => {
  const text = await taken();
  expect(foundIn(text, texts())).toEqual([]);
  // ids and times hold digits of their own; an amount stands by itself
  expect(
    amounts().filter((amount) =>
      new RegExp(`(?<![\\d.:-])${amount.replace('.', '\\.')}(?![\\d.:-])`).test(text),
    ),
  ).toEqual([]);
});

test('… which are found where they are', async () => {
  expect(texts().length).toBeGreaterThan(25);
  expect(foundIn(await get('/api/v1/settings/health'), texts()).length).toBeGreaterThan(0);
  expect(foundIn(await get('/api/v1/settings/health/alerts'), texts())).toEqual(['hooks.somewhere.com']);
  const panel = await get(figuresOf('Accounts', SMALL.accounts.aster));
  expect(foundIn(panel, amounts()).length).toBeGreaterThan(0);
});

test('is for administrators, and is told to the audit log', async () => {
  const { accessToken } = await world.signIn(SMALL.users.finance);
  expect(codeOf(await world.ask('GET', DIAGNOSIS, { token: accessToken }))).toBe(
    'settings.not_administrator',
  );
  const log = await get('/api/v1/settings/audit');
  expect(log).toContain('diagnosis.exported');
});
