import { z } from 'zod';
import { type CalendarDay, parseCalendarDay } from '../domain/calendar-day.ts';
import type { CurrencyCode, DecimalText } from '../domain/money.ts';
import { ZohoTrouble } from './trouble.ts';

/** Zoho's way to say "nothing here" is `""` (for numbers and dates too), null, or leaving the field out. */
export const maybe = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' || value === null ? undefined : value), schema.optional());

/** Ids are text for us even where Zoho writes a number; the alphabet is what may stand in a path. */
export const Id = z
  .union([z.string(), z.int().nonnegative()])
  .transform(String)
  .pipe(z.string().regex(/^[A-Za-z0-9_-]{1,50}$/));

/** Free text; hostile until escaped by whoever shows it. Absent is empty. */
export const Text = maybe(z.union([z.string(), z.number()])).transform((value) => String(value ?? ''));

/** A float or a text as Zoho sends amounts and rates. Refuses what is not finite or cannot be exact. */
export const Decimal = z.union([z.number(), z.string()]).transform((value, context): DecimalText => {
  const text = String(value).trim();
  const unsafe = typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER;
  if (!unsafe && /^-?\d{1,30}(\.\d{1,20})?(e-\d{1,2})?$/.test(text)) return text;
  context.addIssue({ code: 'custom', message: 'not an exact number' });
  return z.NEVER;
});

export const Day = z.string().transform((value, context): CalendarDay => {
  const day = parseCalendarDay(value);
  if (day) return day;
  context.addIssue({ code: 'custom', message: 'not a day' });
  return z.NEVER;
});

export const Currency = z
  .string()
  .regex(/^[A-Za-z]{3}$/)
  .transform((code): CurrencyCode => code.toUpperCase());

/** When something last changed, only ever compared for equality. Any form Zoho writes is good. */
export const Stamp = maybe(z.union([z.string().max(60), z.number()]).transform(String)).catch(undefined);

/**
 * Parses what Zoho answered. Throws `ZohoTrouble` `unreachable` that names the field and never its value.
 */
export function parseAnswer<Schema extends z.ZodType>(
  service: ZohoTrouble['service'],
  schema: Schema,
  body: unknown,
): z.infer<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  // Paths hold our own schema's names and row numbers only; the numbers say nothing and go.
  const path = (parsed.error.issues[0]?.path ?? []).filter((part) => typeof part === 'string').join('.');
  throw new ZohoTrouble(service, 'unreachable', { code: `unexpected_shape:${path || 'body'}` });
}
