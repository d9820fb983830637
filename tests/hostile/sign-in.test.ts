/** Numbers are those of the list of hostile tests the server must survive: 9–11 and 14. */
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SMALL } from '../sandbox/small-organisation.ts';
import { codeOf, openWorld, SERVER, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await world.install();
});
afterAll(() => world.close());

describe('signing in', () => {
  const codeIn = (html: string): string => /data-code="([A-Za-z0-9_-]{43})"/.exec(html)?.[1] ?? '';

  test('9: a wrong verifier, a foreign code, a second use and a late one are refused alike', async () => {
    const mine = await world.begin('panel');
    const other = await world.begin('panel');
    const code = codeIn((await world.ask('GET', await world.consent(mine.url, SMALL.users.rep))).body);
    const otherCode = codeIn((await world.ask('GET', await world.consent(other.url, SMALL.users.rep))).body);
    const wrong = [
      { tx: mine.tx, code, verifier: other.verifier },
      { tx: mine.tx, code: otherCode, verifier: mine.verifier },
      { tx: other.tx, code, verifier: other.verifier },
      { tx: randomBytes(32).toString('base64url'), code, verifier: mine.verifier },
    ];
    const bodies = await Promise.all(
      wrong.map(async (body) => (await world.ask('POST', '/auth/redeem', { body })).json() as object),
    );
    for (const body of bodies)
      expect({ ...body, requestId: '' }).toEqual({ ...bodies[0], requestId: '', code: 'sign_in.invalid' });
    expect(
      (await world.ask('POST', '/auth/redeem', { body: { tx: mine.tx, code, verifier: mine.verifier } }))
        .statusCode,
    ).toBe(200);
    expect(
      codeOf(
        await world.ask('POST', '/auth/redeem', { body: { tx: mine.tx, code, verifier: mine.verifier } }),
      ),
    ).toBe('sign_in.invalid');
    world.later(61_000);
    const late = { tx: other.tx, code: otherCode, verifier: other.verifier };
    expect(codeOf(await world.ask('POST', '/auth/redeem', { body: late }))).toBe('sign_in.invalid');
  });

  test('9: after five tries a sign-in is burnt', async () => {
    const { tx, url, verifier } = await world.begin('panel');
    const code = codeIn((await world.ask('GET', await world.consent(url, SMALL.users.rep))).body);
    for (let tries = 0; tries < 5; tries += 1) {
      const guess = { tx, code: randomBytes(32).toString('base64url'), verifier };
      expect(codeOf(await world.ask('POST', '/auth/redeem', { body: guess }))).toBe('sign_in.invalid');
    }
    expect(codeOf(await world.ask('POST', '/auth/redeem', { body: { tx, code, verifier } }))).toBe(
      'sign_in.invalid',
    );
  });

  test('10: an answer of Zoho without our state, with a foreign or a used one, or too late is refused', async () => {
    const { url } = await world.begin('panel');
    const back = await world.consent(url, SMALL.users.rep);
    const [, query = ''] = back.split('?');
    const without = new URLSearchParams(query);
    without.delete('state');
    const foreign = new URLSearchParams(query);
    foreign.set('state', randomBytes(32).toString('base64url'));
    const twice = `${query}&state=${randomBytes(32).toString('base64url')}`;
    for (const wrong of [without.toString(), foreign.toString(), twice]) {
      expect((await world.ask('GET', `/auth/callback?${wrong}`)).statusCode).toBe(400);
    }
    expect((await world.ask('GET', back)).statusCode).toBe(200);
    expect((await world.ask('GET', back)).statusCode).toBe(400);
    const slow = await world.consent((await world.begin('panel')).url, SMALL.users.rep);
    world.later(5 * 60_000 + 1_000);
    expect((await world.ask('GET', slow)).statusCode).toBe(400);
  });

  test('11: a link cannot choose where our client secret goes', async () => {
    const back = await world.consent((await world.begin('panel')).url, SMALL.users.rep);
    const asked = world.zoho.exchanges.list('accounts').length;
    for (const [location, server] of [
      ['local', 'https://evil.example'],
      ['eu', 'https://accounts.zoho.com'],
      ['us', 'https://accounts.zoho.com.evil.example'],
      ['us', 'https://accounts.zoho.com@evil.example'],
      ['us', 'http://accounts.zoho.com'],
      ['us', ''],
    ]) {
      const forged = new URLSearchParams(back.split('?')[1]);
      forged.set('location', location ?? '');
      forged.set('accounts-server', server ?? '');
      expect((await world.ask('GET', `/auth/callback?${forged}`)).statusCode).toBe(400);
    }
    expect(world.zoho.exchanges.list('accounts')).toHaveLength(asked);
    expect(world.strayRequests).toEqual([]);
  });

  test('14: the result of a sign-in goes to our own page only, so a mailed link gives nobody a session', async () => {
    const { tx, url, verifier } = await world.begin('panel');
    const done = await world.ask('GET', await world.consent(url, SMALL.users.finance));
    expect(done.body).toContain(`data-origin="${SERVER}"`);
    expect(done.body).not.toContain('<script>');
    const guess = { tx, verifier, code: randomBytes(32).toString('base64url') };
    expect(codeOf(await world.ask('POST', '/auth/redeem', { body: guess }))).toBe('sign_in.invalid');
    expect(String(done.headers['content-security-policy'])).toContain("frame-ancestors 'none'");
  });

  test('a sign-in cannot be begun by another site', async () => {
    const challenge = createHash('sha256').update('v').digest('base64url');
    const body = { challenge, purpose: 'panel' };
    expect(
      codeOf(await world.ask('POST', '/auth/start', { body, headers: { origin: 'https://evil.example' } })),
    ).toBe('request.invalid');
    expect((await world.ask('POST', '/auth/start', { body, headers: { origin: SERVER } })).statusCode).toBe(
      200,
    );
  });
});
