import { dayIn } from '../domain/calendar-day.ts';
import type { ZohoTrouble } from './trouble.ts';

/** Too many calls at the same moment: the only limit that passes within a second. */
export const TOO_MANY_AT_ONCE = '1070';

const BLOCKED_FOR_SECURITY = '43';
const DAY_USED_UP = '45';

/**
 * For how long to leave Books alone after it refused a call, in seconds. Zoho's own word (`Retry-After`, or the daily
 * reset) comes first. @see https://www.zoho.com/books/api/v3/introduction/
 */
export function pauseSeconds({ detail }: ZohoTrouble, now: Date, timeZone: string): number {
  if (detail.retryAfterSeconds !== undefined) return Math.min(Math.max(detail.retryAfterSeconds, 1), 86_400);
  switch (detail.code) {
    case TOO_MANY_AT_ONCE:
      return 2;
    case BLOCKED_FOR_SECURITY:
      return 3600;
    case DAY_USED_UP:
      return Math.ceil((nextMidnight(now, timeZone) - now.getTime()) / 1000);
    default:
      return 60; // 44, the minute's limit, and a 429 without a word
  }
}

/** @see https://www.zoho.com/books/api/v3/introduction/#api-call-limit */
const CALLS_PER_DAY: Readonly<Record<string, number>> = {
  free: 1_000,
  standard: 2_000,
  professional: 5_000,
  premium: 10_000,
  elite: 10_000,
  ultimate: 10_000,
};

/** Calls a day of a plan by Zoho's name for it, e.g. `PROFESSIONAL` or `Standard Yearly`; `null` for one we do not know. */
export function callsPerDay(plan: string | undefined): number | null {
  const [word = ''] = (plan ?? '').trim().toLowerCase().split(/\s+/);
  return CALLS_PER_DAY[word] ?? null;
}

/** The first instant of the organisation's next day. Right on days of 23 and 25 hours too. */
export function nextMidnight(now: Date, timeZone: string): number {
  const today = dayIn(timeZone, now);
  let before = now.getTime();
  let after = before + 26 * 3_600_000;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (dayIn(timeZone, new Date(middle)) === today) before = middle;
    else after = middle;
  }
  return after;
}
