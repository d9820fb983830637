import { z } from 'zod';
import { type CalendarDay, dayIn } from '../domain/calendar-day.ts';
import { nextMidnight } from './books-limits.ts';
import { isWaitedFor, PRIORITIES, type Priority } from './priority.ts';

const MINUTE_MS = 60_000;
/** Longer than any call may take (see the transport's timeout): what has not ended by then belongs to a dead server. */
const HOLD_MS = 15_000;

const Counts = z.record(z.string(), z.number());

/** What one Books organisation's calls were spent on, as all servers know it. Instants in milliseconds. */
export const Budget = z.object({
  /** The organisation's, whose calls `today`, `refused` and `limitAnswers` count. */
  day: z.string(),
  today: Counts,
  refused: z.number(),
  limitAnswers: Counts,
  /** When the calls of the last minute began, oldest first. */
  starts: z.array(z.number()),
  running: z.array(z.object({ id: z.string(), until: z.number() })),
  /** Servers at which a person waits for a place, and until when. */
  waiting: Counts,
  shutUntil: z.number(),
  /** What Zoho itself said of the day: its limit, and calls that were not ours. `null` while it says nothing. */
  told: z.nullable(z.object({ perDay: z.number(), others: z.number() })),
});
export type Budget = z.infer<typeof Budget>;

export interface BudgetLimits {
  readonly atOnce: number;
  readonly perMinute: number;
  /** What the organisation's plan allows, everyone's calls together. */
  readonly perDay: number;
}

/** A tenth of the day is left to the organisation's other apps. */
const OURS = 0.9;
/** Background work stops here, whoever used the rest: what is left is for people. */
const BACKGROUND_STOPS_AT = 0.85;
/** Of a minute, how much may be used when a call of this kind begins; of a day, how much it and lesser kinds may use. */
const SHARES: Record<Priority, { readonly minute: number; readonly day: number }> = {
  interactive: { minute: 1, day: 1 },
  write: { minute: 1, day: 1 },
  automation: { minute: 0.5, day: 0.7 },
  feed: { minute: 0.5, day: 0.7 },
  background: { minute: 0.5, day: 0.6 },
  backfill: { minute: 0.5, day: 0.4 },
};

/** The budget as it is now: what is over is gone from it. */
export function budgetAt(stored: unknown, now: Date, timeZone: string): Budget {
  const day = dayIn(timeZone, now);
  const before: Budget =
    stored === null
      ? { ...FRESH_DAY, day, starts: [], running: [], waiting: {}, shutUntil: 0 }
      : Budget.parse(stored);
  const at = now.getTime();
  return {
    ...before,
    // A server whose clock is behind does not bring yesterday back.
    ...(before.day < day ? { ...FRESH_DAY, day } : {}),
    starts: before.starts.filter((start) => at - start < MINUTE_MS),
    running: before.running.filter(({ until }) => until > at),
    waiting: Object.fromEntries(Object.entries(before.waiting).filter(([, until]) => until > at)),
  };
}

const FRESH_DAY = { today: {}, refused: 0, limitAnswers: {}, told: null } as const;

/** May a call begin now, at which instant at the earliest, or only when another one ends? */
export type Verdict = { readonly kind: 'now' | 'place' } | { readonly kind: 'later'; readonly at: number };

interface Asked {
  readonly now: Date;
  readonly timeZone: string;
  readonly limits: BudgetLimits;
  /** Of the server that asks. */
  readonly server: string;
}

export function verdictOn(budget: Budget, priority: Priority, asked: Asked): Verdict {
  const { now, timeZone, limits, server } = asked;
  const at = now.getTime();
  const opens = Math.max(budget.shutUntil, minuteOpensAt(budget, { priority, ahead: 0, at, limits }));
  if (dayIsUsed(budget, priority, limits))
    return { kind: 'later', at: Math.max(opens, nextMidnight(now, timeZone)) };
  if (opens > at) return { kind: 'later', at: opens };
  const waitedFor = isWaitedFor(priority);
  // Background work leaves a place free, so that a person never queues behind it, on whichever server.
  const places = waitedFor ? limits.atOnce : Math.max(1, limits.atOnce - 1);
  const yields = !waitedFor && Object.keys(budget.waiting).some((other) => other !== server);
  return { kind: budget.running.length >= places || yields ? 'place' : 'now' };
}

