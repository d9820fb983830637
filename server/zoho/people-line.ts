import type { BudgetLimits } from './budget.ts';

/** What the figures of a customer cost who opens a panel for the first time: so many calls are kept for each of them. */
const FILL_CALLS = 5;
/** Nobody makes more calls than this while others stand in line. */
const TURN_CALLS = 8;
/** Between the calls of one question pass milliseconds; whoever asks for nothing this long has all they wanted. */
const TURN_IDLE_MS = 2_000;
/** Whoever was told a moment to come back at is expected around then. */
const PUNCTUAL_MS = 5_000;
/** Background work and people who come for the first time take a little too. */
const SLACK = 1.1;
const MINUTE_MS = 60_000;

interface Turn {
  calls: number;
  running: number;
  usedAt: number;
}

interface Standing {
  /** `null` where nobody knows who asks. */
  readonly caller: string | null;
}

/**
 * Who of the people at one server comes next. Everybody's few calls are made in one go, because half an answer helps
 * nobody, and somebody who asks for much stands in line again after a while. Whoever cannot be served within the
 * minute gets a moment of their own to come back at, instead of all the same one.
 */
export function createPeopleLine({ perMinute }: Pick<BudgetLimits, 'perMinute'>) {
  const expected = Math.min(FILL_CALLS, Math.max(1, Math.floor(perMinute / 4)));
  const turns = new Map<string, Turn>();
  const lastTurns = new Map<string, number>();
  const promises = new Map<string, number>();
  let promisedTo = 0;
  let turnsGiven = 0;

  const isOver = ({ calls, running, usedAt }: Turn, stands: boolean, now: number): boolean =>
    running === 0 && (calls >= TURN_CALLS || (!stands && now - usedAt >= TURN_IDLE_MS));
  const lastTurn = (caller: string | null): number => lastTurns.get(caller ?? '') ?? 0;

  function tidy(waiting: readonly Standing[], now: number): void {
    for (const [caller, turn] of turns) {
      const stands = waiting.some((waiter) => waiter.caller === caller);
      if (isOver(turn, stands, now)) turns.delete(caller);
    }
    for (const [caller, at] of promises) if (at + PUNCTUAL_MS < now) promises.delete(caller);
    if (turns.size === 0 && waiting.length === 0) lastTurns.clear();
  }

  /** Calls that are spoken for by others than this caller. */
  function spokenFor(caller: string | null, now: number): number {
    // Whoever comes when they were told to stands before everybody who was told a later moment.
    const mine = (caller === null ? undefined : promises.get(caller)) ?? Number.POSITIVE_INFINITY;
    let calls = 0;
    for (const [other, turn] of turns) if (other !== caller) calls += Math.max(0, expected - turn.calls);
    for (const [other, at] of promises)
      if (other !== caller && !turns.has(other) && at < mine && at - PUNCTUAL_MS <= now) calls += expected;
    return calls;
  }

  return {
    /**
     * Those who may go, in order, if the minute has this much room.
     * @param waiting in the order they came
     */
    next<Waiter extends Standing>(waiting: readonly Waiter[], room: number, now: number): readonly Waiter[] {
      tidy(waiting, now);
      const callers = [...new Set(waiting.map(({ caller }) => caller))];
      const going = callers.filter(
        (caller) => caller !== null && (turns.get(caller)?.calls ?? TURN_CALLS) < TURN_CALLS,
      );
      going.sort((a, b) => lastTurn(a) - lastTurn(b));
      const standing = callers.filter((caller) => caller === null || !turns.has(caller));
      standing.sort((a, b) => lastTurn(a) - lastTurn(b));
      for (const caller of standing) {
        if (room - spokenFor(caller, now) < (caller === null ? 1 : expected)) break;
        going.push(caller);
        if (caller === null) continue;
        promises.delete(caller);
        turnsGiven += 1;
        lastTurns.set(caller, turnsGiven);
        turns.set(caller, { calls: 0, running: 0, usedAt: now });
      }
      return going.flatMap((caller) => waiting.filter((waiter) => waiter.caller === caller));
    },

    /** How many calls come before the last one of what this person asks for. */
    ahead(waiting: readonly Standing[], caller: string | null, now: number): number {
      if (caller === null) return waiting.length;
      tidy(waiting, now);
      const own = waiting.filter((waiter) => waiter.caller === caller).length;
      if (turns.has(caller)) return own;
      const others = new Set(waiting.map((waiter) => waiter.caller));
      for (const [other] of turns) others.delete(other);
      others.delete(caller);
      return Math.max(own, expected - 1) + spokenFor(caller, now) + others.size * expected;
    },

    started(caller: string | null, now: number): void {
      const turn = caller === null ? undefined : turns.get(caller);
      if (!turn) return;
      turn.calls += 1;
      turn.running += 1;
      turn.usedAt = now;
    },

    ended(caller: string | null, now: number): void {
      const turn = caller === null ? undefined : turns.get(caller);
      if (!turn) return;
      turn.running = Math.max(0, turn.running - 1);
      turn.usedAt = now;
    },

    /** When turns end by themselves. */
    turnsEndAt: (): number =>
      Math.min(
        ...[...turns.values()]
          .filter(({ running }) => running === 0)
          .map(({ usedAt }) => usedAt + TURN_IDLE_MS),
      ),

    /** When somebody who is refused shall come back. @param opensAt when there may be room again at the earliest */
    promise(caller: string | null, opensAt: number, now: number): number {
      if (caller === null) return opensAt;
      const before = promises.get(caller);
      if (before !== undefined && before > now) return Math.max(before, opensAt);
      // Whoever came as told, or has begun, does not go to the end again.
      const isFirst = before !== undefined || turns.has(caller);
      const at = isFirst ? opensAt : Math.max(opensAt, promisedTo);
      if (!isFirst) promisedTo = at + (MINUTE_MS / perMinute) * expected * SLACK;
      promises.set(caller, at);
      return at;
    },
  };
}
