/** Answers that still stand are sent once more: what ends them, and that they are asked for like any other. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AuditPage } from '../../server/contract/audit.ts';
import { PolicyView } from '../../server/contract/policy.ts';
import type { Database } from '../../server/store/database.ts';
import { codeOf, figuresOf, fromOurPage, METRICS_TOKEN, openWorld, type World } from '../hostile/world.ts';
import { SMALL } from '../sandbox/small-organisation.ts';
import { openMemoryDatabase } from '../support/memory-database.ts';

const ASTER = figuresOf('Accounts', SMALL.accounts.aster);
const LOG = '/api/v1/settings/audit';
const POLICY = '/api/v1/settings/policy';

let world: World;
let administrator: string;
let statements: string[] = [];
beforeAll(async () => {
  const opened = await openMemoryDatabase();
  const database: Database = {
    ...opened,
    query: (sql, values) => {
      statements.push(sql);
      return opened.query(sql, values);
    },
  };
  world = await openWorld(undefined, { REQUESTS_PER_USER_PER_MINUTE: '60' }, undefined, database);
  administrator = (await world.install()).accessToken;
});
afterAll(() => world.close());

let token: string;
let cookie: string;
const ask = (path = ASTER, headers?: Record<string, string>) =>
  world.ask('GET', path, headers ? { token, headers } : { token });

/** Statements that one more question causes, besides asking whether anything has changed. */
async function reads(question = ask): Promise<number> {
  statements = [];
  expect(codeOf(await question())).toBe(200);
  return statements.filter((sql) => !/from changes|audit_/.test(sql)).length;
}

beforeEach(async () => {
  world.later(61_000); // a new minute, and CRM's word has to be asked for again
  ({ accessToken: token, cookie } = await world.signIn(SMALL.users.finance));
  await ask();
  await world.quiet();
  await ask();
});

describe('an answer that stands', () => {
  test('is the very same, read from nothing, and written down', async () => {
    const first = await ask();
    const asked = world.zoho.exchanges.list().length;
    expect(await reads()).toBe(0);
    const again = await ask();
    const { date, ...headers } = again.headers;
    const { date: _before, ...before } = first.headers;
    expect([again.body, headers]).toEqual([first.body, before]);
    expect(world.zoho.exchanges.list()).toHaveLength(asked);
    const { entries } = AuditPage.parse((await world.ask('GET', LOG, { token: administrator })).json());
    const looks = entries.filter(
      ({ action, who }) => action === 'record.read' && who === SMALL.users.finance,
    );
    expect(looks[0]?.times).toBeGreaterThanOrEqual(3);
  });

  test('falls with whatever is committed: the same person sees the new policy at once', async () => {
    expect(await reads()).toBe(0);
    const { version, document } = PolicyView.parse(
      (await world.ask('GET', POLICY, { token: administrator })).json(),
    );
    const rules = [{ role: SMALL.roles.finance, template: 'least', levels: {} }];
    const saved = await world.ask('PUT', POLICY, {
      token: administrator,
      body: { basedOn: version, document: { ...document, rules } },
    });
    expect(codeOf(saved)).toBe(200);
    expect((await ask()).body).not.toContain('"amount"');
    const back = await world.ask('PUT', POLICY, {
      token: administrator,
      body: { basedOn: version + 1, document },
    });
    expect(codeOf(back)).toBe(200);
    expect((await ask()).body).toContain('"amount"');
  });

  test('falls with the session', async () => {
    expect(await reads()).toBe(0);
    await world.ask('POST', '/auth/logout', { body: {}, headers: fromOurPage(cookie) });
    expect(codeOf(await ask())).toBe('session.ended');
  });

  test('falls with CRM’s word: a minute after it was given CRM is asked again', async () => {
    world.later(9_000);
    expect(await reads()).toBe(0);
    world.zoho.scenario.add({ match: { service: 'crm', path: '/Accounts/' }, answer: '204' });
    world.later(52_000);
    expect(codeOf(await ask())).toBe('record.not_found');
    world.zoho.scenario.clear();
  });

  test('is nobody else’s, no other page’s, and none for whoever wants newer figures', async () => {
    expect(await reads()).toBe(0);
    expect(await reads(() => ask(ASTER, { origin: 'https://elsewhere.example' }))).toBeGreaterThan(0);
    expect(await reads(() => ask(ASTER, { 'cache-control': 'no-cache' }))).toBeGreaterThan(0);
    expect(codeOf(await world.ask('GET', ASTER, { token: `${token}x` }))).toBe('session.ended');
    const rep = await world.signIn(SMALL.users.rep);
    const theirs = await world.ask('GET', ASTER, { token: rep.accessToken });
    expect(theirs.body).not.toBe((await ask()).body);
  });

  test('is measured and has its line in the log', async () => {
    const served = async (): Promise<number> => {
      const { body } = await world.ask('GET', '/metrics', { token: METRICS_TOKEN });
      return Number(/request_seconds_count{[^}]*customer-360[^}]*status="200"} (\d+)/.exec(body)?.[1]);
    };
    const [before, lines] = [await served(), world.logLines.length];
    expect(await reads()).toBe(0);
    expect(await served()).toBe(before + 1);
    const line = world.logLines.slice(lines).map((text) => JSON.parse(text) as Record<string, unknown>)[0];
    expect(line).toMatchObject({
      reqId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      req: { method: 'GET', path: ASTER },
      res: { statusCode: 200 },
      msg: 'request completed',
    });
    expect(JSON.stringify(line)).not.toContain(token);
  });

  test('counts for whoever asks', async () => {
    const codes = [];
    for (let nth = 0; nth < 60; nth += 1) codes.push(codeOf(await ask()));
    expect(codes[0]).toBe(200);
    expect(codes.at(-1)).toBe('request.too_many');
  });
});
