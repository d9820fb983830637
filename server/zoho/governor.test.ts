import { describe, expect, it } from 'vitest';
import { createTestClock } from '../../tests/support/test-clock.ts';
import { createGovernor } from './governor.ts';
import { ZohoTrouble } from './trouble.ts';

function setUp({ start = '2026-11-21T10:00:00Z', timeZone = 'Europe/Berlin', perMinute = 60 } = {}) {
  const time = createTestClock(start);
  const governor = createGovernor({
    timeZone,
    clock: time.clock,
    wait: time.wait,
    random: () => 0.5,
    limits: { perMinute },
  });
  return { ...time, governor };
}

/** Calls that run until they are told to end. */
function createCalls() {
  const ends: (() => void)[] = [];
  let started = 0;
  return {
    call: () =>
      new Promise<void>((end) => {
        started += 1;
        ends.push(end);
      }),
    endOne: () => ends.shift()?.(),
    started: () => started,
  };
}

const limit = (code: string, retryAfterSeconds?: number) => () =>
  Promise.reject(
    new ZohoTrouble('books', 'rate_limited', {
      status: 429,
      code,
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    }),
  );
const fine = () => Promise.resolve('fine');
const troubleOf = (work: Promise<unknown>): Promise<ZohoTrouble['detail'] | 'none'> =>
  work.then(
    () => 'none' as const,
    (cause: unknown) => {
      if (cause instanceof ZohoTrouble && cause.kind === 'rate_limited') return cause.detail;
      throw cause;
    },
  );

describe('the budget of an organisation', () => {
  it('never has more than four calls at Books at once', async () => {
    const { governor, settle } = setUp();
    const calls = createCalls();
    const all = Array.from({ length: 6 }, () => governor.run('interactive', calls.call));
    await settle();
    expect(calls.started()).toBe(4);
    expect(await governor.usage()).toMatchObject({ running: 4, waiting: { interactive: 2 } });
    for (let end = 0; end < 6; end += 1) {
      calls.endOne();
      await settle();
    }
    await Promise.all(all);
    expect([calls.started(), (await governor.usage()).running]).toEqual([6, 0]);
  });

  it('a person goes before background work, which leaves a place free', async () => {
    const { governor, settle } = setUp();
    const calls = createCalls();
    const order: string[] = [];
    const run = (priority: 'interactive' | 'background', name: string) =>
      void governor.run(priority, () => {
        order.push(name);
        return calls.call();
      });
    for (const name of ['b1', 'b2', 'b3', 'b4']) run('background', name);
    await settle();
    expect(order).toEqual(['b1', 'b2', 'b3']);
    run('interactive', 'p1');
    run('interactive', 'p2');
    await settle();
    expect(order).toEqual(['b1', 'b2', 'b3', 'p1']);
    calls.endOne();
    await settle();
    expect(order).toEqual(['b1', 'b2', 'b3', 'p1', 'p2']);
  });

  it('a person is told at once when the minute is used up, and how long it takes', async () => {
    const { governor, advance } = setUp({ perMinute: 3 });
    for (let call = 0; call < 3; call += 1) await governor.run('interactive', fine);
    await advance(20_000);
    expect(await troubleOf(governor.run('interactive', fine))).toEqual({
      code: 'own_turn',
      retryAfterSeconds: 40,
    });
    expect(await governor.usage()).toMatchObject({ minute: { used: 3, left: 0 }, refused: 1 });
    await advance(40_000);
    expect(await governor.run('interactive', fine)).toBe('fine');
  });

  it('a wait of a few seconds is waited', async () => {
    const { governor, advance } = setUp({ perMinute: 1 });
    await governor.run('interactive', fine);
    await advance(56_000);
    const waiting = governor.run('interactive', fine);
    await advance(4_000);
    expect(await waiting).toBe('fine');
  });

  it('background work waits for the next minute and keeps half of each for people', async () => {
    const { governor, advance, settle } = setUp({ perMinute: 4 });
    let done = 0;
    const all = Array.from({ length: 4 }, () =>
      governor.run('background', async () => {
        done += 1;
      }),
    );
    await settle();
    expect(done).toBe(2);
    expect(await governor.run('interactive', fine)).toBe('fine');
    await advance(60_000);
    await Promise.all(all);
    expect(done).toBe(4);
  });

  it('a person who has waited five seconds behind slow calls is refused, not kept', async () => {
    const { governor, advance } = setUp();
    const calls = createCalls();
    for (let call = 0; call < 4; call += 1) void governor.run('interactive', calls.call);
    const fifth = troubleOf(governor.run('interactive', calls.call));
    await advance(5_000);
    expect(await fifth).toMatchObject({ code: 'own_turn' });
    expect(calls.started()).toBe(4);
  });
});

