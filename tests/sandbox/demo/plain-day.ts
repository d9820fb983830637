/** `yyyy-mm-dd`; sorts as text. The sandbox keeps its own: it must not share a mistake with the server it checks. */
export type Day = string;

const DAY_MS = 86_400_000;

export function daysAfter(day: Day, days: number): Day {
  const at = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(at)) throw new Error(`Not a day: ${day}`);
  return new Date(at + days * DAY_MS).toISOString().slice(0, 10);
}

export const daysBetween = (from: Day, to: Day): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);

export const later = (a: Day, b: Day): Day => (a > b ? a : b);

/** The date an instant falls on in a time zone. */
export function dayIn(timeZone: string, instant: Date): Day {
  // en-CA prints yyyy-mm-dd
  const parts = { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  return new Intl.DateTimeFormat('en-CA', parts).format(instant);
}

export interface Stamps {
  /** As Books prints a moment: `2026-02-01T08:02:15-0500`. */
  books(day: Day, key: string): string;
  /** As CRM prints a moment: `2026-02-01T08:02:15-05:00`. */
  crm(day: Day, key: string): string;
}

/**
 * Moments within the working hours of a day, in the organisation's zone. The same `key` always has the same hour.
 * Moments of `today` are seconds after midnight, so that nothing was ever changed in the future.
 */
export function createStamps(timeZone: string, today: Day): Stamps {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const offsets = new Map<Day, string>();
  const offset = (day: Day): string => {
    const known = offsets.get(day);
    if (known) return known;
    const name = format
      .formatToParts(new Date(`${day}T12:00:00Z`))
      .find(({ type }) => type === 'timeZoneName')?.value;
    const found = name?.replace('GMT', '') || '+00:00';
    offsets.set(day, found);
    return found;
  };
  const moment = (day: Day, key: string): string => {
    const spread = Number(key.slice(-6)) || 0;
    const second = day >= today ? spread % 60 : 9 * 3600 + ((spread * 7919) % (8 * 3600));
    return `${day}T${new Date(second * 1000).toISOString().slice(11, 19)}`;
  };
  return {
    books: (day, key) => moment(day, key) + offset(day).replace(':', ''),
    crm: (day, key) => moment(day, key) + offset(day),
  };
}
