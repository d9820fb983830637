import * as z from 'zod/mini';
import { Day, Instant } from './figures.ts';

const Count = z.int().check(z.nonnegative());

/** `left` is what we may still use: a part of `limit` is kept for the organisation's other apps. */
const Budget = z.object({ used: Count, limit: Count, left: Count });

/** How complete and how current the local copy of the organisation's Books is. */
export const Health = z.object({
  /** What the organisation's Books was called for, by all servers. */
  calls: z.object({
    /** Of the last sixty seconds; `limit` is what we allow ourselves. */
    minute: Budget,
    /** Of the organisation's day; `limit` is what Books allows everyone together. */
    day: z.extend(Budget, { date: Day }),
    /** Of today, e.g. `interactive`, `feed`, `backfill`. */
    byPurpose: z.record(z.string(), Count),
    /** Not made today because the wait would have been too long. */
    refused: Count,
    /** Books' own limit answers of today, by code. */
    limitAnswers: z.record(z.string(), Count),
    /** No call before this instant. */
    shutUntil: z.nullable(Instant),
  }),
  ledger: z.object({
    customers: Count,
    filled: Count,
    documents: Count,
    /** Customers of whom a change is known that is not in their figures yet. */
    wanted: Count,
    /** Customers whose documents did not come to Books' own sums when they were last compared. */
    differing: Count,
    /** Every change before this instant is in the figures, or its customer is among the wanted. */
    followedTo: z.nullable(Instant),
    backfill: z.object({
      state: z.enum(['waiting', 'lists', 'customers', 'done']),
      done: Count,
      /** `null` until all customers are listed. */
      total: z.nullable(Count),
      /** Customers an hour. */
      rate: z.nullable(z.number()),
      expectedEnd: z.nullable(Instant),
    }),
  }),
});
export type Health = z.infer<typeof Health>;
