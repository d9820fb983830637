/** Number 46 of the list of hostile tests the server must survive, and what else keeps one from harming many. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { SMALL, smallOrganisation } from '../sandbox/small-organisation.ts';
import { codeOf, figuresOf, METRICS_TOKEN, openWorld, type World } from './world.ts';

const ASTER = figuresOf('Accounts', SMALL.accounts.aster);

describe('limits', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(smallOrganisation(), {
      REQUESTS_PER_USER_PER_MINUTE: '8',
      SIGN_INS_PER_MINUTE: '20',
    });
    await world.install();
  });
  afterAll(() => world.close());

  test('46: one person who asks too much waits, and nobody else does', async () => {
    const rep = await world.signIn(SMALL.users.rep);
    const finance = await world.signIn(SMALL.users.finance);
    world.zoho.exchanges.reset();
    const flood = Array.from({ length: 300 }, () => world.ask('GET', ASTER, { token: rep.accessToken }));
    expect(codeOf(await world.ask('GET', ASTER, { token: finance.accessToken }))).toBe(200);
    const answers = await Promise.all(flood);
    const refused = answers.filter((answer) => codeOf(answer) === 'request.too_many');
    // Some for their number in a minute, some for their number at once; of those that came together none may be let in.
    expect(refused.length).toBeGreaterThanOrEqual(292);
    expect(Number(refused[0]?.headers['retry-after'])).toBeGreaterThan(0);
    expect(world.zoho.exchanges.list().length).toBeLessThan(30);
  });

  test('46: whoever asks too much is turned away before CRM is asked anything, whatever their questions are like', async () => {
    const { accessToken: token } = await world.signIn(SMALL.users.finance);
    const senseless = () =>
      world.ask('POST', `/api/v1/deals/${SMALL.deals.fitOut}/links`, { token, body: { x: 1 } });
    const codes = [];
    for (let nth = 0; nth < 7; nth += 1) codes.push(codeOf(await senseless()));
    expect(codes).toEqual(Array(7).fill('request.invalid')); // and one question in the test before
    world.later(60_000); // CRM's word has to be asked for again
    world.zoho.exchanges.reset();
    expect(codeOf(await senseless())).toBe('request.too_many');
    expect(codeOf(await world.ask('GET', ASTER, { token }))).toBe('request.too_many');
    expect(world.zoho.exchanges.list()).toEqual([]);
  });

  test('sign-ins from one address are limited', async () => {
    const guess = { tx: 'a'.repeat(43), code: 'b'.repeat(43), verifier: 'c'.repeat(43) };
    const codes = [];
    for (let tries = 0; tries < 21; tries += 1)
      codes.push(codeOf(await world.ask('POST', '/auth/redeem', { body: guess })));
    expect(new Set(codes)).toEqual(new Set(['sign_in.invalid', 'request.too_many']));
  });
});

describe('an address', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(smallOrganisation(), { REQUESTS_PER_ADDRESS_PER_MINUTE: '4' });
  });
  afterAll(() => world.close());

  test('that sends tokens nobody gave out is turned away after a while, and no other is', async () => {
    const from = async (remoteAddress: string, nth: number) =>
      codeOf(
        await world.app.inject({
          url: ASTER,
          remoteAddress,
          headers: { authorization: `Bearer made-up-${nth}` },
        }),
      );
    const codes = [];
    for (let nth = 0; nth < 6; nth += 1) codes.push(await from('192.0.2.1', nth));
    expect(codes).toEqual([...Array(4).fill('session.ended'), ...Array(2).fill('request.too_many')]);
    expect(await from('192.0.2.2', 6)).toBe('session.ended');
    for (const path of ['/healthz', '/readyz'])
      expect((await world.app.inject({ url: path, remoteAddress: '192.0.2.1' })).statusCode).toBe(200);
  });
});

describe('an organisation', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(smallOrganisation(), { REQUESTS_PER_ORGANISATION_PER_MINUTE: '12' });
    await world.install();
  });
  afterAll(() => world.close());

  test('whose people ask too much together waits together', async () => {
    const people = [await world.signIn(SMALL.users.rep), await world.signIn(SMALL.users.finance)];
    const codes = [];
    for (let nth = 0; nth < 14; nth += 1)
      codes.push(codeOf(await world.ask('GET', ASTER, { token: people[nth % 2]?.accessToken })));
    expect(codes[0]).toBe(200);
    expect(codes.slice(-2)).toEqual(['request.too_many', 'request.too_many']);
  });
});

describe('a busy server', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(smallOrganisation(), { REQUESTS_AT_ONCE: '2' });
    await world.install();
  });
  afterEach(() => {
    world.zoho.scenario.latencyMs = 0;
  });
  afterAll(() => world.close());

  test('turns away at once what it has no room for, but tells how it is, and has room again later', async () => {
    const rep = await world.signIn(SMALL.users.rep);
    const finance = await world.signIn(SMALL.users.finance);
    world.later(60_000); // CRM has to be asked, so answers take their time
    world.zoho.scenario.latencyMs = 50;
    const asked = [rep, rep, finance, finance].map(({ accessToken: token }) =>
      world.ask('GET', ASTER, { token }),
    );
    const healthy = await Promise.all(
      ['/healthz', '/readyz', '/metrics'].map((path) => world.ask('GET', path, { token: METRICS_TOKEN })),
    );
    expect(healthy.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
    const answers = await Promise.all(asked);
    expect(answers.map(codeOf)).toEqual([200, 200, 'server.overloaded', 'server.overloaded']);
    expect(answers[2]?.headers['retry-after']).toBe('2');
    for (let nth = 0; nth < 5; nth += 1)
      expect(codeOf(await world.ask('GET', ASTER, { token: rep.accessToken }))).toBe(200);
    expect(codeOf(await world.ask('GET', '/nothing'))).toBe('request.not_found');
  });
});
