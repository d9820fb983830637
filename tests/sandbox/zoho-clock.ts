const DAY_MS = 86_400_000;

export interface Clock {
  now(): Date;
  /** The date (`yyyy-mm-dd`) it is in a time zone. */
  today(timeZone: string): string;
}

/** Making one costs far more than using it, and every listed document asks for its day. */
const calendars = new Map<string, Intl.DateTimeFormat>();

/** The date an instant falls on in a time zone. */
export function dayIn(timeZone: string, instant: Date): string {
  const parts = { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const calendar = calendars.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', parts); // en-CA prints yyyy-mm-dd
  calendars.set(timeZone, calendar);
  return calendar.format(instant);
}

export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

/** A clock that runs like the machine's but starts on `today` when the organisation was made for a certain day. */
export function createClock(ask: { now?: () => Date; today?: string; timeZone: string }): Clock {
  const machine = ask.now ?? (() => new Date());
  const shiftMs = ask.today && !ask.now ? daysBetween(dayIn(ask.timeZone, machine()), ask.today) * DAY_MS : 0;
  const now = (): Date => new Date(machine().getTime() + shiftMs);
  return { now, today: (timeZone) => dayIn(timeZone, now()) };
}
