/** The set-up of an organisation: every way it can fail has its answer, and it goes on where it was left. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { PassableStep, type PreFlight, type Setup, SetupStep } from '../../server/contract/setup.ts';
import { createLogger } from '../../server/logging.ts';
import { wire } from '../../server/wire.ts';
import { codeIn, codeOf, figuresOf, fromOurPage, openWorld, type World } from '../hostile/world.ts';
import { SMALL } from '../sandbox/small-organisation.ts';

const { administrator: ADA, finance: FAY, rep: RAVI } = SMALL.users;
const ORGANISATION = '/api/v1/settings/books/organisation';
const STEP = '/api/v1/settings/setup/step';

let world: World;
let token = '';
beforeAll(async () => {
  world = await openWorld();
  world.zoho.scenario.changeProfile(FAY, SMALL.profiles.administrator);
});
afterEach(() => {
  world.zoho.scenario.clear();
  Object.assign(world.zoho.scenario, { refusedScopes: [], closedOrganisations: [], clockAheadSeconds: 0 });
  world.zoho.scenario.changeEdition('enterprise');
  world.zoho.scenario.changeBaseCurrency('USD');
});
afterAll(() => world.close());

const read = async (by = token): Promise<Setup> =>
  (await world.ask('GET', '/api/v1/settings/setup', { token: by })).json() as Setup;
const left = async (by = token): Promise<readonly string[]> =>
  (await read(by)).steps.filter(({ state }) => state !== 'done').map(({ step }) => step);
const pass = async (step: string, by = token): Promise<string | number> =>
  codeOf(await world.ask('PUT', STEP, { token: by, body: { step } }));
const amiss = async (): Promise<readonly string[]> =>
  ((await world.ask('GET', '/api/v1/settings/setup/pre-flight', { token })).json() as PreFlight).checks
    .filter(({ state }) => state !== 'passed')
    .map(({ finding, state, values }) => [finding, state, ...Object.values(values)].join(' '));
/** All steps from one on. */
const from = (step: SetupStep): readonly string[] => SetupStep.options.slice(SetupStep.options.indexOf(step));
const choose = async (body: object, by = token): Promise<string | number> =>
  codeOf(await world.ask('PUT', ORGANISATION, { token: by, body }));
/** What whoever opens a panel is told. */
const repIsTold = async (): Promise<string | number> => {
  const { accessToken } = await world.signIn(RAVI);
  return codeOf(await world.ask('GET', figuresOf('Accounts', SMALL.accounts.aster), { token: accessToken }));
};
/** The popup's answer to a consent, as the page that opened it hears it. */
const consented = async (start: { url: string }, userId: string): Promise<string> => {
  const done = await world.ask('GET', await world.consent(start.url, userId));
  return codeIn(done) === '' ? (/data-problem="([^"]+)"/.exec(done.body)?.[1] ?? done.body) : 'done';
};

describe('a sign-in that Zoho gave too little to', () => {
  test('is refused where it would not even tell who it is, and leaves no organisation behind', async () => {
    world.zoho.scenario.refusedScopes = ['ZohoCRM.org.READ'];
    expect(await consented(await world.begin('setup'), ADA)).toBe('sign_in.scopes_missing');
    expect(await world.database.query('select 1 from installs')).toEqual([]);
    await world.quiet();
    expect(world.zoho.exchanges.list('accounts').at(-1)?.path).toBe('/oauth/v2/token/revoke');
  });

  test('of an administrator names what is missing among the checks', async () => {
    world.zoho.scenario.refusedScopes = ['ZohoCRM.settings.roles.READ'];
    const { accessToken } = await world.signIn(FAY, 'setup');
    const { checks } = (
      await world.ask('GET', '/api/v1/settings/setup/pre-flight', { token: accessToken })
    ).json() as PreFlight;
    expect(checks.find(({ finding }) => finding === 'crm_scopes.missing')).toEqual({
      finding: 'crm_scopes.missing',
      state: 'failed',
      blocks: true,
      values: { scopes: 'ZohoCRM.settings.roles.READ' },
    });
  });
});

