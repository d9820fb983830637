import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWorld, type World } from '../../../tests/hostile/world.ts';
import { SMALL } from '../../../tests/sandbox/small-organisation.ts';

const HEALTH = '/api/v1/settings/health';
let world: World;
let administrator: string;
beforeAll(async () => {
  world = await openWorld();
  administrator = (await world.install()).accessToken;
});
afterAll(() => world.close());

it('tells administrators how far the local copy of Books has come', async () => {
  const answer = await world.ask('GET', HEALTH, { token: administrator });
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toMatchObject({
    calls: {
      minute: { limit: 90 },
      day: { date: SMALL.today, limit: 5_000 }, // of the plan Books names
      refused: 0,
      limitAnswers: {},
      shutUntil: null,
    },
    ledger: {
      customers: 0,
      filled: 0,
      wanted: 0,
      differing: 0,
      followedTo: null,
      backfill: { state: 'waiting', done: 0, total: null, rate: null, expectedEnd: null },
    },
  });
});

it('tells nobody else', async () => {
  const { accessToken } = await world.signIn(SMALL.users.finance);
  expect((await world.ask('GET', HEALTH, { token: accessToken })).statusCode).toBe(403);
});
