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

/** An instant as Books prints it in a time zone: `2026-02-01T08:02:15-0500`. */
export function momentIn(timeZone: string, instant: Date): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'longOffset',
  }).formatToParts(instant);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  const offset = part('timeZoneName').replace('GMT', '').replace(':', '') || '+0000';
  return `${dayIn(timeZone, instant)}T${part('hour')}:${part('minute')}:${part('second')}${offset}`;
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
