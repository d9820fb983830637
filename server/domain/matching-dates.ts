import { addDays, type CalendarDay, daysBetween } from './calendar-day.ts';
import type { MatchDeal, MatchDocument } from './matching-question.ts';

/** When documents of a deal are written. */
export interface Season {
  readonly from: CalendarDay;
  readonly to: CalendarDay;
  /** The day they gather around. */
  readonly heart: CalendarDay;
}

/** How long a deal is worked on when nobody tells when it began. */
const USUAL_WORK = 90;

export type Outcome = 'won' | 'lost' | 'open';

/** By the words Zoho ships; stages an organisation made up are read as open, which asks least of a document. */
export function outcomeOf({ stage }: Pick<MatchDeal, 'stage'>): Outcome {
  const word = stage.trim().toLowerCase();
  return word.startsWith('closed won') ? 'won' : word.startsWith('closed lost') ? 'lost' : 'open';
}

/**
 * A quote is written before the deal closes, an order at the close, invoices after it (a deposit some days before),
 * expenses all along. A deal still open may close any day.
 */
export function seasonOf(deal: MatchDeal, type: MatchDocument['type'], today: CalendarDay): Season {
  const outcome = outcomeOf(deal);
  const close = outcome === 'open' ? laterOf(deal.closingDate ?? today, today) : (deal.closingDate ?? today);
  const from = deal.created ?? addDays(outcome === 'open' ? today : close, -USUAL_WORK);
  if (outcome === 'open') return { from, to: close, heart: from };
  const around = (before: number, after: number): Season => ({
    from: addDays(close, -before),
    to: addDays(close, after),
    heart: close,
  });
  switch (type) {
    case 'estimate':
      return { from, to: close, heart: close };
    case 'sales_order':
      return around(7, 30);
    case 'invoice':
      return around(14, 90);
    case 'expense':
      return { from, to: addDays(close, 30), heart: close };
  }
}

/** 1 on the heart of the season, falling to `edge` at its ends; outside, the days to it as a negative number. */
export function seasonFit(date: CalendarDay, { from, to, heart }: Season, edge: number): number {
  if (date < from) return -daysBetween(date, from);
  if (date > to) return -daysBetween(to, date);
  const [days, span] =
    date < heart
      ? [daysBetween(date, heart), daysBetween(from, heart)]
      : [daysBetween(heart, date), daysBetween(heart, to)];
  return span === 0 ? 1 : 1 - (1 - edge) * (days / span);
}

const laterOf = (a: CalendarDay, b: CalendarDay): CalendarDay => (a > b ? a : b);