describe('when Books says stop', () => {
  it.each<[string, number | undefined, number, string]>([
    ['44', undefined, 60, 'the minute'],
    ['44', 17, 17, "the minute, in Zoho's word"],
    ['43', undefined, 3600, 'security'],
    ['43', 1800, 1800, "security, in Zoho's word"],
    ['45', 20_421, 20_421, "the day, in Zoho's word"],
    ['http_429', undefined, 60, 'no reason given'],
  ])('%s (retry after %s) stops every call for %i seconds: %s', async (code, asked, seconds) => {
    const { governor, advance } = setUp();
    expect(await troubleOf(governor.run('interactive', limit(code, asked)))).toMatchObject({
      code,
      retryAfterSeconds: seconds,
    });
    await advance((seconds - 6) * 1000);
    expect(await troubleOf(governor.run('interactive', fine))).toMatchObject({ retryAfterSeconds: 6 });
    await advance(6_000);
    expect(await governor.run('interactive', fine)).toBe('fine');
    expect((await governor.usage()).limitAnswers).toEqual({ [code]: 1 });
  });

  it("the day's limit ends at the organisation's midnight, not at ours", async () => {
    // 10:00 UTC is 19:00 in Tokyo: five hours are left of the day there
    const { governor } = setUp({ timeZone: 'Asia/Tokyo' });
    expect(await troubleOf(governor.run('background', limit('45')))).toMatchObject({
      retryAfterSeconds: 5 * 3600,
    });
    expect((await governor.usage()).shutUntil).toEqual(new Date('2026-11-21T15:00:00Z'));
  });

  it('the day on which clocks go back has 25 hours', async () => {
    // midnight in Berlin, 25 October 2026
    const { governor } = setUp({ start: '2026-10-24T22:00:00Z' });
    expect(await troubleOf(governor.run('background', limit('45')))).toMatchObject({
      retryAfterSeconds: 25 * 3600,
    });
  });

  it('too many at once is tried again a moment later, three times at most', async () => {
    const { governor, advance } = setUp();
    let tries = 0;
    const work = governor.run('interactive', () => {
      tries += 1;
      return tries < 3 ? limit('1070')() : fine();
    });
    await advance(2_000);
    expect([await work, tries]).toEqual(['fine', 3]);

    let failures = 0;
    const failing = troubleOf(
      governor.run('interactive', () => {
        failures += 1;
        return limit('1070')();
      }),
    );
    await advance(5_000);
    expect(await failing).toMatchObject({ code: '1070', retryAfterSeconds: 2 });
    expect([failures, (await governor.usage()).shutUntil]).toEqual([4, null]);
  });

  it('whoever was queued is told too instead of running into the same wall', async () => {
    const { governor, settle } = setUp();
    const calls = createCalls();
    let stop = (): void => undefined;
    const stopped = troubleOf(
      governor.run(
        'interactive',
        () =>
          new Promise((_, reject) => {
            stop = () => void limit('44')().catch(reject);
          }),
      ),
    );
    for (let call = 0; call < 3; call += 1) void governor.run('interactive', calls.call);
    const queued = troubleOf(governor.run('interactive', calls.call));
    await settle();
    stop();
    expect(await stopped).toMatchObject({ code: '44' });
    expect(await queued).toEqual({ code: 'own_budget', retryAfterSeconds: 60 });
    expect(calls.started()).toBe(3);
  });

  it('other trouble passes through and costs nobody else anything', async () => {
    const { governor } = setUp();
    const refused = new ZohoTrouble('books', 'refused', { code: '57' });
    await expect(governor.run('interactive', () => Promise.reject(refused))).rejects.toBe(refused);
    expect(await governor.usage()).toMatchObject({
      running: 0,
      day: { used: 1 },
      limitAnswers: {},
      shutUntil: null,
    });
  });

  it("counts the calls of the organisation's day", async () => {
    const { governor, advance } = setUp({ start: '2026-11-21T22:59:00Z' });
    await governor.run('interactive', fine);
    await governor.run('background', fine);
    expect((await governor.usage()).day.used).toBe(2);
    await advance(120_000); // past midnight in Berlin
    expect((await governor.usage()).day.used).toBe(0);
  });
});
