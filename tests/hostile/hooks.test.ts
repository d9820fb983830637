/** Number 49 of the list of hostile tests: what calls itself Books and says that something changed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Settings } from '../../server/contract/settings.ts';
import { SMALL } from '../sandbox/small-organisation.ts';
import { codeOf, figuresOf, openWorld, type World } from './world.ts';

const ASTER = figuresOf('Accounts', SMALL.accounts.aster);

let world: World;
/** Where our Books and the one of another organisation on this server may call. */
let ours: string;
let theirs: string;
let token: string;
beforeAll(async () => {
  world = await openWorld();
  const { crm } = world.zoho.organisation.org;
  const { zgid } = crm;
  crm.zgid = '60001230000';
  theirs = await addressFor((await world.install()).accessToken);
  crm.zgid = zgid;
  ours = await addressFor((await world.install()).accessToken);
  ({ accessToken: token } = await world.signIn(SMALL.users.finance));
});
afterAll(() => world.close());

async function addressFor(administrator: string): Promise<string> {
  const { books } = (await world.ask('GET', '/api/v1/settings', { token: administrator })).json() as Settings;
  if (books.state !== 'connected' || !books.hook) throw new Error('There is no address');
  return new URL(books.hook).pathname;
}

const call = (path: string, payload: string | object, type = 'application/json') =>
  world.ask('POST', path, {
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
    headers: { 'content-type': type },
  });
const event = (more: object = {}) => ({
  invoice: {
    invoice_id: '460000000000040001',
    customer_id: SMALL.customers.aster,
    last_modified_time: '2026-11-20T09:00:00+0100',
    total: 999999.99,
    ...more,
  },
});

/** How often the customer's figures were read from Books during this. */
async function readsOf(work: () => Promise<unknown>): Promise<number> {
  world.later(21_000); // two reads of a customer are never closer
  const { accessToken } = await world.signIn(SMALL.users.finance);
  token = accessToken;
  const reads = () =>
    world.zoho.exchanges.list('books').filter(({ path }) => path.endsWith('/invoices')).length;
  const before = reads();
  await work();
  for (let views = 0; views < 3; views += 1) {
    await world.ask('GET', ASTER, { token });
    await world.quiet();
  }
  return reads() - before;
}

describe('what calls itself Books', () => {
  test('49: makes us look once for one event, and is answered with nothing', async () => {
    expect(await readsOf(async () => undefined)).toBe(1); // the first look ever
    expect(await readsOf(async () => undefined)).toBe(0);
    expect(
      await readsOf(async () => {
        for (let again = 0; again < 3; again += 1) {
          const answer = await call(ours, event());
          expect([answer.statusCode, answer.body]).toEqual([200, '']);
        }
      }),
    ).toBe(1);
    expect(await readsOf(() => call(ours, event()))).toBe(0); // the same event, a little later
    expect(await readsOf(() => call(ours, event({ last_modified_time: '2026-11-20T09:05:00+0100' })))).toBe(
      1,
    );
    const form = `JSONString=${encodeURIComponent(JSON.stringify(event({ last_modified_time: '2026-11-20T09:06:00+0100' })))}`;
    expect(await readsOf(() => call(ours, form, 'application/x-www-form-urlencoded'))).toBe(1);
    world.later(10 * 60_000);
    const plain = await world.ask('GET', ASTER, {
      token: (await world.signIn(SMALL.users.finance)).accessToken,
    });
    expect(plain.body).not.toContain('999999'); // what it says is never believed
  });

  test('49: with another token, the one of another organisation, or none, is refused before it is read', async () => {
    const [, , , install = '', right = ''] = ours.split('/');
    const [, , , otherInstall = '', other = ''] = theirs.split('/');
    expect(right).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(other).not.toBe(right);
    const wrong = [
      `/hooks/books/${install}/${other}`,
      `/hooks/books/${otherInstall}/${right}`,
      `/hooks/books/${install}/${right.slice(0, 42)}`,
      `/hooks/books/${install}/${right}=`,
      `/hooks/books/${install}/${'a'.repeat(43)}`,
      `/hooks/books/${install.toUpperCase()}/${right}`,
      `/hooks/books/7b8f5a86-6b0e-4d0f-9f0b-0d5f9d0e8a11/${right}`,
      `/hooks/books/' or 1=1/${right}`,
    ];
    expect(
      await readsOf(async () => {
        for (const path of wrong) {
          const answer = await call(
            encodeURI(path),
            event({ last_modified_time: '2026-11-20T10:00:00+0100' }),
          );
          expect([path, answer.statusCode, answer.body]).toEqual([path, 401, '']);
        }
        // the other organisation's Books says nothing of ours
        expect(
          (await call(theirs, event({ last_modified_time: '2026-11-20T10:01:00+0100' }))).statusCode,
        ).toBe(200);
      }),
    ).toBe(0);
    for (const method of ['GET', 'PUT', 'DELETE'] as const)
      expect(codeOf(await world.ask(method, ours))).toBe('request.not_found');
  });

  test('49: with ten thousand ids, unknown ones, or no sense at all costs nothing, and too much is refused', async () => {
    const unknown = Array.from({ length: 1_500 }, (_, at) => ({ customer_id: String(10 ** 12 + at) }));
    const bodies = [
      { invoices: unknown },
      { invoices: [...unknown, { customer_id: SMALL.customers.aster }] }, // more customers than one event is about
      { customer_id: '1; drop table installs' },
      { customer_id: { $ne: null } },
      { customer_id: '../../etc/passwd' },
      '',
      'null',
      '%',
      '{"customer_id":',
      '\u0000'.repeat(1_000),
    ];
    expect(
      await readsOf(async () => {
        for (const body of bodies) {
          const answer = await call(ours, body);
          expect([answer.statusCode, answer.body]).toEqual([200, '']);
        }
        const many = {
          ids: Array.from({ length: 10_000 }, (_, at) => ({ customer_id: String(10 ** 12 + at) })),
        };
        expect(codeOf(await call(ours, many))).toBe('request.too_large');
      }),
    ).toBe(0);
    expect(await world.database.query('select 1 from installs')).toHaveLength(2);
  });

  test('49: its address is in no log, and in no table in clear', async () => {
    const [, , , , right = ''] = ours.split('/');
    expect(world.logs()).toContain('/hooks/books/');
    expect(world.logs()).not.toContain(right);
    const stored = JSON.stringify(await world.database.query('select * from books_hooks'));
    expect(stored).not.toContain(right);
    await world.database.query("update books_hooks set sealed_secret = replace(sealed_secret, '.', '.A')");
    expect((await call(ours, event())).statusCode).toBe(401);
  });
});
