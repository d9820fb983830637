/** Number 14 of the list of hostile tests the server must survive, for windows that lost their opener: the typed code. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SMALL } from '../sandbox/small-organisation.ts';
import { codeIn, codeOf, figuresOf, openWorld, refresh, type World } from './world.ts';

const ASTER = figuresOf('Accounts', SMALL.accounts.aster);

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await world.install();
});
afterAll(() => world.close());

/** Somebody begins, and somebody else, or they themselves, ends up at a window without opener. */
async function shownTo(userId: string) {
  const { tx, url, verifier } = await world.begin('panel');
  const page = await world.ask('GET', await world.consent(url, userId));
  const code = (/<code>([0-9A-Z]{5})-([0-9A-Z]{5})<\/code>/.exec(page.body)?.slice(1) ?? []).join('');
  return { tx, verifier, code, page: page.body, reported: codeIn(page) };
}
const redeem = (body: { tx: string; code: string; verifier: string }) =>
  world.ask('POST', '/auth/redeem', { body });
const proof = ({ tx, code, verifier }: { tx: string; code: string; verifier: string }) => ({
  tx,
  code,
  verifier,
});

describe('a code typed from the window', () => {
  test('signs in whom the page names, for figures and not for settings', async () => {
    const shown = await shownTo(SMALL.users.administrator);
    expect(shown.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/);
    expect(shown.page).toContain('Keller Office Supplies');
    const signedIn = await redeem(proof(shown));
    const { accessToken: token } = signedIn.json() as { accessToken: string };
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as object;
    expect(claims).toMatchObject({ amr: 'typed' });
    expect((await world.ask('GET', ASTER, { token })).statusCode).toBe(200);
    for (const [method, path, body] of [
      ['GET', '/api/v1/settings', undefined],
      ['GET', '/api/v1/settings/audit', undefined],
      ['GET', '/api/v1/settings/audit/export', undefined],
      ['POST', '/api/v1/settings/books/start', { challenge: 'x'.repeat(43) }],
      ['PUT', '/api/v1/settings/books/organisation', { organisationId: SMALL.organisation }],
    ] as const) {
      const answer = await world.ask(method, path, { token, ...(body ? { body } : {}) });
      expect([path, answer.statusCode, codeOf(answer)]).toEqual([path, 403, 'settings.signed_in_by_code']);
    }
    // Refreshing makes no more of it.
    const renewed = await refresh(world, String(signedIn.cookies[0]?.value));
    const { accessToken: again } = renewed.json() as { accessToken: string };
    expect(codeOf(await world.ask('GET', '/api/v1/settings', { token: again }))).toBe(
      'settings.signed_in_by_code',
    );
  });

  test('14: whoever mailed the link has no code; five guesses burn it, also for the right one', async () => {
    const victim = await shownTo(SMALL.users.finance);
    expect(victim.page).toContain('Never read this code to anybody');
    for (let guess = 0; guess < 5; guess += 1) {
      const code = `${victim.code.slice(0, 9)}${victim.code.endsWith(String(guess)) ? '9' : guess}`;
      expect(codeOf(await redeem({ ...proof(victim), code }))).toBe('sign_in.invalid');
    }
    expect(codeOf(await redeem(proof(victim)))).toBe('sign_in.invalid');
    expect(codeOf(await redeem({ ...proof(victim), code: victim.reported }))).toBe('sign_in.invalid');
  });

  test('a wrong verifier, another sign-in, a second use, a late one and no code are refused alike', async () => {
    const mine = await shownTo(SMALL.users.rep);
    const other = await shownTo(SMALL.users.rep);
    const refusals = [
      await redeem({ ...proof(mine), verifier: other.verifier }),
      await redeem({ ...proof(mine), code: other.code }),
      await redeem({ ...proof(mine), tx: 'a'.repeat(43) }),
    ].map((answer) => ({ ...(answer.json() as object), requestId: '', status: answer.statusCode }));
    for (const refusal of refusals)
      expect(refusal).toEqual({ ...refusals[0], status: 400, code: 'sign_in.invalid' });
    world.later(61_000); // what the window reports is over by now, what is typed is not
    expect(codeOf(await redeem({ ...proof(mine), code: mine.reported }))).toBe('sign_in.invalid');
    expect((await redeem(proof(mine))).statusCode).toBe(200);
    expect(codeOf(await redeem(proof(mine)))).toBe('sign_in.invalid');
    world.later(60_000);
    expect(codeOf(await redeem(proof(other)))).toBe('sign_in.invalid');
  });

  test('there is none for setting up, and it is stored and logged nowhere', async () => {
    const { url } = await world.begin('setup');
    const page = await world.ask('GET', await world.consent(url, SMALL.users.administrator));
    expect(page.body).not.toContain('<code>');
    const shown = await shownTo(SMALL.users.rep);
    const stored = JSON.stringify(await world.database.query('select * from sign_ins'));
    expect((stored + world.logs()).includes(shown.code)).toBe(false);
  });
});
