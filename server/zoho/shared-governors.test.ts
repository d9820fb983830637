import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openMemoryDatabase } from '../../tests/support/memory-database.ts';
import { createTestClock } from '../../tests/support/test-clock.ts';
import { booksBudget, changeBooksBudget } from '../store/books-budgets.ts';
import type { Database } from '../store/database.ts';
import { createGovernor } from './governor.ts';
import { isWaitedFor, PRIORITIES, type Priority } from './priority.ts';
import { ZohoTrouble } from './trouble.ts';

let database: Database;
let underWay = 0;
let transactions = 0;
let organisation = 0;
beforeAll(async () => {
  database = await openMemoryDatabase();
});
afterAll(() => database.close());
beforeEach(() => {
  organisation += 1;
});

const watched = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  underWay += 1;
  try {
    return await work();
  } finally {
    underWay -= 1;
  }
};

/** Until the database is asked nothing any more. */
async function settled(): Promise<void> {
  for (let quiet = 0; quiet < 5; quiet = underWay === 0 ? quiet + 1 : 0)
    await new Promise((resolve) => setImmediate(resolve));
}

const LIMITS = { atOnce: 4, perMinute: 12, perDay: 100 };

/** Servers on one database; `books` sees every call as Books would. */
function setUp(start = '2026-11-21T10:00:00Z', limits: Partial<typeof LIMITS> = {}) {
  const time = createTestClock(start, settled);
  const books = { starts: [] as { at: number; priority: Priority }[], running: 0, most: 0 };
  const name = `org-${organisation}`;
  const server = () => {
    let caller: string | undefined;
    const governor = createGovernor({
      timeZone: 'Europe/Berlin',
      clock: time.clock,
      wait: time.wait,
      random: () => 0.5,
      limits: { ...LIMITS, ...limits },
      caller: () => caller,
      shared: {
        change: (work) =>
          watched(() => {
            transactions += 1;
            return changeBooksBudget(database, name, work);
          }),
        read: () => watched(() => booksBudget(database, name)),
      },
    });
    const ends: (() => void)[] = [];
    const call = (priority: Priority) => () => {
      books.starts.push({ at: time.clock().getTime(), priority });
      books.running += 1;
      books.most = Math.max(books.most, books.running);
      return new Promise<string>((end) => {
        ends.push(() => {
          books.running -= 1;
          end('fine');
        });
      });
    };
    return {
      governor,
      ends,
      ask(priority: Priority, by?: string): Promise<string> {
        caller = by;
        return governor.run(priority, call(priority)).catch((cause: unknown) => {
          if (cause instanceof ZohoTrouble && cause.kind === 'rate_limited')
            return `${cause.detail.code} ${cause.detail.retryAfterSeconds}`;
          throw cause;
        });
      },
    };
  };
  return { ...time, books, server };
}

describe('two servers on one database', () => {
  test('spend one budget: places, the minute and the day', async () => {
    const { server, settle, books } = setUp();
    const [one, two] = [server(), server()];
    for (let call = 0; call < 3; call += 1) {
      void one.ask('interactive');
      void two.ask('interactive');
    }
    await settle();
    expect(books.running).toBe(4);
    expect(await two.governor.usage()).toMatchObject({
      running: 4,
      minute: { used: 4, limit: 12, left: 8 },
      day: { date: '2026-11-21', used: 4, limit: 100, left: 86, byPurpose: { interactive: 4 } },
    });
  });

  test('whatever they are asked, in whatever order, no budget is ever exceeded', async () => {
    const step = fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({ ask: fc.constantFrom(...PRIORITIES), by: fc.constantFrom('a', 'b') }),
      },
      { weight: 3, arbitrary: fc.record({ end: fc.nat(3) }) },
      { weight: 2, arbitrary: fc.record({ advance: fc.constantFrom(10, 100, 4_000, 20_000, 60_000) }) },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(1), step), { minLength: 20, maxLength: 70 }),
        async (steps) => {
          organisation += 1;
          const { server, settle, advance, books } = setUp('2026-11-21T10:00:00Z', { perDay: 40 });
          const servers = [server(), server()];
          for (const [which, what] of steps) {
            const at = servers[which];
            if ('ask' in what) void at?.ask(what.ask, what.by);
            else if ('end' in what) at?.ends.splice(what.end, 1)[0]?.();
            // calls end within what a call may take
            else
              for (let left = what.advance; left > 0; left -= 4_000) {
                await settle();
                if (left >= 4_000) for (const { ends } of servers) for (const end of ends.splice(0)) end();
                await advance(Math.min(left, 4_000));
              }
            // not always: what comes while a decision is under way counts too
            if (which === 0) await settle();
          }
          await settle();
          expect(books.most).toBeLessThanOrEqual(LIMITS.atOnce);
          const starts = books.starts.map(({ at }) => at);
          for (const start of starts)
            expect(starts.filter((at) => at >= start && at < start + 60_000).length).toBeLessThanOrEqual(12);
          expect(starts.length).toBeLessThanOrEqual(36); // nine tenths of the day
          const background = books.starts.filter(({ priority }) => !isWaitedFor(priority));
          expect(background.length).toBeLessThanOrEqual(25); // seven tenths of that
          for (const { at } of background)
            expect(
              background.filter((other) => other.at >= at && other.at < at + 60_000).length,
            ).toBeLessThanOrEqual(6);
        },
      ),
      { numRuns: 12 },
    );
  });

  test("a server that dies holds its places for as long as a call may take, then they are another's", async () => {
    const { server, settle, advance, books } = setUp();
    const [dead, alive] = [server(), server()];
    for (let call = 0; call < 4; call += 1) void dead.ask('interactive');
    await settle();
    const waiting = alive.ask('feed');
    await advance(14_000);
    expect(books.starts).toHaveLength(4);
    await advance(4_000);
    expect(books.starts).toHaveLength(5);
    alive.ends[0]?.();
    expect(await waiting).toBe('fine');
  });

  test('what Books says to one stops the other', async () => {
    const { server, settle } = setUp();
    const [one, two] = [server(), server()];
    const stop = new ZohoTrouble('books', 'rate_limited', { code: '44', retryAfterSeconds: 30 });
    await expect(one.governor.run('feed', () => Promise.reject(stop))).rejects.toMatchObject({
      kind: 'rate_limited',
    });
    await settle();
    // It learns of it with its first question, which therefore is not asked.
    const asked = two.ask('interactive');
    await settle();
    expect(await asked).toBe('own_budget 30');
    expect(await two.governor.usage()).toMatchObject({
      limitAnswers: { '44': 1 },
      refused: 1,
      minute: { left: 0 },
      shutUntil: new Date('2026-11-21T10:00:30Z'),
    });
  });

  test('background work of one yields to a person who waits at the other', async () => {
    const { server, settle, advance, books } = setUp();
    const [one, two] = [server(), server()];
    for (let call = 0; call < 4; call += 1) void one.ask('interactive');
    await settle();
    void one.ask('backfill');
    void two.ask('interactive');
    await advance(150);
    one.ends[0]?.();
    one.ends[1]?.();
    await advance(2_000);
    expect(books.starts).toHaveLength(5);
    one.ends[2]?.();
    await advance(2_000);
    expect(books.starts.slice(4).map(({ priority }) => priority)).toEqual(['interactive', 'backfill']);
  });

  test('a call costs one transaction at most while there is more to do', async () => {
    const { server, settle, advance, books } = setUp('2026-11-21T10:00:00Z', { perMinute: 60 });
    const one = server();
    transactions = 0;
    for (let call = 0; call < 40; call += 1) void one.ask('interactive');
    for (let round = 0; round < 40; round += 1) {
      await settle();
      one.ends.shift()?.();
    }
    await advance(1_000);
    expect(books.starts).toHaveLength(40);
    expect(transactions).toBeLessThanOrEqual(41); // and one to say that the last ones have ended
  });
});

