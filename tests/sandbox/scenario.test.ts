import { describe, expect, it } from 'vitest';
import { SMALL } from './small-organisation.ts';
import { zohoUnderTest } from './zoho-under-test.ts';

const { users, customers } = SMALL;
const at = zohoUnderTest();

describe('scenario', () => {
  const control = async (path: string, method: string, body?: unknown) => {
    const answer = await fetch(`${at.zoho.origin}/__sandbox/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: await answer.json() };
  };

  it('misbehaves as told, as often as told, where told', async () => {
    const { accessToken } = await at.signIn(users.administrator);
    await control('scenario', 'POST', {
      rules: [{ match: { service: 'books', path: '/invoices' }, times: 1, answer: '429_security' }],
    });
    expect((await at.books('/contacts', accessToken)).status).toBe(200);
    const blocked = await at.books('/invoices', accessToken);
    expect(blocked).toMatchObject({ status: 429, body: { code: 43 } });
    expect(blocked.headers.get('retry-after')).toBe('3600');
    expect((await at.books('/invoices', accessToken)).status).toBe(200);
  });

  it('cuts, halves and empties answers', async () => {
    const { accessToken } = await at.signIn(users.administrator);
    const once = (answer: string) =>
      control('scenario', 'POST', { rules: [{ match: { service: 'books' }, times: 1, answer }] });
    await once('reset');
    await expect(at.books('/contacts', accessToken)).rejects.toThrow('fetch failed');
    await once('half_json');
    await expect(at.books('/contacts', accessToken)).rejects.toThrow(SyntaxError);
    await once('204');
    expect(await at.books('/contacts', accessToken)).toMatchObject({ status: 204, body: null });
    await once('200_with_error');
    expect(await at.books('/contacts', accessToken)).toMatchObject({ status: 200, body: { code: 1000 } });
  });

  it('counts calls and forgets them on request', async () => {
    const { accessToken } = await at.signIn(users.administrator);
    await control('exchanges', 'DELETE');
    await at.books(`/contacts/${customers.aster}`, accessToken);
    await at.books('/bills', accessToken);
    expect((await control('exchanges', 'GET')).body).toEqual({
      total: 2,
      services: { accounts: 0, crm: 0, books: 2 },
      counts: { 'books GET /books/v3/contacts/{id}': 1, 'books GET /books/v3/bills': 1 },
      unknown: ['GET /books/v3/bills'],
    });
  });

  it('revokes a grant from outside, and says what it cannot do', async () => {
    const { accessToken } = await at.signIn(users.rep);
    expect((await control('revoke', 'POST', { userId: users.rep })).status).toBe(200);
    expect((await at.get('/crm/v8/org', accessToken)).status).toBe(401);
    expect((await control('revoke', 'POST', { userId: '1' })).status).toBe(400);
    expect((await control('scenario', 'POST', { rules: [{ match: {}, answer: 'explode' }] })).status).toBe(
      400,
    );
  });
});
