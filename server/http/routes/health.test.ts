import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf, figuresOf, openWorld, type Person, type World } from '../../../tests/hostile/world.ts';
import { SMALL } from '../../../tests/sandbox/small-organisation.ts';
import type { AuditPage } from '../../contract/audit.ts';
import type { Health } from '../../contract/health.ts';

const HEALTH = '/api/v1/settings/health';
const MINUTE = 60_000;
let world: World;
let administrator: Person;
let others: Person;
beforeAll(async () => {
  world = await openWorld();
  // Another organisation beside ours, on the same server and database, with Books of the same ids.
  const { crm } = world.zoho.organisation.org;
  const { zgid } = crm;
  crm.zgid = '60001230000';
  others = await world.install();
  crm.zgid = zgid;
  administrator = await world.install();
  await world.quiet();
});
afterAll(() => world.close());

/** A session lives longer than a test's clock goes on, a token does not. */
async function healthOf(person = administrator): Promise<Health> {
  const answer = await world.ask('GET', HEALTH, { token: person.accessToken });
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return answer.json() as Health;
}

async function signedIn(): Promise<void> {
  administrator = await world.signIn(SMALL.users.administrator, 'setup');
}

/** Everything is tried again by the worker, as an administrator asks for it. */
async function retry(): Promise<string | number> {
  const answer = await world.ask('POST', `${HEALTH}/retry`, { token: administrator.accessToken, body: {} });
  await world.quiet();
  return codeOf(answer);
}

async function later(minutes: number): Promise<void> {
  world.later(minutes * MINUTE);
  await signedIn();
}

