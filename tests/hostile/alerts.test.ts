/** Who is told when something is wrong: signed, once over all servers, nowhere inside, and with nothing of anybody in it. */
import { createHmac } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { HttpResponse, http } from 'msw';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../../server/config.ts';
import type { Alerts, SavedAlerts } from '../../server/contract/alerts.ts';
import type { SaveAlerts } from '../../server/contract/save-alerts.ts';
import { createLogger } from '../../server/logging.ts';
import { wire } from '../../server/wire.ts';
import { SMALL } from '../sandbox/small-organisation.ts';
import { codeOf, openWorld, type World } from './world.ts';

const ALERTS = '/api/v1/settings/health/alerts';
const HOST = 'hooks.somewhere.com';
const PATH = '/services/path-canary-0123456789';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

interface Heard {
  readonly body: string;
  readonly signature: string;
  readonly id: string;
}

let world: World;
let other: FastifyInstance;
let token: string;
let heard: Heard[] = [];
let answer: () => Response = () => new HttpResponse(null, { status: 204 });
beforeAll(async () => {
  world = await openWorld();
  token = (await world.install()).accessToken;
  other = await wire({
    config: readConfig(world.environment),
    database: world.database,
    logger: createLogger('silent'),
    clock: world.now,
    resolveHost: async () => ['93.184.215.14'],
    widgetsFolder: import.meta.dirname,
  });
  world.hosts.set(HOST, ['93.184.215.14']);
  world.answerFirst(
    http.post(`https://${HOST}${PATH}`, async ({ request }) => {
      heard.push({
        body: await request.text(),
        signature: request.headers.get('x-customer-360-signature') ?? '',
        id: request.headers.get('x-customer-360-delivery') ?? '',
      });
      return answer();
    }),
  );
});
afterAll(async () => {
  await other.close();
  await world.close();
});
beforeEach(() => {
  heard = [];
  answer = () => new HttpResponse(null, { status: 204 });
});

const view = async (): Promise<Alerts> => (await world.ask('GET', ALERTS, { token })).json() as Alerts;
const put = async (channel: SaveAlerts['channel'], basedOn?: number) =>
  world.ask('PUT', ALERTS, { token, body: { basedOn: basedOn ?? (await view()).version, channel } });
const wanted = {
  url: `https://${HOST}${PATH}`,
  kinds: ['connection', 'silent', 'budget', 'differences', 'well'] as const,
  silentHours: 6,
};
const channel = () => ({ ...wanted, kinds: [...wanted.kinds] });
const kinds = (): readonly unknown[] => heard.map(({ body }) => (JSON.parse(body) as { kind: string }).kind);
/** Both servers look at the same moment. */
const look = () => Promise.all([world.app, world.app, other, other].map((app) => app.lookForTroubles()));
async function later(ms: number): Promise<void> {
  world.later(ms);
  token = (await world.signIn(SMALL.users.administrator, 'setup')).accessToken;
}

