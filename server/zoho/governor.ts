import { setTimeout as sleep } from 'node:timers/promises';
import { type CalendarDay, dayIn } from '../domain/calendar-day.ts';
import type { Priority } from './books/books.ts';
import { pauseSeconds, TOO_MANY_AT_ONCE } from './books-limits.ts';
import { createCallWindow } from './call-window.ts';
import { ZohoTrouble } from './trouble.ts';

/**
 * Stands before every Books call of one organisation, because Zoho counts per organisation and blocks all of its
 * users together. One server process holds it; the interface leaves room for one shared through the database.
 */
export interface Governor {
  /**
   * Runs the call as soon as the budget allows. Throws `ZohoTrouble` `rate_limited` with `retryAfterSeconds` at once
   * when the wait would be longer than the priority bears, and when Books itself says stop.
   */
  run<Result>(priority: Priority, call: () => Promise<Result>): Promise<Result>;
  usage(): GovernorUsage;
}

interface GovernorUsage {
  readonly running: number;
  readonly waiting: Readonly<Record<Priority, number>>;
  readonly lastMinute: number;
  /** Calls since the organisation's midnight. */
  readonly today: number;
  /** Calls we did not make because the wait would have been too long. */
  readonly refused: number;
  /** Books' own limit answers by code. */
  readonly limitAnswers: Readonly<Record<string, number>>;
  /** No call before this instant. */
  readonly shutUntil: Date | null;
}

interface GovernorLimits {
  readonly atOnce: number;
  readonly perMinute: number;
  readonly maxWaitMs: Readonly<Record<Priority, number>>;
}

// Books allows 5 at once (free plan) and 100 a minute; the rest is for the organisation's other apps.
const LIMITS: GovernorLimits = {
  atOnce: 4,
  perMinute: 90,
  maxWaitMs: { interactive: 5000, background: 60_000 },
};

const RETRIES_AT_ONCE = 3;

interface Waiter {
  readonly deadline: number;
  readonly start: () => void;
  readonly refuse: (trouble: ZohoTrouble) => void;
}

interface GovernorNeeds {
  /** The Books organisation's zone: its daily limit ends at its midnight. */
  readonly timeZone: string;
  readonly limits?: Partial<GovernorLimits>;
  readonly clock?: () => Date;
  readonly wait?: (ms: number) => Promise<unknown>;
  /** 0 to 1. */
  readonly random?: () => number;
}