describe('a day', () => {
  test('ends for background work before it ends for people, and says when the next one begins', async () => {
    const { server, advance, books } = setUp('2026-11-21T10:00:00Z', { perDay: 20 });
    const one = server();
    const all = async (priority: Priority, times: number): Promise<string[]> => {
      const answers: string[] = [];
      for (let call = 0; call < times; call += 1) {
        const answer = one.ask(priority);
        await advance(60_000);
        one.ends.shift()?.();
        answers.push(await answer);
      }
      return answers;
    };
    const count = (answers: readonly string[]): number =>
      answers.filter((answer) => answer === 'fine').length;
    expect(count(await all('backfill', 10))).toBe(7); // 20 × 0.9 × 0.4
    expect(count(await all('background', 10))).toBe(3); // together 0.6
    expect(count(await all('feed', 5))).toBe(2);
    const people = await all('interactive', 10);
    expect(count(people)).toBe(6);
    expect(books.starts).toHaveLength(18);
    expect(people.at(-1)).toBe(`own_budget ${(23 * 60 - (10 * 60 + 34)) * 60}`);
  });

  test("what other apps use counts too, in Zoho's word", async () => {
    const { server, settle } = setUp();
    const one = server();
    void one.ask('feed');
    await settle();
    one.governor.heard({ perDay: 2_000, left: 1_500 });
    one.ends[0]?.();
    await settle();
    expect((await one.governor.usage()).day).toMatchObject({ used: 500, limit: 2_000, left: 1_300 });
  });
});

describe('people in line', () => {
  test('get what they came for in one go, one after the other, however much another asks for', async () => {
    const { server, settle, books } = setUp('2026-11-21T10:00:00Z', { perMinute: 60 });
    const one = server();
    const order: string[] = [];
    const ask = (by: string, times: number): void => {
      for (let call = 0; call < times; call += 1)
        void one
          .ask('interactive', by)
          .then((answer) => order.push(answer === 'fine' ? by : `${by} refused`));
    };
    ask('greedy', 20);
    ask('second', 5);
    ask('third', 5);
    for (let round = 0; round < 40; round += 1) {
      await settle();
      one.ends.shift()?.();
    }
    await settle();
    expect(books.starts).toHaveLength(30);
    expect(order.slice(0, 18).filter((by) => by === 'greedy')).toHaveLength(8);
    expect(order.slice(18)).toEqual(Array.from({ length: 12 }, () => 'greedy'));
  });

  test('whoever cannot be served within the minute is told a moment of their own', async () => {
    const { server, settle, advance } = setUp('2026-11-21T10:00:00Z', { perMinute: 60 });
    const one = server();
    const endAll = async (): Promise<void> => {
      for (let round = 0; round < 80; round += 1) {
        await settle();
        for (const end of one.ends.splice(0)) end();
      }
    };
    const five = (by: string): Promise<string>[] =>
      Array.from({ length: 5 }, () => one.ask('interactive', by));
    const asked = Array.from({ length: 15 }, (_, at) => five(`rep ${at}`));
    await endAll();
    const answers = (await Promise.all(asked.map((calls) => Promise.all(calls)))).map((calls) => [
      ...new Set(calls),
    ]);
    expect(answers.slice(0, 12)).toEqual(Array.from({ length: 12 }, () => ['fine']));
    expect(answers.slice(12)).toEqual([['own_turn 60'], ['own_turn 66'], ['own_turn 71']]);
    await advance(60_000);
    const back = five('rep 12');
    await endAll();
    expect(await Promise.all(back)).toEqual(['fine', 'fine', 'fine', 'fine', 'fine']);
  });
});
