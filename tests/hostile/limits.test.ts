/** Number 46 of the list of hostile tests the server must survive, as far as one server is concerned. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SMALL, smallOrganisation } from '../sandbox/small-organisation.ts';
import { codeOf, figuresOf, openWorld, type World } from './world.ts';

const ASTER = figuresOf('Accounts', SMALL.accounts.aster);

let world: World;
beforeAll(async () => {
  world = await openWorld(smallOrganisation(), {
    REQUESTS_PER_USER_PER_MINUTE: '5',
    SIGN_INS_PER_MINUTE: '20',
  });
  await world.install();
});
afterAll(() => world.close());

describe('limits', () => {
  test('46: one person who asks too much waits, and nobody else does', async () => {
    const rep = await world.signIn(SMALL.users.rep);
    const finance = await world.signIn(SMALL.users.finance);
    const answers = [];
    for (let asked = 0; asked < 7; asked += 1)
      answers.push(await world.ask('GET', ASTER, { token: rep.accessToken }));
    expect(answers.map(codeOf)).toEqual([200, 200, 200, 200, 200, 'request.too_many', 'request.too_many']);
    const last = answers.at(-1);
    expect(Number(last?.headers['retry-after'])).toBeGreaterThan(0);
    expect(codeOf(await world.ask('GET', ASTER, { token: finance.accessToken }))).toBe(200);
  });

  test('sign-ins from one address are limited', async () => {
    const guess = { tx: 'a'.repeat(43), code: 'b'.repeat(43), verifier: 'c'.repeat(43) };
    const codes = [];
    for (let tries = 0; tries < 21; tries += 1)
      codes.push(codeOf(await world.ask('POST', '/auth/redeem', { body: guess })));
    expect(new Set(codes)).toEqual(new Set(['sign_in.invalid', 'request.too_many']));
  });
});
