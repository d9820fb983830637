/** Number 14 of the list of hostile tests the server must survive, for the consent that gives a whole organisation's Books. */
import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { SMALL } from '../sandbox/small-organisation.ts';
import { codeIn, codeOf, openWorld, type Person, SERVER, type World } from './world.ts';

let world: World;
let attacker: Person;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  world = await openWorld();
  attacker = await world.signIn(SMALL.users.administrator, 'setup');
});
afterEach(() => world.zoho.scenario.clear());
afterAll(async () => {
  await world.close();
  vi.useRealTimers();
});

const guess = (): string => randomBytes(32).toString('base64url');
const redeem = async (
  body: { tx: string; code: string; verifier: string },
  by: Person = attacker,
): Promise<string | number> =>
  codeOf(await world.ask('POST', '/api/v1/settings/books/redeem', { token: by.accessToken, body }));

/** The administrator begins, and somebody opens the link and consents with their own Books. */
async function consentedBy(
  userId: string,
): Promise<{ tx: string; verifier: string; code: string; page: string }> {
  const { tx, url, verifier } = await world.beginBooks(attacker.accessToken);
  const done = await world.ask('GET', await world.consent(url, userId));
  return { tx, verifier, code: codeIn(done), page: done.body };
}

const proofOf = ({ tx, code, verifier }: { tx: string; code: string; verifier: string }) => ({
  tx,
  code,
  verifier,
});

const booksState = async (): Promise<unknown> =>
  ((await world.ask('GET', '/api/v1/settings', { token: attacker.accessToken })).json() as { books: unknown })
    .books;

const held = async (table: 'books_grants' | 'pending_books_grants'): Promise<number> =>
  (await world.database.query(`select 1 from ${table}`)).length;

/** The newest refresh token Zoho gave out, and whether it was revoked there. */
function newestToken(): { token: string; revoked: boolean } {
  const all = world.zoho.exchanges.list('accounts');
  const token = all
    .map(({ responseBody }) => /"refresh_token":"([^"]+)"/.exec(responseBody)?.[1])
    .findLast((found) => found !== undefined);
  if (token === undefined) throw new Error('Zoho gave no refresh token');
  const revoked = all.some(
    ({ url }) => url.includes('/oauth/v2/token/revoke') && new URL(url).searchParams.get('token') === token,
  );
  return { token, revoked };
}

describe('connecting Books', () => {
  test('the Books consent of somebody who was sent the link connects nothing', async () => {
    const { tx, verifier, code, page } = await consentedBy(SMALL.users.finance);
    expect(page).toContain(`data-origin="${SERVER}"`); // the code goes to a page of ours that opened the window, or nowhere
    expect(page).toContain('Nothing was connected');
    expect(await booksState()).toEqual({ state: 'not_connected' });
    expect(await held('books_grants')).toBe(0);

    for (let tries = 0; tries < 5; tries += 1) {
      expect(newestToken().revoked).toBe(false);
      expect(await redeem({ tx, verifier, code: guess() })).toBe('sign_in.invalid');
    }
    expect(newestToken().revoked).toBe(true);
    expect(await redeem({ tx, verifier, code })).toBe('sign_in.invalid');
    expect([await held('books_grants'), await held('pending_books_grants')]).toEqual([0, 0]);
    expect(await booksState()).toEqual({ state: 'not_connected' });
  });

  test('what nobody takes over within a minute is ended here and at Zoho', async () => {
    await consentedBy(SMALL.users.finance);
    world.later(59_000);
    await vi.advanceTimersByTimeAsync(60_000);
    expect([await held('pending_books_grants'), newestToken().revoked]).toEqual([1, false]);
    world.later(1_000);
    await vi.advanceTimersByTimeAsync(60_000);
    await vi.waitFor(() => expect(newestToken().revoked).toBe(true));
    expect([await held('books_grants'), await held('pending_books_grants')]).toEqual([0, 0]);

    const late = await consentedBy(SMALL.users.finance);
    world.later(60_000);
    expect(await redeem(proofOf(late))).toBe('sign_in.invalid');
    expect([newestToken().revoked, await held('pending_books_grants')]).toEqual([true, 0]);
  });

  test('it is forgotten here also when Zoho cannot be told', async () => {
    const late = await consentedBy(SMALL.users.finance);
    world.later(60_000);
    world.zoho.scenario.add({ match: { service: 'accounts' }, answer: 'http_500' });
    expect(await redeem(proofOf(late))).toBe('sign_in.invalid');
    expect(await held('pending_books_grants')).toBe(0);
    expect(world.logs()).toContain('could not be revoked');
  });

  test('a wrong verifier, another transaction, another person and a code for signing in are refused alike', async () => {
    const mine = await consentedBy(SMALL.users.administrator);
    const other = await consentedBy(SMALL.users.administrator);
    world.zoho.scenario.changeProfile(SMALL.users.finance, SMALL.profiles.administrator);
    const colleague = await world.signIn(SMALL.users.finance, 'setup');
    const wrong = [
      redeem({ ...proofOf(mine), verifier: other.verifier }),
      redeem({ ...proofOf(mine), tx: other.tx }),
      redeem({ ...proofOf(mine), tx: guess() }),
      redeem(proofOf(mine), colleague),
    ];
    expect(await Promise.all(wrong)).toEqual(wrong.map(() => 'sign_in.invalid'));
    const asSignIn = await world.ask('POST', '/auth/redeem', { body: proofOf(mine) });
    expect(codeOf(asSignIn)).toBe('sign_in.invalid');
    const { tx, url, verifier } = await world.begin('setup');
    const code = codeIn(await world.ask('GET', await world.consent(url, SMALL.users.administrator)));
    expect(await redeem({ tx, code, verifier })).toBe('sign_in.invalid');
    expect([await held('books_grants'), await held('pending_books_grants')]).toEqual([0, 2]);

    const twice = await Promise.all([redeem(proofOf(mine)), redeem(proofOf(mine))]);
    expect(twice.sort()).toEqual([204, 'sign_in.invalid']);
    expect(await redeem(proofOf(mine))).toBe('sign_in.invalid');
    expect(await booksState()).toMatchObject({ state: 'choose_organisation' });
  });

  test('a consent that waits changes nothing of the connection there is, and no secret of it is stored or logged', async () => {
    const [before] = await world.database.query('select * from books_grants');
    const { code, verifier } = await consentedBy(SMALL.users.finance);
    expect(await world.database.query('select * from books_grants')).toEqual([before]);
    const waiting = JSON.stringify(await world.database.query('select * from pending_books_grants'));
    for (const secret of [code, verifier, newestToken().token])
      expect((waiting + world.logs()).includes(secret)).toBe(false);
  });
});