/** When the call after `ahead` others may begin, as far as the minute is concerned. */
export function minuteOpensAt(
  { starts }: Budget,
  {
    priority,
    ahead,
    at,
    limits,
  }: { priority: Priority; ahead: number; at: number; limits: Pick<BudgetLimits, 'perMinute'> },
): number {
  const share = Math.max(1, Math.floor(limits.perMinute * SHARES[priority].minute));
  const index = starts.length + ahead - share;
  if (index < 0) return at;
  // Calls that have not begun yet free their place a minute from now at the earliest.
  return (starts[index] ?? at) + MINUTE_MS;
}

/** Whether nobody may call at all for now, or none of this kind today; otherwise only the minute is full. */
export const isStopped = (budget: Budget, priority: Priority, { now, limits }: Asked): boolean =>
  budget.shutUntil > now.getTime() || dayIsUsed(budget, priority, limits);

function dayIsUsed(budget: Budget, priority: Priority, limits: BudgetLimits): boolean {
  const { used, ours } = dayOf(budget, limits);
  if (used >= ours * (isWaitedFor(priority) ? 1 : BACKGROUND_STOPS_AT)) return true;
  // Every share that holds this kind: what the backfill takes counts against the feed's share as well.
  return PRIORITIES.slice(0, PRIORITIES.indexOf(priority) + 1).some((kind) => {
    const lesser = PRIORITIES.slice(PRIORITIES.indexOf(kind));
    const spent = lesser.reduce((sum, name) => sum + (budget.today[name] ?? 0), 0);
    return spent >= Math.floor(ours * SHARES[kind].day);
  });
}

/** How the organisation's day stands: calls of everyone, and how many there may be before we make no more. */
export function dayOf(
  { today, told }: Budget,
  { perDay }: Pick<BudgetLimits, 'perDay'>,
): { readonly used: number; readonly ours: number; readonly limit: number } {
  const limit = told?.perDay ?? perDay;
  const own = Object.values(today).reduce((sum, calls) => sum + calls, 0);
  return { used: own + (told?.others ?? 0), ours: Math.floor(limit * OURS), limit };
}

/**
 * Lets as many of the calls begin as the budget allows, in the order given; where one has to wait, so do those behind it.
 * @param wants ids and kinds, most urgent first
 */
export function admit(
  budget: Budget,
  wants: readonly { readonly id: string; readonly priority: Priority }[],
  asked: Asked,
): { readonly budget: Budget; readonly admitted: number } {
  const at = asked.now.getTime();
  let next = budget;
  let admitted = 0;
  for (const { id, priority } of wants) {
    if (verdictOn(next, priority, asked).kind !== 'now') break;
    admitted += 1;
    next = {
      ...next,
      today: { ...next.today, [priority]: (next.today[priority] ?? 0) + 1 },
      // In order, also when another server's clock is ahead of ours.
      starts: [...next.starts, Math.max(at, next.starts.at(-1) ?? at)],
      running: [...next.running, { id, until: at + HOLD_MS }],
    };
  }
  return { budget: next, admitted };
}

/** What a server has learnt since it last told the others. */
export interface Learnt {
  /** Calls that have ended. */
  readonly ended: readonly string[];
  readonly refused: number;
  readonly limitAnswers: Readonly<Record<string, number>>;
  readonly shutUntil: number;
  /** Zoho's headers of an answer: the day's limit, and what is left of it. */
  readonly told: { readonly perDay: number; readonly left: number } | null;
}

/** @param until when the most patient person who waits at this server gives up; 0 when nobody waits */
export function withWaiting(budget: Budget, server: string, until: number): Budget {
  const { [server]: _, ...others } = budget.waiting;
  return { ...budget, waiting: until > 0 ? { ...others, [server]: until } : others };
}

export function withLearnt(budget: Budget, learnt: Learnt): Budget {
  const limitAnswers = { ...budget.limitAnswers };
  for (const [code, times] of Object.entries(learnt.limitAnswers))
    limitAnswers[code] = (limitAnswers[code] ?? 0) + times;
  const own = Object.values(budget.today).reduce((sum, calls) => sum + calls, 0);
  return {
    ...budget,
    running: budget.running.filter(({ id }) => !learnt.ended.includes(id)),
    refused: budget.refused + learnt.refused,
    limitAnswers,
    shutUntil: Math.max(budget.shutUntil, learnt.shutUntil),
    told: learnt.told
      ? {
          perDay: learnt.told.perDay,
          others: Math.max(0, learnt.told.perDay - learnt.told.left - own),
        }
      : budget.told,
  };
}

export const dayNamed = ({ day }: Budget): CalendarDay => day as CalendarDay; // safe because `budgetAt` wrote it
