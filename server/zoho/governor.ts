import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { pauseSeconds, TOO_MANY_AT_ONCE } from './books-limits.ts';
import {
  admit,
  type Budget,
  type BudgetLimits,
  budgetAt,
  dayNamed,
  dayOf,
  isStopped,
  type Learnt,
  minuteOpensAt,
  verdictOn,
  withLearnt,
  withWaiting,
} from './budget.ts';
import type { GovernorUsage } from './governor-usage.ts';
import { createNews } from './news.ts';
import { createPeopleLine } from './people-line.ts';
import { isWaitedFor, PRIORITIES, type Priority } from './priority.ts';
import { createOwnBudget, type SharedBudget } from './shared-budget.ts';
import { ZohoTrouble } from './trouble.ts';

/**
 * Stands before every Books call of one organisation, because Zoho counts per organisation and blocks all of its
 * users together. One per server; they spend from one budget.
 */
export interface Governor {
  /**
   * Runs the call as soon as the budget allows. Throws `ZohoTrouble` `rate_limited` with `retryAfterSeconds` at once
   * when the wait would be longer than the priority bears (code `own_turn` while only the minute is full, `own_budget`
   * otherwise), and when Books itself says stop.
   */
  run<Result>(priority: Priority, call: () => Promise<Result>): Promise<Result>;
  /** What an answer's headers say of the organisation's day. */
  heard(day: { readonly perDay: number; readonly left: number }): void;
  /** Whether a call of this kind could begin within the time it bears to wait. */
  bears(priority: Priority): Promise<boolean>;
  /** What all servers have spent, and what stands in line here. */
  usage(): Promise<GovernorUsage>;
  /** Tells the other servers what they do not know yet. */
  close(): Promise<void>;
}

interface GovernorLimits extends BudgetLimits {
  readonly maxWaitMs: Readonly<Record<Priority, number>>;
}

const LIMITS: GovernorLimits = {
  // Books allows 5 at once (free plan) and 100 a minute; the rest is for the organisation's other apps, and for the
  // moment that passes between our counting of a call and Zoho's.
  atOnce: 4,
  perMinute: 90,
  perDay: 1_000, // of the smallest plan
  maxWaitMs: {
    interactive: 5_000,
    write: 5_000,
    automation: 60_000,
    feed: 60_000,
    background: 60_000,
    backfill: 60_000,
  },
};

const RETRIES_AT_ONCE = 3;
/** Another server's calls hold the last places: nothing tells us when they end, so we look again, ever less often. */
const LOOK_AGAIN_MS = { first: 100, longest: 2_000 };
/** That calls have ended is told with the next one that begins, or after this long. */
const TELL_AFTER_MS = 250;

interface Waiter {
  readonly priority: Priority;
  readonly caller: string | null;
  readonly deadline: number;
  readonly start: (id: string) => void;
  readonly refuse: (cause: unknown) => void;
}

interface GovernorNeeds {
  /** The Books organisation's zone: its daily limit ends at its midnight. */
  readonly timeZone: string;
  /** Shared with the other servers; its own when absent. */
  readonly shared?: SharedBudget;
  readonly limits?: Partial<GovernorLimits>;
  /** Who waits for what is asked just now, so that nobody's many questions make another one wait. */
  readonly caller?: () => string | undefined;
  readonly clock?: () => Date;
  readonly wait?: (ms: number) => Promise<unknown>;
  /** 0 to 1. */
  readonly random?: () => number;
  /** Called when the others could not be told of ended calls; they notice by themselves after a while. */
  readonly onTrouble?: (trouble: unknown) => void;
}

