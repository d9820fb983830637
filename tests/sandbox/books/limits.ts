import type { Organisation } from '../organisation.ts';
import { BOOKS_LIMIT_MESSAGES, booksLimit } from '../scenario-answers.ts';
import { type Clock, dayIn } from '../zoho-clock.ts';
import { text } from '../zoho-wire.ts';

export interface LimitSettings {
  /** Calls within 60 s. */
  readonly perMinute: number;
  /** Calls within a calendar day of the organisation. */
  readonly perDay: number;
  readonly concurrent: number;
}

const MINUTE_MS = 60_000;
const BLOCK_MS = 3_600_000;
/** Tries within a minute, refused ones included, after which Books blocks for an hour. */
const BURST = 1_000;
const PER_DAY: Readonly<Record<string, number>> = {
  free: 1_000,
  standard: 2_000,
  professional: 5_000,
  premium: 10_000,
  elite: 10_000,
  ultimate: 10_000,
};

interface Counter {
  tries: number[];
  calls: number[];
  day: string;
  today: number;
  inProcess: number;
  blockedUntil: number;
}

/** Call budgets per Books organisation, by the sandbox's clock. */
export interface BooksLimits {
  /** Counts a call in; answers the refusal, or how to count it out. */
  enter(organisationId: string): Response | (() => void);
  /** Headers of the daily budget, as Books sends them on some replies. */
  headers(organisationId: string): Readonly<Record<string, string>>;
  reset(): void;
}

export function createBooksLimits(ask: {
  organisation: Organisation;
  clock: Clock;
  settings?: Partial<LimitSettings>;
}): BooksLimits {
  const counters = new Map<string, Counter>();
  const { organizations } = ask.organisation.books;
  const bookOf = (id: string) => organizations.find((one) => text(one, 'organization_id') === id);

  const settingsOf = (id: string): LimitSettings => {
    const plan = text(bookOf(id), 'plan_name').toLowerCase().split(' ')[0] ?? '';
    const free = plan === 'free';
    return { perMinute: 100, perDay: PER_DAY[plan] ?? 2_000, concurrent: free ? 5 : 10, ...ask.settings };
  };
  const counterOf = (id: string): Counter => {
    const known = counters.get(id);
    if (known) return known;
    const counter: Counter = { tries: [], calls: [], day: '', today: 0, inProcess: 0, blockedUntil: 0 };
    counters.set(id, counter);
    return counter;
  };

  return {
    enter(id) {
      const limits = settingsOf(id);
      const counter = counterOf(id);
      const now = ask.clock.now().getTime();
      const within = (moments: readonly number[]): number[] => moments.filter((at) => at > now - MINUTE_MS);
      const day = dayIn(text(bookOf(id), 'time_zone') || 'UTC', new Date(now));
      if (counter.day !== day) Object.assign(counter, { day, today: 0 });
      counter.tries = [...within(counter.tries), now];
      counter.calls = within(counter.calls);
      if (counter.tries.length > BURST) counter.blockedUntil = now + BLOCK_MS;
      if (now < counter.blockedUntil) return booksLimit(43, BOOKS_LIMIT_MESSAGES.security);
      if (counter.calls.length >= limits.perMinute) return booksLimit(44, BOOKS_LIMIT_MESSAGES.minute);
      if (counter.today >= limits.perDay) return booksLimit(45, BOOKS_LIMIT_MESSAGES.day(limits.perDay));
      if (counter.inProcess >= limits.concurrent) return booksLimit(1070, BOOKS_LIMIT_MESSAGES.concurrency);
      counter.calls.push(now);
      counter.today += 1;
      counter.inProcess += 1;
      return () => {
        counter.inProcess -= 1;
      };
    },
    headers(id) {
      const { perDay } = settingsOf(id);
      return {
        'x-rate-limit-limit': String(perDay),
        'x-rate-limit-remaining': String(Math.max(0, perDay - counterOf(id).today)),
      };
    },
    reset() {
      counters.clear();
    },
  };
}