describe('whom to tell', () => {
  test('is set with an address that is kept sealed, and a secret that is shown once', async () => {
    expect(await view()).toEqual({ version: 0, channel: null, deliveries: [] });
    const saved = await put(channel());
    expect(saved.statusCode).toBe(200);
    const { secret, alerts } = saved.json() as SavedAlerts;
    expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(alerts.channel?.host).toBe(HOST);
    const stored = JSON.stringify(await world.database.query('select * from alert_settings'));
    for (const canary of [secret ?? '', PATH]) {
      expect(stored).not.toContain(canary);
      expect(JSON.stringify(await view())).not.toContain(canary);
      expect(world.logs()).not.toContain(canary);
    }
    const { url: _, ...same } = channel();
    expect(((await put(same)).json() as SavedAlerts).secret).toBeNull();
  });

  test('of two administrators who change it at once, one is told what holds now', async () => {
    const { version } = await view();
    const { url: _, ...same } = channel();
    expect(codeOf(await put({ ...same, silentHours: 12 }, version))).toBe(200);
    expect(codeOf(await put({ ...same, silentHours: 24 }, version))).toBe('alert.changed_meanwhile');
    expect((await view()).channel?.silentHours).toBe(12);
    await put(same);
  });

  test.each([
    'http://hooks.somewhere.com/x',
    'https://127.0.0.1/x',
    'https://2130706433/x',
    'https://0177.0.0.1/x',
    'https://[::ffff:127.0.0.1]/x',
    'https://localhost/x',
    'https://user@hooks.somewhere.com/x',
  ])('is never at %s', async (url) => {
    const before = await view();
    expect(codeOf(await put({ ...channel(), url }))).toBe('alert.address_refused');
    expect(await view()).toEqual(before);
  });

  test('is a secret that a test message is signed with, and nothing of anybody is in it', async () => {
    const { secret } = (await put({ ...channel(), newSecret: true })).json() as SavedAlerts;
    const tested = await world.ask('POST', `${ALERTS}/test`, { token, body: {} });
    expect((tested.json() as Alerts).deliveries[0]).toMatchObject({
      kind: 'test',
      state: 'delivered',
      outcome: 'delivered',
      status: 204,
    });
    const [message] = heard;
    const seconds = Math.floor(world.now().getTime() / 1_000);
    const digest = createHmac('sha256', secret ?? '')
      .update(`${seconds}.${message?.body}`)
      .digest('hex');
    expect(message?.signature).toBe(`t=${seconds},v1=${digest}`);
    expect(Object.keys(JSON.parse(message?.body ?? '{}'))).toEqual(['product', 'id', 'kind', 'at', 'text']);
    expect(codeOf(await world.ask('POST', `${ALERTS}/test`, { token, body: {} }))).toBe('health.too_soon');
    expect(heard).toHaveLength(1);
  });

  test.each([
    [['10.0.0.1'], 'address_refused'],
    [['93.184.215.14', '::1'], 'address_refused'],
    [[], 'unknown_host'],
  ])('is not called where its name leads to %j', async (addresses, outcome) => {
    world.hosts.set(HOST, addresses);
    await later(MINUTE);
    const tested = await world.ask('POST', `${ALERTS}/test`, { token, body: {} });
    world.hosts.set(HOST, ['93.184.215.14']);
    expect((tested.json() as Alerts).deliveries[0]).toMatchObject({ state: 'failed', outcome, status: null });
    expect(heard).toEqual([]);
  });

  test('is not followed to another address', async () => {
    answer = () => new HttpResponse(null, { status: 307, headers: { location: 'https://169.254.169.254/' } });
    await later(MINUTE);
    const tested = await world.ask('POST', `${ALERTS}/test`, { token, body: {} });
    expect((tested.json() as Alerts).deliveries[0]).toMatchObject({ outcome: 'redirected', status: 307 });
    expect(heard).toHaveLength(1);
    expect(world.strayRequests.every((url) => new URL(url).host === HOST)).toBe(true);
  });
});

describe('what is told', () => {
  test('nothing, while all is well', async () => {
    await look();
    expect(kinds()).toEqual([]);
  });

  test('once by several servers, once in an episode, and that all is well again', async () => {
    const differing = (isSo: boolean) =>
      world.database.query('update ledger_customers set ties = $1', [!isSo]);
    await world.ask('POST', '/api/v1/settings/health/retry', { token, body: {} });
    await world.quiet();
    await differing(true);
    await look();
    expect(kinds()).toEqual(['differences']);
    await later(MINUTE);
    await look();
    expect(kinds()).toEqual(['differences']);
    await differing(false);
    await look();
    expect(kinds()).toEqual(['differences', 'well']);
    // it comes and goes: not again before six hours are over
    await differing(true);
    await later(HOUR);
    await look();
    expect(kinds()).toEqual(['differences', 'well']);
    await later(5 * HOUR);
    await look();
    expect(kinds()).toEqual(['differences', 'well', 'differences']);
    await differing(false);
  });

  test('that Books has to be connected again, and a message that did not arrive is sent again under its name', async () => {
    answer = () => new HttpResponse(null, { status: 500 });
    await world.database.query('update books_grants set revoked = true');
    await later(12 * HOUR);
    await look();
    expect(kinds()).toEqual(['connection']);
    expect((await view()).deliveries[0]).toMatchObject({
      state: 'waiting',
      outcome: 'refused',
      status: 500,
      tries: 1,
    });
    answer = () => new HttpResponse(null, { status: 200 });
    await later(MINUTE);
    await look();
    expect(kinds()).toEqual(['connection', 'connection']);
    expect(new Set(heard.map(({ id }) => id)).size).toBe(1);
    expect((await view()).deliveries[0]).toMatchObject({ state: 'delivered', status: 200, tries: 2 });
    await look();
    expect(heard).toHaveLength(2);
    await world.database.query('update books_grants set revoked = false');
  });

  test('nothing any more, once nobody is to be told', async () => {
    expect(codeOf(await put(null))).toBe(200);
    await world.database.query('update ledger_customers set ties = false');
    await later(24 * HOUR);
    await look();
    expect(heard).toEqual([]);
    expect((await view()).channel).toBeNull();
  });

  test('a list of the last twenty is kept', async () => {
    await world.database.query(
      `insert into alert_deliveries (id, install_id, kind, created_at, state, next_try_at)
       select gen_random_uuid(), id, 'test', now(), 'delivered', now() from installs, generate_series(1, 30)`,
    );
    await look();
    const [row] = await world.database.query<{ kept: number }>(
      'select count(*)::int as kept from alert_deliveries',
    );
    expect(row?.kept).toBe(20);
  });
});
