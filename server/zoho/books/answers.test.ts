import { expect, test } from 'vitest';
import { dayToldBy } from './answers.ts';

const told = (headers: Record<string, string>) =>
  dayToldBy({ status: 200, body: { code: 0 }, headers: new Headers(headers) });
const DAY = { 'x-rate-limit-limit': '2000', 'x-rate-limit-remaining': '400' };

test('what is left of the day is believed as Zoho says it', () => {
  expect(told(DAY)).toEqual({ perDay: 2_000, left: 400 });
  expect(told({ ...DAY, 'x-rate-limit-reset': '20421' })).toEqual({ perDay: 2_000, left: 400 });
});

test('of a day that is about to end nothing is learnt: it could be taken for the next', () => {
  expect(told({ ...DAY, 'x-rate-limit-reset': '2' })).toBeNull();
});

test.each([
  ['nothing', {}],
  ['more left than there is', { ...DAY, 'x-rate-limit-remaining': '2001' }],
  ['the limit of a minute', { 'x-rate-limit-limit': '100', 'x-rate-limit-remaining': '40' }],
])('%s is no day', (_what, headers) => {
  expect(told(headers)).toBeNull();
});
