/** A plain calendar date, `yyyy-mm-dd`. It has no time and no zone; it sorts as text. @see domain rule A0.4 */
export type CalendarDay = string & { readonly __calendarDay: never };

const FORM = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAY_MS = 86_400_000;

/** `null` when the text is not a real date (`2026-02-30` is not). */
export function parseCalendarDay(text: string): CalendarDay | null {
  const [, year, month, day] = FORM.exec(text) ?? [];
  if (!year || !month || !day) return null;
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return at.toISOString().slice(0, 10) === text ? (text as CalendarDay) : null; // safe because the round trip proved it
}

/** For literals and data already checked. Throws on a wrong date. */
export function calendarDay(text: string): CalendarDay {
  const day = parseCalendarDay(text);
  if (!day) throw new Error(`Not a calendar day: ${text}`);
  return day;
}

/** The date an instant falls on in a time zone, e.g. the finance organisation's today. */
export function dayIn(timeZone: string, instant: Date): CalendarDay {
  const known = calendars.get(timeZone);
  // en-CA prints yyyy-mm-dd
  const calendar =
    known ??
    new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  if (!known) calendars.set(timeZone, calendar);
  return calendarDay(calendar.format(instant));
}

/** Making one takes longer than a whole question for figures; there are a few hundred zones. */
const calendars = new Map<string, Intl.DateTimeFormat>();

/** Whether days can be counted in it: an IANA name this Node knows. */
export function isTimeZone(timeZone: string): boolean {
  if (timeZone === '') return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false; // Intl has no other way to ask
  }
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: CalendarDay, to: CalendarDay): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

export function addDays(day: CalendarDay, days: number): CalendarDay {
  return calendarDay(new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10));
}

/** The same day of the month twelve months earlier; 29 February becomes 28. */
export function yearBefore(day: CalendarDay): CalendarDay {
  const earlier = `${Number(day.slice(0, 4)) - 1}`.padStart(4, '0') + day.slice(4);
  return parseCalendarDay(earlier) ?? calendarDay(`${earlier.slice(0, 8)}28`);
}

export const isBefore = (a: CalendarDay, b: CalendarDay): boolean => a < b;
export const isAfter = (a: CalendarDay, b: CalendarDay): boolean => a > b;