describe('the steps', () => {
  beforeAll(async () => {
    ({ accessToken: token } = await world.signIn(ADA, 'setup'));
  });

  test('begin at the checks, which say what is not known yet', async () => {
    expect(await left()).toEqual(from('pre_flight'));
    expect(await amiss()).toEqual([
      'data_centre.waits unknown local',
      'books_scopes.waits unknown',
      'access.waits unknown',
      'currency.waits unknown USD',
    ]);
    world.zoho.scenario.changeEdition('standard');
    world.zoho.scenario.clockAheadSeconds = -90;
    expect((await amiss()).slice(0, 2)).toEqual([
      'edition.without_widgets failed standard',
      'clock.off warning 90 60',
    ]);
    expect(await pass('pre_flight')).toBe(200);
    expect(await left()).toEqual(from('books'));
  });

  test('cannot be finished before the others are done', async () => {
    expect(await pass('place')).toBe('setup.unfinished');
    expect((await read()).finishedAt).toBeNull();
  });

  test('a consent that was refused connects nothing, and can be asked for again', async () => {
    const { url } = await world.beginBooks(token);
    const go = await world.ask('GET', new URL(url).pathname + new URL(url).search);
    const onwards = /href="([^"]*\/auth\/go[^"]*)"/.exec(go.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const state = new URL(
      String((await world.ask('GET', onwards.replaceAll('&#38;', '&'))).headers.location),
    );
    const refused = await world.ask(
      'GET',
      `/auth/callback?state=${state.searchParams.get('state')}&error=access_denied`,
    );
    expect(refused.body).toContain('sign_in.invalid');
    expect(await left()).toContain('books');
    expect(await repIsTold()).toBe('books.not_connected');
  });

  test('permissions that Books did not give are named, and only reading ones stand in the way', async () => {
    world.zoho.scenario.refusedScopes = ['ZohoBooks.creditnotes.READ', 'ZohoBooks.invoices.UPDATE'];
    await world.connectBooks(token, ADA);
    expect(await amiss()).toContain(
      'books_scopes.missing failed ZohoBooks.creditnotes.READ, ZohoBooks.invoices.UPDATE',
    );
    world.zoho.scenario.refusedScopes = ['ZohoBooks.invoices.UPDATE'];
    await world.connectBooks(token, ADA);
    expect(await amiss()).toContain('books_scopes.no_links warning ZohoBooks.invoices.UPDATE');
  });

  test('an organisation that lets nobody in is not taken', async () => {
    world.zoho.scenario.closedOrganisations = [SMALL.organisation];
    expect(await choose({ organisationId: SMALL.organisation, instead: null })).toBe('settings.no_access');
    expect(await left()).toEqual(from('organisation'));
  });

  test('go on where they were left, for another administrator and after the server was started again', async () => {
    const second = await wire({
      config: readConfig(world.environment),
      database: world.database,
      logger: createLogger('silent'),
      clock: world.now,
      widgetsFolder: import.meta.dirname,
    });
    const { accessToken: colleague } = await world.signIn(FAY, 'setup');
    const answer = await second.inject({
      url: '/api/v1/settings/setup',
      headers: { authorization: `Bearer ${colleague}` },
    });
    const setup = answer.json() as Setup;
    expect(setup.steps.find(({ state }) => state !== 'done')?.step).toBe('organisation');
    expect(setup.last).toMatchObject({ name: 'Ada Keller', yourself: false });
    expect(await repIsTold()).toBe('books.not_connected');
    await second.close();
  });

  test('go on where they were left after a session was lost half-way', async () => {
    const lost = await world.signIn(ADA, 'setup');
    await world.ask('POST', '/auth/logout', { body: {}, headers: fromOurPage(lost.cookie) });
    const ended = await world.ask('GET', '/api/v1/settings/setup', { token: lost.accessToken });
    expect(codeOf(ended)).toBe('session.ended');
    const { accessToken: again } = await world.signIn(ADA, 'setup');
    expect(await left(again)).toEqual(from('organisation'));
  });

  test('of two administrators who choose an organisation the first one’s holds, and the other is told', async () => {
    const { accessToken: colleague } = await world.signIn(FAY, 'setup');
    const body = { organisationId: SMALL.organisation, instead: null };
    const both = await Promise.all([choose(body), choose(body, colleague)]);
    expect(both.toSorted()).toEqual([200, 'settings.changed_meanwhile']);
    expect(await left(colleague)).toEqual(from('organisation').slice(1));
  });

  test('passed by two at once are passed once, and written down once', async () => {
    const { accessToken: colleague } = await world.signIn(FAY, 'setup');
    expect(await Promise.all([pass('visibility'), pass('visibility', colleague)])).toEqual([200, 200]);
    const entries = await world.database.query<{ entry: string }>('select entry from audit_entries');
    expect(entries.filter(({ entry }) => entry.includes('setup/visibility'))).toHaveLength(1);
  });

  test('with a check that fails cannot be finished; with other currencies they can', async () => {
    for (const step of PassableStep.options.slice(0, -1)) await pass(step);
    world.zoho.scenario.changeEdition('free');
    expect(await pass('place')).toBe('setup.blocked');
    expect(await left()).toEqual(['place']);
    world.zoho.scenario.changeEdition('enterprise');
    world.zoho.scenario.changeBaseCurrency('EUR');
    expect(await amiss()).toContain('currency.differs failed EUR USD');
    expect(await pass('place')).toBe(200);
    expect((await read()).finishedAt).toBe(world.now().toISOString());
    expect(await repIsTold()).toBe(200);
  });

  test('Books withdrawn later needs attention, keeps what was set up, and is mended by connecting again', async () => {
    world.zoho.scenario.revoke(ADA);
    world.later(3_600_000);
    const { accessToken } = await world.signIn(ADA, 'setup');
    token = accessToken;
    await amiss(); // asks Books, which then says that it was withdrawn
    const setup = await read();
    expect(setup.steps.filter(({ state }) => state !== 'done')).toEqual([
      { step: 'books', state: 'attention' },
    ]);
    expect(setup.finishedAt).not.toBeNull();
    expect(await repIsTold()).toBe(200); // the last known figures
    await world.connectBooks(token, ADA);
    expect(await left()).toEqual([]);
  });

  test('are no business of somebody who administers nothing', async () => {
    const { accessToken: rep } = await world.signIn(RAVI);
    expect(codeOf(await world.ask('GET', '/api/v1/settings/setup', { token: rep }))).toBe(
      'settings.not_administrator',
    );
    expect(await pass('place', rep)).toBe('settings.not_administrator');
    expect(await consented(await world.begin('setup'), RAVI)).toContain('sign_in.not_administrator');
  });
});
