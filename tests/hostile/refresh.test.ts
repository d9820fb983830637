/** Number 8 of the list of hostile tests the server must survive, and what keeps a session from being kept. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SMALL } from '../sandbox/small-organisation.ts';
import { codeOf, figuresOf, fromOurPage, openWorld, refresh, SERVER, type World } from './world.ts';

const ASTER = figuresOf('Accounts', SMALL.accounts.aster);

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await world.install();
});
afterAll(() => world.close());

const seen = async (token: string | undefined): Promise<string | number> =>
  codeOf(await world.ask('GET', ASTER, { token }));

describe('refreshing', () => {
  test('8: of two at once one wins, and a handle used again later ends the session', async () => {
    const person = await world.signIn(SMALL.users.rep);
    const both = await Promise.all([refresh(world, person.cookie), refresh(world, person.cookie)]);
    expect(both.map(codeOf).sort()).toEqual([200, 'request.too_many']);
    const winner = both.find(({ statusCode }) => statusCode === 200);
    const cookie = String(winner?.cookies[0]?.value);
    expect(winner).toBeDefined();
    const accessToken = String((winner?.json() as { accessToken?: string } | undefined)?.accessToken);
    expect(await seen(accessToken)).toBe(200);
    world.later(4_000);
    expect(codeOf(await refresh(world, person.cookie))).toBe('session.ended');
    expect(codeOf(await refresh(world, cookie))).toBe('session.ended');
    expect(await seen(accessToken)).toBe('session.ended');
  });

  test('only our own page may refresh or sign out, and only as JSON', async () => {
    const person = await world.signIn(SMALL.users.rep);
    const good = fromOurPage(person.cookie);
    for (const wrong of [
      { ...good, origin: 'null' },
      { ...good, origin: 'https://evil.example' },
      { ...good, origin: 'http://localhost:3600' },
      { ...good, 'x-customer-360': '0' },
      { cookie: good.cookie ?? '', origin: SERVER },
      { cookie: good.cookie ?? '', 'x-customer-360': '1' },
    ]) {
      expect(codeOf(await world.ask('POST', '/auth/refresh', { body: {}, headers: wrong }))).toBe(
        'request.invalid',
      );
      expect(codeOf(await world.ask('POST', '/auth/logout', { body: {}, headers: wrong }))).toBe(
        'request.invalid',
      );
    }
    const form = { ...good, 'content-type': 'application/x-www-form-urlencoded' };
    expect(codeOf(await world.ask('POST', '/auth/refresh', { payload: 'a=b', headers: form }))).toBe(
      'request.wrong_type',
    );
    expect(codeOf(await refresh(world, undefined))).toBe('session.missing');
    expect(codeOf(await refresh(world, person.cookie))).toBe(200);
  });

  test('the cookie cannot be read by scripts, goes to us only, and is partitioned', async () => {
    const person = await world.signIn(SMALL.users.rep);
    const header = String((await refresh(world, person.cookie)).headers['set-cookie']);
    for (const part of ['__Host-c360=', 'HttpOnly', 'Secure', 'SameSite=None', 'Partitioned', 'Path=/'])
      expect(header).toContain(part);
    expect(header).not.toContain('Domain');
  });

  test('signing out ends the session at once', async () => {
    const person = await world.signIn(SMALL.users.rep);
    const out = await world.ask('POST', '/auth/logout', { body: {}, headers: fromOurPage(person.cookie) });
    expect(out.statusCode).toBe(204);
    expect(await seen(person.accessToken)).toBe('session.ended');
    expect(codeOf(await refresh(world, person.cookie))).toBe('session.ended');
  });

  test('a session ends after two idle hours and after twelve in any case', async () => {
    const idle = await world.signIn(SMALL.users.rep);
    let busy = await refresh(world, (await world.signIn(SMALL.users.rep)).cookie);
    world.later(2 * 3_600_000 + 1_000);
    expect(codeOf(await refresh(world, idle.cookie))).toBe('session.ended');
    busy = await refresh(world, (await world.signIn(SMALL.users.rep)).cookie);
    for (let hour = 1; hour <= 12; hour += 1) {
      expect(busy.statusCode).toBe(200);
      world.later(3_600_000);
      busy = await refresh(world, String(busy.cookies[0]?.value));
    }
    expect(busy.statusCode).toBe(200);
    world.later(1_000);
    expect(codeOf(await refresh(world, String(busy.cookies[0]?.value)))).toBe('session.ended');
  });
});