export function createGovernor({
  timeZone,
  shared = createOwnBudget(),
  limits: given = {},
  caller: callerNow = () => undefined,
  clock = () => new Date(),
  wait = (ms) => sleep(ms, undefined, { ref: false }),
  random = Math.random,
  onTrouble = () => undefined,
}: GovernorNeeds): Governor {
  const limits = { ...LIMITS, ...given };
  const server = randomUUID();
  const line = createPeopleLine(limits);
  const news = createNews();
  let waiters: readonly Waiter[] = [];
  /** The budget as the database last told it; others may have spent more since, never less. */
  let known: Budget = budgetAt(null, clock(), timeZone);
  let calls = 0;
  let running = 0;
  let busy = false;
  let again = false;
  let wakeAt = Number.POSITIVE_INFINITY;
  let lookAgain = { at: 0, pause: LOOK_AGAIN_MS.first };
  let telling = false;

  const time = (): number => clock().getTime();
  const asked = () => ({ now: clock(), timeZone, limits, server });
  /** What is known, with what only we know yet. */
  const current = (): Budget => withLearnt(budgetAt(known, clock(), timeZone), news.peek());
  /** When the most patient person gives up; 0 when nobody waits. */
  const waitedForUntil = (all: readonly Waiter[]): number =>
    Math.max(0, ...all.filter(({ priority }) => isWaitedFor(priority)).map(({ deadline }) => deadline));
  const of = (priority: Priority): readonly Waiter[] =>
    waiters.filter((waiter) => waiter.priority === priority);

  function refusal(priority: Priority, at: number): ZohoTrouble {
    news.refused();
    const code = isStopped(current(), priority, asked()) ? 'own_budget' : 'own_turn';
    const retryAfterSeconds = Math.max(1, Math.ceil((at - time()) / 1000));
    return new ZohoTrouble('books', 'rate_limited', { code, retryAfterSeconds });
  }

  /** When a call asked for now would begin. */
  function expectedAt(priority: Priority, caller: string | null): number {
    const budget = current();
    const at = time();
    const verdict = verdictOn(budget, priority, asked());
    const before = PRIORITIES.slice(0, PRIORITIES.indexOf(priority)).reduce(
      (sum, kind) => sum + of(kind).length,
      0,
    );
    const ahead =
      priority === 'interactive' ? line.ahead(of(priority), caller, at) : before + of(priority).length;
    const opens = minuteOpensAt(budget, { priority, ahead, at, limits });
    return verdict.kind === 'later' ? Math.max(verdict.at, opens) : opens;
  }

  function admitted(priority: Priority): Promise<string> {
    const caller = isWaitedFor(priority) ? (callerNow() ?? null) : null;
    const now = time();
    const at = expectedAt(priority, caller);
    const longest = limits.maxWaitMs[priority];
    // When Books itself said stop, whoever asks is told so at once instead of waiting out most of a minute.
    const isStop = current().shutUntil >= now + limits.maxWaitMs.interactive;
    if (at - now > longest || isStop) {
      const trouble = refusal(priority, priority === 'interactive' ? line.promise(caller, at, now) : at);
      wakeForNext();
      return Promise.reject(trouble);
    }
    return new Promise((start, refuse) => {
      waiters = [...waiters, { priority, caller, deadline: now + longest, start, refuse }];
      pump();
    });
  }

  /** Whoever may go next, most urgent first. */
  function front(budget: Budget, now: number): readonly Waiter[] {
    const people = of('interactive');
    const going = people.length > 0 ? line.next(people, limits.perMinute - budget.starts.length, now) : [];
    return [...going, ...PRIORITIES.filter((kind) => kind !== 'interactive').flatMap(of)].slice(
      0,
      limits.atOnce,
    );
  }

  /** One decision at a time; whoever comes meanwhile is in the next one. */
  function pump(): void {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    void decide().finally(() => {
      busy = false;
      if (again) pump();
      else wakeForNext();
    });
  }

  async function decide(): Promise<void> {
    try {
      let more: boolean;
      do {
        again = false;
        more = await letGo();
        refuseLate(); // after it: whose time is over at the very moment the budget opens still goes
      } while (more || again);
    } catch (cause) {
      const left = waiters;
      waiters = [];
      for (const { refuse } of left) refuse(cause);
    }
  }

  /** Asks the shared budget once, unless what is known says no already. True when more may follow. */
  async function letGo(): Promise<boolean> {
    const now = time();
    const budget = current();
    const going = front(budget, now);
    const [first] = going;
    const mayGo = first !== undefined && isWorthAsking(budget, first.priority, now);
    if (!mayGo && !news.isUrgent()) return false;
    const wants = mayGo ? going.map(({ priority }) => ({ id: `${server}:${calls++}`, priority })) : [];
    const told = taken();
    const outcome = await shared
      .change((stored) => {
        const learnt = withLearnt(budgetAt(stored, clock(), timeZone), told);
        const { budget: next, admitted: many } = admit(learnt, wants, asked());
        const staying = waiters.filter((waiter) => !going.slice(0, many).includes(waiter));
        const left = withWaiting(next, server, waitedForUntil(staying));
        return { budget: left, result: { budget: left, many } };
      })
      .catch((cause: unknown) => {
        news.putBack(told);
        throw cause;
      });
    known = outcome.budget;
    going.slice(0, outcome.many).forEach((waiter, at) => {
      begin(waiter, wants[at]?.id ?? '');
    });
    if (outcome.many > 0 || !mayGo) lookAgain = { at: 0, pause: LOOK_AGAIN_MS.first };
    else
      lookAgain = {
        at: time() + lookAgain.pause,
        pause: Math.min(lookAgain.pause * 2, LOOK_AGAIN_MS.longest),
      };
    return outcome.many > 0 && waiters.length > 0;
  }

  function begin(waiter: Waiter, id: string): void {
    waiters = waiters.filter((other) => other !== waiter);
    running += 1;
    if (waiter.priority === 'interactive') line.started(waiter.caller, time());
    waiter.start(id);
  }

  function isWorthAsking(budget: Budget, priority: Priority, now: number): boolean {
    const { kind } = verdictOn(budget, priority, asked());
    // A place of ours comes free when a call of ours ends, and then we are here again.
    return kind === 'now' || (kind === 'place' && hasForeign(budget) && now >= lookAgain.at);
  }
  const hasForeign = (budget: Budget): boolean =>
    budget.running.length > running || Object.keys(budget.waiting).some((other) => other !== server);

  function refuseLate(): void {
    const now = time();
    const { shutUntil } = current();
    const late = waiters.filter(({ deadline }) => deadline <= now || deadline <= shutUntil);
    if (late.length === 0) return;
    waiters = waiters.filter((waiter) => !late.includes(waiter));
    for (const { priority, caller, refuse } of late) {
      const at = Math.max(shutUntil, expectedAt(priority, caller));
      refuse(
        refusal(
          priority,
          priority === 'interactive' && shutUntil <= now ? line.promise(caller, at, now) : at,
        ),
      );
    }
  }

  /** A finished call pumps by itself; only time passing needs a wake-up. */
  function wakeForNext(): void {
    if (news.any() && !telling) void tellSoon();
    if (waiters.length === 0) return;
    const now = time();
    const budget = current();
    const [first] = front(budget, now);
    const moments = waiters.map(({ deadline }) => deadline);
    if (!first) moments.push(line.turnsEndAt(), (budget.starts[0] ?? now) + 60_000);
    else {
      const verdict = verdictOn(budget, first.priority, asked());
      if (verdict.kind === 'later') moments.push(verdict.at);
      if (verdict.kind === 'place' && hasForeign(budget)) moments.push(Math.max(lookAgain.at, now + 1));
    }
    const next = Math.min(...moments.filter((at) => at > now));
    if (!Number.isFinite(next) || next >= wakeAt) return;
    wakeAt = next;
    void wait(next - now).then(() => {
      if (wakeAt === next) wakeAt = Number.POSITIVE_INFINITY;
      pump();
    });
  }

  async function tellSoon(): Promise<void> {
    telling = true;
    await wait(TELL_AFTER_MS);
    telling = false;
    if (news.any()) await tell().catch(onTrouble);
  }

  /** What is to be told; known here from now on, whether it has been told or not. */
  function taken(): Learnt {
    const told = news.take();
    known = withLearnt(known, told);
    return told;
  }

  async function tell(): Promise<void> {
    const told = taken();
    try {
      known = await shared.change((stored) => {
        const budget = withLearnt(budgetAt(stored, clock(), timeZone), told);
        return { budget, result: budget };
      });
    } catch (cause) {
      news.putBack(told);
      throw cause;
    }
  }

  /** Notes Books' own limit answer; nobody calls again before it has passed. */
  function limited(trouble: ZohoTrouble): ZohoTrouble {
    const code = trouble.detail.code ?? '429';
    const seconds = pauseSeconds(trouble, clock(), timeZone);
    news.limited(code, code === TOO_MANY_AT_ONCE ? 0 : time() + seconds * 1000);
    return new ZohoTrouble('books', 'rate_limited', { ...trouble.detail, code, retryAfterSeconds: seconds });
  }

  return {
    async run(priority, call) {
      const caller = isWaitedFor(priority) ? (callerNow() ?? null) : null;
      for (let tries = 0; ; tries += 1) {
        const id = await admitted(priority);
        try {
          return await call();
        } catch (cause) {
          if (!(cause instanceof ZohoTrouble) || cause.kind !== 'rate_limited') throw cause;
          const trouble = limited(cause);
          if (trouble.detail.code !== TOO_MANY_AT_ONCE || tries === RETRIES_AT_ONCE) throw trouble;
        } finally {
          running -= 1;
          news.ended(id);
          if (priority === 'interactive') line.ended(caller, time());
          pump();
        }
        await wait(200 * 2 ** tries * (0.5 + random()));
      }
    },

    heard: news.heard,

    async bears(priority) {
      known = budgetAt(await shared.read(), clock(), timeZone);
      return expectedAt(priority, null) - time() <= limits.maxWaitMs[priority];
    },

    async usage() {
      const stored = budgetAt(await shared.read(), clock(), timeZone);
      const budget = withLearnt(stored, news.peek());
      const day = dayOf(budget, limits);
      const shut = budget.shutUntil > time();
      return {
        running: budget.running.length,
        waiting: Object.fromEntries(PRIORITIES.map((kind) => [kind, of(kind).length])) as Record<
          Priority,
          number
        >, // safe because every priority is in it
        minute: {
          used: budget.starts.length,
          limit: limits.perMinute,
          left: shut ? 0 : Math.max(0, limits.perMinute - budget.starts.length),
        },
        day: {
          date: dayNamed(budget),
          used: day.used,
          limit: day.limit,
          left: shut ? 0 : Math.max(0, day.ours - day.used),
          byPurpose: budget.today,
        },
        refused: budget.refused,
        limitAnswers: budget.limitAnswers,
        shutUntil: shut ? new Date(budget.shutUntil) : null,
      };
    },

    close: () => (news.any() ? tell() : Promise.resolve()),
  };
}