describe('health', () => {
  test('right after connecting knows little, and takes nothing unknown for zero', async () => {
    expect(await healthOf()).toMatchObject({
      verdict: { state: 'attention', reason: 'background_off' },
      connection: { state: 'good', reason: null, mayLink: true },
      follower: { state: 'off', server: null },
      freshness: { followedTo: null, goodUntil: null, nextPassAt: null, toldAt: null, toldWithinDay: false },
      calls: {
        minute: { limit: 90 },
        day: { date: SMALL.today, limit: 5_000, others: 0 }, // of the plan Books names
        limitAnswers: {},
        shutUntil: null,
      },
      ledger: { filled: 0, backfill: { state: 'waiting', list: null, total: null, rate: null } },
      differences: { checked: 0, lastAt: null, differing: 0, customers: [] },
      troubles: [],
      retryFrom: null,
    });
  });

  test('is for administrators alone', async () => {
    const { accessToken } = await world.signIn(SMALL.users.finance);
    expect(codeOf(await world.ask('GET', HEALTH, { token: accessToken }))).toBe('settings.not_administrator');
  });

  test('after a look says who follows, up to when, and when it is done next', async () => {
    expect(await retry()).toBe(204);
    const { verdict, follower, freshness, retryFrom, calls } = await healthOf();
    expect(verdict).toMatchObject({ state: 'well', reason: 'well' });
    expect(follower).toEqual({ state: 'following', server: expect.stringMatching(/^[0-9a-f]{8}$/) });
    expect(freshness.followedTo).toBe(world.now().toISOString());
    expect(freshness.nextPassAt).toBe(new Date(world.now().getTime() + 120 * MINUTE).toISOString());
    expect(retryFrom).toBe(new Date(world.now().getTime() + 5 * MINUTE).toISOString());
    expect(calls?.byPurpose.feed).toBeGreaterThanOrEqual(7);
  });

  test('trying again now takes a pause, so that it cannot use up the calls', async () => {
    world.zoho.exchanges.reset();
    expect(await retry()).toBe('health.too_soon');
    expect(world.zoho.exchanges.list('books')).toEqual([]);
    await later(5);
    expect(await retry()).toBe(204);
    expect(world.zoho.exchanges.list('books').length).toBeGreaterThan(0);
    const { entries } = (
      await world.ask('GET', '/api/v1/settings/audit', { token: administrator.accessToken })
    ).json() as AuditPage;
    expect(entries.some(({ action, outcome }) => action === 'health.retried' && outcome === 'asked')).toBe(
      true,
    );
  });

  test.each([
    ['http_502', 'books.unreachable', 'http_502'],
    ['html', 'books.not_understood', 'not_json'],
    ['429_minute', 'budget.minute', '44'],
  ] as const)(
    'names the cause while Books answers with %s, and that it is over afterwards',
    async (answer, cause, code) => {
      await later(10);
      world.zoho.scenario.add({ match: { service: 'books' }, answer });
      await retry();
      const failing = await healthOf();
      expect(failing.verdict).toMatchObject({ state: 'attention', reason: 'trouble', cause });
      const newest = failing.troubles.find((trouble) => trouble.cause === cause);
      expect(newest).toMatchObject({ area: 'changes', code, count: 1, state: 'going_on', endedAt: null });
      const line = world.logLines.find((text) => text.includes(newest?.reference ?? 'no reference'));
      expect(line).toContain('a read in the background failed');
      world.zoho.scenario.clear();
      await later(10);
      await retry();
      const well = await healthOf();
      expect(well.verdict.reason).toBe('well');
      expect(well.troubles.find((trouble) => trouble.cause === cause)).toMatchObject({
        state: 'over',
        retry: false,
      });
    },
  );

  test('says until when no call is allowed once the day is used up, and goes on by itself', async () => {
    await later(10);
    world.zoho.scenario.add({ match: { service: 'books' }, answer: '429_day' });
    await retry();
    world.zoho.scenario.clear();
    const { verdict, calls, troubles } = await healthOf();
    expect(verdict).toMatchObject({ state: 'attention', reason: 'budget', until: calls?.shutUntil });
    expect(calls?.shutUntil).not.toBeNull();
    expect(calls?.limitAnswers).toMatchObject({ 45: 1 });
    expect(troubles[0]).toMatchObject({ cause: 'budget.day', code: '45', retry: false });
    await later(24 * 60);
    await retry();
    expect((await healthOf()).verdict.reason).toBe('well');
  });

  test('counts questions that failed, under the reference their asker was told', async () => {
    const { accessToken: rep } = await world.signIn(SMALL.users.rep);
    world.zoho.scenario.add({ match: { service: 'crm', path: 'Accounts' }, answer: 'http_500' });
    const failed = await world.ask('GET', figuresOf('Accounts', SMALL.accounts.aster), { token: rep });
    world.zoho.scenario.clear();
    expect(codeOf(failed)).toBe('crm.unreachable');
    const { requestId } = failed.json() as { requestId: string };
    const { troubles } = await healthOf();
    expect(troubles.find(({ area }) => area === 'requests')).toMatchObject({
      cause: 'crm.unreachable',
      reference: requestId,
      retry: false,
    });
  });

  test('names customers that do not come to the sums of Books, without any amount', async () => {
    await world.database.query(
      'update ledger_customers set ties = false, checked_at = $1 where customer_id = $2',
      [world.now(), SMALL.customers.aster],
    );
    const { differences, verdict } = await healthOf();
    expect(verdict).toMatchObject({ state: 'attention', reason: 'differences' });
    expect(differences).toMatchObject({ differing: 1, customers: [{ id: SMALL.customers.aster }] });
    expect(Object.keys(differences?.customers[0] ?? {})).toEqual(['id', 'name', 'crmAccountId', 'checkedAt']);
    await world.database.query('update ledger_customers set ties = true');
  });

  test('takes reading that an administrator paused for no trouble', async () => {
    await later(10);
    const state = (to: string) =>
      world.database.query("update installs set state = $1, state_at = $2 where zgid <> '60001230000'", [
        to,
        world.now(),
      ]);
    await state('paused');
    const known = (await healthOf()).troubles.length;
    await retry();
    const { verdict, connection, freshness, troubles } = await healthOf();
    const since = world.now().toISOString();
    expect(verdict).toMatchObject({ state: 'attention', reason: 'paused', since });
    expect(connection).toEqual({ state: 'paused', reason: null, since, mayLink: false });
    expect(freshness.nextPassAt).toBeNull();
    expect(troubles).toHaveLength(known);
    await state('active');
    await later(10);
  });

  test('says that Books has to be connected again once it was revoked, and since when; connecting mends it', async () => {
    await later(70);
    world.zoho.scenario.revoke(SMALL.users.administrator);
    await signedIn();
    await retry();
    const lost = await healthOf();
    expect(lost.verdict).toMatchObject({ state: 'broken', reason: 'reconnect' });
    expect(lost.connection).toMatchObject({
      state: 'reconnect',
      reason: 'revoked',
      since: world.now().toISOString(),
      mayLink: false,
    });
    expect(lost.freshness.nextPassAt).toBeNull();
    expect(lost.troubles[0]).toMatchObject({ cause: 'connection.revoked', retry: false });
    await world.connectBooks(administrator.accessToken, SMALL.users.administrator);
    await later(10);
    await retry();
    const mended = await healthOf();
    expect(mended.connection).toMatchObject({ state: 'good', reason: null });
    expect(mended.verdict.state).toBe('well');
    expect(mended.troubles.every(({ state }) => state !== 'going_on')).toBe(true);
  });

  test('of one organisation holds nothing of another', async () => {
    const { crm } = world.zoho.organisation.org;
    const { zgid } = crm;
    crm.zgid = '60001230000';
    others = await world.signIn(SMALL.users.administrator, 'setup');
    crm.zgid = zgid;
    const theirs = await healthOf(others);
    expect(theirs.troubles).toEqual([]);
    expect(theirs.freshness.followedTo).toBeNull();
    expect((await healthOf()).troubles.length).toBeGreaterThan(3);
  });
});