export function createGovernor({
  timeZone,
  limits = {},
  clock = () => new Date(),
  wait = (ms) => sleep(ms, undefined, { ref: false }),
  random = Math.random,
}: GovernorNeeds): Governor {
  const { atOnce, perMinute, maxWaitMs } = { ...LIMITS, ...limits };
  // Background work leaves a place and half of the minute free, so that a person never queues behind it.
  const shares: Record<Priority, { atOnce: number; perMinute: number }> = {
    interactive: { atOnce, perMinute },
    background: { atOnce: Math.max(1, atOnce - 1), perMinute: Math.max(1, Math.floor(perMinute * 0.5)) },
  };
  const calls = createCallWindow();
  const queues: Record<Priority, Waiter[]> = { interactive: [], background: [] };
  const limitAnswers: Record<string, number> = {};
  let running = 0;
  let refused = 0;
  let shutUntil = 0;
  let wakeAt = Number.POSITIVE_INFINITY;
  let day: { date: CalendarDay; calls: number } = { date: dayIn(timeZone, clock()), calls: 0 };

  const time = (): number => clock().getTime();

  function opensAt(priority: Priority, now: number): number {
    const ahead = queues.interactive.length + (priority === 'background' ? queues.background.length : 0);
    return Math.max(shutUntil, calls.opensAt(now, shares[priority].perMinute, ahead));
  }

  function refusal(ms: number): ZohoTrouble {
    refused += 1;
    return new ZohoTrouble('books', 'rate_limited', {
      code: 'own_budget',
      retryAfterSeconds: Math.max(1, Math.ceil(ms / 1000)),
    });
  }

  function admitted(priority: Priority): Promise<void> {
    const now = time();
    const waitMs = opensAt(priority, now) - now;
    // When Books itself said stop, whoever asks is told so at once instead of waiting out most of a minute.
    const stopMs = shutUntil - now;
    if (waitMs > maxWaitMs[priority] || stopMs > maxWaitMs.interactive)
      return Promise.reject(refusal(waitMs));
    return new Promise((start, refuse) => {
      queues[priority].push({ deadline: now + maxWaitMs[priority], start, refuse });
      pump();
    });
  }

  function mayStart(priority: Priority, now: number): boolean {
    const share = shares[priority];
    return now >= shutUntil && running < share.atOnce && calls.opensAt(now, share.perMinute, 0) <= now;
  }

  function note(now: number): void {
    running += 1;
    calls.note(now);
    const date = dayIn(timeZone, new Date(now));
    day = { date, calls: date === day.date ? day.calls + 1 : 1 };
  }

  function pump(): void {
    const now = time();
    for (const priority of ['interactive', 'background'] as const) {
      while (queues[priority].length > 0 && mayStart(priority, now)) {
        note(now);
        queues[priority].shift()?.start();
      }
      refuseLate(priority, now);
      if (queues[priority].length > 0) break; // background waits while a person does
    }
    wakeForNext(now);
  }

  function refuseLate(priority: Priority, now: number): void {
    const late = (waiter: Waiter): boolean => waiter.deadline <= now || waiter.deadline < shutUntil;
    for (const waiter of queues[priority].filter(late)) waiter.refuse(refusal(Math.max(shutUntil - now, 0)));
    queues[priority] = queues[priority].filter((waiter) => !late(waiter));
  }

  /** A finished call pumps by itself; only time passing needs a wake-up. */
  function wakeForNext(now: number): void {
    const moments = (['interactive', 'background'] as const).flatMap((priority) => {
      const [first] = queues[priority];
      if (!first) return [];
      const opens = Math.max(shutUntil, calls.opensAt(now, shares[priority].perMinute, 0));
      return opens > now ? [opens, first.deadline] : [first.deadline];
    });
    const next = Math.min(...moments);
    if (!Number.isFinite(next) || next >= wakeAt) return;
    wakeAt = next;
    void wait(next - now).then(() => {
      if (wakeAt === next) wakeAt = Number.POSITIVE_INFINITY;
      pump();
    });
  }

  /** Notes Books' own limit answer; nobody calls again before it has passed. */
  function limited(trouble: ZohoTrouble): ZohoTrouble {
    const code = trouble.detail.code ?? '429';
    limitAnswers[code] = (limitAnswers[code] ?? 0) + 1;
    const seconds = pauseSeconds(trouble, clock(), timeZone);
    if (code !== TOO_MANY_AT_ONCE) shutUntil = Math.max(shutUntil, time() + seconds * 1000);
    return new ZohoTrouble('books', 'rate_limited', { ...trouble.detail, code, retryAfterSeconds: seconds });
  }

  return {
    async run(priority, call) {
      for (let tries = 0; ; tries += 1) {
        await admitted(priority);
        try {
          return await call();
        } catch (cause) {
          if (!(cause instanceof ZohoTrouble) || cause.kind !== 'rate_limited') throw cause;
          const trouble = limited(cause);
          if (trouble.detail.code !== TOO_MANY_AT_ONCE || tries === RETRIES_AT_ONCE) throw trouble;
        } finally {
          running -= 1;
          pump();
        }
        await wait(200 * 2 ** tries * (0.5 + random()));
      }
    },
    usage: () => {
      const now = time();
      return {
        running,
        waiting: { interactive: queues.interactive.length, background: queues.background.length },
        lastMinute: calls.used(now),
        today: dayIn(timeZone, new Date(now)) === day.date ? day.calls : 0,
        refused,
        limitAnswers: { ...limitAnswers },
        shutUntil: shutUntil > now ? new Date(shutUntil) : null,
      };
    },
  };
}
