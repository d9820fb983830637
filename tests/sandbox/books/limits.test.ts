import { describe, expect, it } from 'vitest';
import { SMALL } from '../small-organisation.ts';
import { zohoUnderTest } from '../zoho-under-test.ts';

const { users } = SMALL;
const at = zohoUnderTest();

describe('limits of Books', () => {
  const calls = async (count: number, access: string) => {
    const codes: number[] = [];
    for (let made = 0; made < count; made += 1)
      codes.push((await at.books('/settings/currencies', access)).body.code);
    return codes;
  };

  it('the hundred and first call of a minute is blocked with code 44, and the next minute is free', async () => {
    const { accessToken } = await at.signIn(users.administrator);
    expect(new Set(await calls(100, accessToken))).toEqual(new Set([0]));
    expect(await at.books('/contacts', accessToken)).toMatchObject({ status: 429, body: { code: 44 } });
    expect((await at.get('/books/v3/organizations', accessToken)).status).toBe(200);
    at.later(61);
    expect(await calls(1, accessToken)).toEqual([0]);
  });

  it('the day ends with code 45 until midnight of the organisation', async () => {
    await at.restart({ limits: { perDay: 3 } });
    const { accessToken } = await at.signIn(users.administrator);
    expect(await calls(4, accessToken)).toEqual([0, 0, 0, 45]);
    at.setClock('2026-11-20T22:59:00Z'); // 23:59 in Berlin
    expect(await calls(1, (await at.signIn(users.administrator)).accessToken)).toEqual([45]);
    at.setClock('2026-11-20T23:00:30Z');
    expect(await calls(1, (await at.signIn(users.administrator)).accessToken)).toEqual([0]);
  });

  it('the eleventh call in process is refused with code 1070', async () => {
    const { accessToken } = await at.signIn(users.administrator);
    at.zoho.scenario.latencyMs = 150;
    const together = await Promise.all(Array.from({ length: 11 }, () => at.books('/contacts', accessToken)));
    expect(together.map(({ body }) => body.code).filter((code) => code !== 0)).toEqual([1070]);
  });
});
