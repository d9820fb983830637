/** A change is done once, by a token minted for it, by somebody who may do it right now. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SMALL } from '../sandbox/small-organisation.ts';
import { codeOf, openWorld, refresh, type World } from './world.ts';

const CHOICE = '/api/v1/settings/books/organisation';
const right = { organisationId: SMALL.organisation };

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await world.install();
});
afterAll(() => world.close());

/** Tokens of one session, one for each change. */
async function session(userId: string = SMALL.users.administrator) {
  let person = await world.signIn(userId, 'setup');
  return {
    fresh: async (): Promise<string> => {
      const renewed = await refresh(world, person.cookie);
      person = {
        accessToken: (renewed.json() as { accessToken: string }).accessToken,
        cookie: String(renewed.cookies[0]?.value),
      };
      return person.accessToken;
    },
  };
}
const change = (token: string, key: string | undefined, body: object = right) =>
  world.ask('PUT', CHOICE, {
    token,
    body,
    bare: true,
    headers: key === undefined ? {} : { 'idempotency-key': key },
  });

describe('the name of a change', () => {
  test('is needed, and has to be one', async () => {
    const { fresh } = await session();
    for (const wrong of [undefined, '', 'short', 'x'.repeat(65), `${randomUUID()} `.replace('-', ' ')])
      expect([wrong, codeOf(await change(await fresh(), wrong))]).toEqual([wrong, 'request.invalid']);
  });

  test('stands for one request: again it is refused as repeated, for another as senseless', async () => {
    const { fresh } = await session();
    const key = randomUUID();
    expect((await change(await fresh(), key)).statusCode).toBe(200);
    const repeated = await change(await fresh(), key);
    expect([repeated.statusCode, codeOf(repeated)]).toEqual([409, 'request.repeated']);
    expect(codeOf(await change(await fresh(), key, { organisationId: '1' }))).toBe('request.invalid');
    expect((await change(await (await session()).fresh(), key)).statusCode).toBe(200); // another session's
    world.later(10 * 60_000 + 1);
    expect((await change(await fresh(), key)).statusCode).toBe(200);
  });

  test('that was refused may be used again, and of many at once one is done', async () => {
    const { fresh } = await session();
    const key = randomUUID();
    world.zoho.scenario.add({ match: { service: 'books' }, answer: 'http_500' });
    expect(codeOf(await change(await fresh(), key))).toBe('books.unreachable');
    world.zoho.scenario.clear();
    const tokens = [];
    for (let nth = 0; nth < 6; nth += 1) tokens.push(await fresh());
    const answers = await Promise.all(tokens.map((token) => change(token, key)));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409, 409, 409, 409]);
  });
});

describe('the token of a change', () => {
  test('serves once and for a minute, while reading takes any', async () => {
    const { fresh } = await session();
    const token = await fresh();
    expect((await change(token, randomUUID())).statusCode).toBe(200);
    const again = await change(token, randomUUID());
    expect([again.statusCode, codeOf(again)]).toEqual([401, 'session.not_fresh']);
    expect((await world.ask('GET', '/api/v1/settings', { token })).statusCode).toBe(200);
    const older = await fresh();
    world.later(59_000);
    expect((await change(older, randomUUID())).statusCode).toBe(200);
    const tooOld = await fresh();
    world.later(61_000);
    expect(codeOf(await change(tooOld, randomUUID()))).toBe('session.not_fresh');
  });

  test('serves one of many who come at once', async () => {
    const token = await (await session()).fresh();
    const answers = await Promise.all(Array.from({ length: 6 }, () => change(token, randomUUID())));
    expect(answers.map(codeOf).sort()).toEqual([
      200,
      ...Array.from({ length: 5 }, () => 'session.not_fresh'),
    ]);
  });
});

describe('who changes something', () => {
  test('17: is asked about at that moment: neither a demoted administrator nor a deactivated one has a minute', async () => {
    world.zoho.scenario.changeProfile(SMALL.users.finance, SMALL.profiles.administrator);
    const { fresh } = await session(SMALL.users.finance);
    expect((await change(await fresh(), randomUUID())).statusCode).toBe(200);
    world.zoho.scenario.changeProfile(SMALL.users.finance, SMALL.profiles.standard);
    expect(codeOf(await change(await fresh(), randomUUID()))).toBe('settings.not_administrator');
    const token = await fresh();
    world.zoho.scenario.deactivateUser(SMALL.users.finance);
    expect(codeOf(await change(token, randomUUID()))).toBe('session.ended');
    expect(codeOf(await world.ask('GET', '/api/v1/settings', { token }))).toBe('session.ended');
  });

  test('18: nobody, while CRM cannot be asked', async () => {
    const { fresh } = await session();
    const token = await fresh();
    world.zoho.scenario.add({ match: { service: 'crm' }, answer: 'http_500' });
    expect(codeOf(await change(token, randomUUID()))).toBe('crm.unreachable');
    world.zoho.scenario.clear();
  });
});

describe('a consent that is of no use any more', () => {
  const revoked = (): Set<string | null> =>
    new Set(
      world.zoho.exchanges
        .list('accounts')
        .filter(({ url }) => url.includes('/oauth/v2/token/revoke'))
        .map(({ url }) => new URL(url).searchParams.get('token')),
    );
  const given = (): string[] =>
    world.zoho.exchanges
      .list('accounts')
      .flatMap(({ responseBody }) => /"refresh_token":"([^"]+)"/.exec(responseBody)?.[1] ?? []);

  test('is ended at Zoho: the connection that another replaces, and that of a refused person', async () => {
    const { accessToken } = await world.signIn(SMALL.users.administrator, 'setup');
    world.zoho.exchanges.reset();
    await world.connectBooks(accessToken, SMALL.users.administrator);
    const [first] = given();
    await world.connectBooks(accessToken, SMALL.users.administrator);
    const [, second] = given();
    expect([revoked().has(first ?? ''), revoked().has(second ?? '')]).toEqual([true, false]);
    const setup = await world.begin('setup');
    await world.ask('GET', await world.consent(setup.url, SMALL.users.rep));
    const refused = given().at(-1) ?? '';
    await expect.poll(() => revoked().has(refused)).toBe(true);
  });

  test('is forgotten here also when Zoho cannot be told', async () => {
    const { accessToken } = await world.signIn(SMALL.users.administrator, 'setup');
    world.zoho.scenario.add({ match: { service: 'accounts', path: 'revoke' }, answer: 'http_500' });
    expect((await world.connectBooks(accessToken, SMALL.users.administrator)).statusCode).toBe(204);
    expect(world.logs()).toContain('could not be revoked');
    world.zoho.scenario.clear();
  });
});
