import type { CalendarDay } from '../domain/calendar-day.ts';
import type { Priority } from './priority.ts';

/** How an organisation's call budget stands. Counts are of all servers, but for `waiting`. */
export interface GovernorUsage {
  readonly running: number;
  /** Calls that stand in line at this server. */
  readonly waiting: Readonly<Record<Priority, number>>;
  readonly minute: BudgetPart;
  readonly day: BudgetPart & {
    /** The organisation's. */
    readonly date: CalendarDay;
    /** Our own calls; `used` also holds those of other apps where Zoho tells them. */
    readonly byPurpose: Readonly<Partial<Record<Priority, number>>>;
  };
  /** Calls that were not made today because the wait would have been too long. */
  readonly refused: number;
  /** Books' own limit answers of today, by code. */
  readonly limitAnswers: Readonly<Record<string, number>>;
  /** No call before this instant. */
  readonly shutUntil: Date | null;
}

interface BudgetPart {
  readonly used: number;
  /** What Books allows a day; what we allow ourselves a minute. */
  readonly limit: number;
  /** What we may still use. */
  readonly left: number;
}
