import { describe, expect, test } from 'vitest';
import type { Health } from '../contract/health.ts';
import { conditionsOf } from './conditions.ts';
import { verdictOf } from './verdict.ts';

const AT = '2026-11-20T09:00:00.000Z';
const before = (minutes: number): string => new Date(Date.parse(AT) - minutes * 60_000).toISOString();

type Facts = Omit<Health, 'verdict'>;
const WELL: Facts = {
  at: AT,
  connection: { state: 'good', reason: null, since: before(9_000), mayLink: true },
  follower: { state: 'following', server: '3f0c9d1e' },
  freshness: { followedTo: before(5), goodUntil: null, nextPassAt: null, toldAt: null, toldWithinDay: false },
  calls: {
    minute: { used: 0, limit: 90, left: 90 },
    day: { date: '2026-11-20', used: 10, limit: 5_000, left: 4_490, others: 0 },
    byPurpose: {},
    refused: 0,
    limitAnswers: {},
    shutUntil: null,
  },
  ledger: {
    customers: 2,
    filled: 2,
    documents: 9,
    wanted: 0,
    backfill: { state: 'done', list: null, pages: 7, done: 2, total: 2, rate: null, expectedEnd: null },
  },
  differences: {
    checked: 2,
    checkedLately: 2,
    lastAt: AT,
    mendedLately: 0,
    differing: 0,
    customers: [],
  },
  troubles: [],
  retryFrom: null,
};
const trouble: Facts['troubles'][number] = {
  area: 'changes',
  cause: 'books.unreachable',
  code: 'http_502',
  count: 3,
  firstAt: before(20),
  lastAt: before(1),
  state: 'going_on',
  endedAt: null,
  reference: '1',
  retry: true,
};
const shut = (minutes: number): Facts['calls'] =>
  WELL.calls && {
    ...WELL.calls,
    // in a pause nothing is left of the day either
    day: { ...WELL.calls.day, left: 0 },
    shutUntil: new Date(Date.parse(AT) + minutes * 60_000).toISOString(),
  };
const followed = (minutes: number | null): Partial<Facts> => ({
  freshness: { ...WELL.freshness, followedTo: minutes === null ? null : before(minutes) },
});
const differing: Partial<Facts> = { differences: WELL.differences && { ...WELL.differences, differing: 1 } };
const nobody: Partial<Facts> = { follower: { state: 'nobody', server: null } };
const connection = (more: Partial<Facts['connection']>): Partial<Facts> => ({
  connection: { ...WELL.connection, ...more },
});

describe('the one thing to know', () => {
  test.each<readonly [string, string, Partial<Facts>]>([
    ['well well', 'everything is fine', {}],
    ['well filling', 'the first fill goes on', { ledger: null }],
    [
      'well starting',
      'it was connected just now',
      { ...followed(null), ...nobody, ...connection({ since: before(3) }) },
    ],
    ['well well', 'a pause is short', { calls: shut(1) }],
    ['attention budget', 'a pause is long', { calls: shut(60) }],
    ['broken budget', '… and lasts', { calls: shut(60), ...followed(300) }],
    ['attention trouble', 'changes cannot be read', { troubles: [trouble] }],
    ['broken trouble', '… for hours', { troubles: [trouble], ...followed(300) }],
    ['well well', 'that is over', { troubles: [{ ...trouble, state: 'over', endedAt: AT }] }],
    ['well well', 'a person met something', { troubles: [{ ...trouble, area: 'requests' }] }],
    ['attention trouble', 'a customer cannot be read', { troubles: [{ ...trouble, area: 'customer' }] }],
    ['attention nobody_follows', 'no server is there', nobody],
    ['broken nobody_follows', '… for hours', { ...nobody, ...followed(300) }],
    ['attention background_off', 'none is meant to be', { follower: { state: 'off', server: null } }],
    ['broken silent', 'nothing was followed for hours', followed(140)],
    ['well well', 'nobody looks, so that passes are rare', followed(125)],
    ['attention differences', 'a customer differs', differing],
    ['attention reconnect_to_link', 'links may not be written', connection({ mayLink: false })],
    [
      'broken reconnect',
      'the consent is gone, whatever else',
      { ...connection({ state: 'reconnect' }), ...differing },
    ],
    ['broken not_connected', 'there never was one', connection({ state: 'not_connected' })],
    ['attention paused', 'somebody paused it', { ...connection({ state: 'paused' }), ...followed(9_000) }],
    ['attention disabled', 'somebody switched it off', connection({ state: 'disabled' })],
  ])('is %s when %s', (expected, _when, more) => {
    const { state, reason } = verdictOf({ ...WELL, ...more });
    expect(`${state} ${reason}`).toBe(expected);
  });
});

describe('what somebody is told of', () => {
  const told = (more: Partial<Facts>) => {
    const facts = { ...WELL, ...more };
    return conditionsOf({ ...facts, verdict: verdictOf(facts) }, { silentHours: 6 });
  };
  test.each<readonly [readonly string[] | null, string, Partial<Facts>]>([
    [[], 'all is well', {}],
    [['silent'], 'nothing was followed for six hours', followed(360)],
    [[], '… for less', followed(359)],
    [
      ['silent', 'budget', 'differences'],
      'several things are',
      { ...followed(400), calls: shut(60), ...differing },
    ],
    [['connection'], 'the consent is gone', { ...connection({ state: 'reconnect' }), ...differing }],
    [[], 'no server is meant to follow', { ...followed(9_000), follower: { state: 'off', server: null } }],
    [
      null,
      'somebody paused it, and nobody can say',
      { ...connection({ state: 'paused' }), ...followed(9_000) },
    ],
  ])('is %j when %s', (expected, _when, more) => {
    expect(told(more)).toEqual(expected);
  });
});
