import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Customer360 } from '../../server/contract/customer-360.ts';
import { demoOrganisation } from '../sandbox/demo/demo-organisation.ts';
import { PEOPLE } from '../sandbox/demo/people.ts';
import { SHOWCASE } from '../sandbox/demo/showcase.ts';
import type { Fault } from '../sandbox/scenario.ts';
import { type Person, person } from '../support/person.ts';
import { type Product, startProduct } from '../support/product.ts';

let now = Date.parse('2026-11-20T15:00:00Z');
let product: Product;
let finance: Person;
/** Accounts not yet seen by the server, one for each test that needs a cold customer. */
const cold = Object.values(SHOWCASE.accounts).filter(
  (account) =>
    account !== SHOWCASE.accounts.dealLadder &&
    account.customers.length === 1 &&
    account.customers[0]?.linkedBy === 'account',
);
const warm = SHOWCASE.accounts.goodPayer;

beforeAll(async () => {
  product = await startProduct({
    organisation: demoOrganisation({ today: '2026-11-20' }),
    clock: () => new Date(now),
  });
  finance = await person(product.server, PEOPLE.finance.id);
  await settled(warm.accountId);
});
afterAll(() => product?.stop());
beforeEach(() => {
  product.sandbox.scenario.clear();
  now += 25 * 3_600_000; // past Books' midnight: its pauses of an earlier test are over
});

const path = (recordId: string, module = 'Accounts'): string =>
  `/api/v1/records/${module}/${recordId}/customer-360`;

async function linked(
  recordId: string,
  module?: 'Deals',
): Promise<Extract<Customer360, { state: 'linked' }>> {
  const { status, text } = await finance.get(path(recordId, module));
  expect(status, text).toBe(200);
  const answer = Customer360.parse(JSON.parse(text));
  if (answer.state !== 'linked') throw new Error('not linked');
  return answer;
}

/** The pause the server names while it reads behind the scenes; in trouble it names a longer one. */
const READING_ON = 2;

/** Asks until nothing is read behind the scenes any more. */
async function settled(
  recordId: string,
  module?: 'Deals',
): Promise<Extract<Customer360, { state: 'linked' }>> {
  for (let tries = 0; tries < 60; tries += 1) {
    const answer = await linked(recordId, module);
    if (answer.freshness.refetchAfterSeconds !== READING_ON) return answer;
    await new Promise((resolve) => setTimeout(resolve, 600));
  }
  throw new Error('never settled');
}

const UNREACHABLE: readonly Fault[] = [
  'http_500',
  'http_502',
  'reset',
  'half_json',
  'html',
  '200_with_error',
  '204',
  'redirect',
];
const LIMITED: readonly Fault[] = ['429_minute', '429_day', '429_security'];
const nextCold = (): string => {
  const account = cold.pop();
  if (!account) throw new Error('The demo has too few accounts for this test');
  return account.accountId;
};

describe('a customer never seen before', () => {
  it.each(UNREACHABLE)(
    'is an honest refusal while Books answers %s, and right as soon as it answers again',
    async (answer) => {
      const accountId = nextCold();
      product.sandbox.scenario.add({ match: { service: 'books' }, answer });
      const refused = await finance.get(path(accountId));
      expect(refused.status).toBe(503);
      expect(JSON.parse(refused.text)).toMatchObject({ code: 'books.unreachable', status: 503 });
      expect(refused.headers.get('content-type')).toContain('application/problem+json');
      product.sandbox.scenario.clear();
      expect((await linked(accountId)).freshness.state).toBe('fresh');
    },
  );

  it.each(LIMITED)('says when to ask again while Books answers %s', async (answer) => {
    product.sandbox.scenario.add({ match: { service: 'books' }, answer, times: 1 });
    const refused = await finance.get(path(nextCold()));
    expect(JSON.parse(refused.text)).toMatchObject({
      code: 'books.rate_limited',
      retryAfterSeconds: expect.any(Number),
    });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('is read in the end when too many calls at once were only a moment', async () => {
    product.sandbox.scenario.add({ match: { service: 'books' }, answer: '429_concurrency', times: 1 });
    expect((await linked(nextCold())).freshness.knownGoodAt).not.toBeNull();
  });
});

it('a deal whose quotes cannot be read says so, and not that they are still being read', async () => {
  product.sandbox.scenario.add({ match: { service: 'books', path: '/estimates' }, answer: 'http_500' });
  const answer = await settled(SHOWCASE.deals.ladder.id, 'Deals');
  expect(answer.freshness.missing).toContain('quotes');
  expect(answer.ladder?.quoted).toEqual({ level: 'unknown', reason: 'books_unreachable' });
  expect(answer.ladder?.invoiced).toMatchObject({ level: 'exact' });
});

describe('a customer seen before', () => {
  it.each([...UNREACHABLE, ...LIMITED])(
    'keeps its figures with their age while Books answers %s, and recovers',
    async (answer) => {
      const before = await settled(warm.accountId);
      now += 40 * 60_000;
      product.sandbox.scenario.add({ match: { service: 'books' }, answer });
      await linked(warm.accountId);
      const during = await settled(warm.accountId);
      expect(during.freshness.state).toBe('stale');
      expect(during.freshness.trouble).toBe(
        LIMITED.includes(answer) ? 'books_rate_limited' : 'books_unreachable',
      );
      expect(during.figures.open).toEqual(before.figures.open);
      expect(during.freshness.knownGoodAt).toBe(before.freshness.knownGoodAt);

      product.sandbox.scenario.clear();
      now += 25 * 3_600_000; // past Books' midnight and every pause
      await linked(warm.accountId);
      const after = await settled(warm.accountId);
      expect(after.freshness.state).toBe('fresh');
      expect(after.freshness.trouble).toBeUndefined();
    },
  );
});

describe('CRM in trouble', () => {
  it('means no answer at all, never the rights of a minute ago', async () => {
    await linked(warm.accountId);
    now += 61_000;
    product.sandbox.scenario.add({ match: { service: 'crm' }, answer: 'http_500' });
    const { status, text } = await finance.get(path(warm.accountId));
    expect(status).toBe(503);
    expect(JSON.parse(text).code).toBe('crm.unreachable');
  });

  it('an empty answer (204) for a record is a record that is not there', async () => {
    product.sandbox.scenario.add({ match: { service: 'crm', path: '/Accounts/' }, answer: '204' });
    const { status, text } = await finance.get(path(warm.accountId));
    expect(status).toBe(404);
    expect(JSON.parse(text).code).toBe('record.not_found');
  });
});
