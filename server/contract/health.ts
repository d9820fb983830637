import * as z from 'zod/mini';
import { Instant } from './figures.ts';

const Count = z.int().check(z.nonnegative());

/** How complete and how current the local copy of the organisation's Books is. */
export const Health = z.object({
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
