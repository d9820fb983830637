import * as z from 'zod/mini';
import { Day, Instant } from './figures.ts';

const Count = z.number();

/** `left` is what we may still use: a part of `limit` is kept for the organisation's other apps. */
const Budget = z.object({ used: Count, limit: Count, left: Count });

/**
 * Why something failed, as far as the next step depends on it. Texts are in the message catalogue under
 * `health.cause.<cause>`.
 */
export const TroubleCause = z.enum([
  'connection.revoked', // the consent was ended at Zoho
  'connection.unreadable', // our stored consent no longer opens
  'books.refused', // Books does not allow a call
  'books.unreachable', // no answer, or an error of Books itself
  'books.not_understood', // an answer that makes no sense
  'budget.day', // the day's calls are used up
  'budget.minute', // too many calls in a minute, or at once
  'budget.blocked', // Books has shut the organisation out for a while
  'crm.unreachable',
  'crm.refused',
  'crm.rate_limited',
  'server.failed', // ours
]);
export type TroubleCause = z.infer<typeof TroubleCause>;

/** Whose work it was. */
export const TroubleArea = z.enum([
  'changes', // following what changes in Books
  'customer', // bringing one customer up to date
  'reading', // completing what somebody looked at
  'links', // links between documents and deals
  'people', // who works in Books
  'requests', // what somebody asked for
]);
export type TroubleArea = z.infer<typeof TroubleArea>;

const Trouble = z.object({
  area: TroubleArea,
  cause: TroubleCause,
  /** Zoho's number or a word of ours, for support. */
  code: z.string(),
  /** How often since `firstAt`. */
  count: Count,
  firstAt: Instant,
  lastAt: Instant,
  /** `not_again`: whether it is over cannot be told, but it has not happened again for a while. */
  state: z.enum(['going_on', 'not_again', 'over']),
  endedAt: z.nullable(Instant),
  /** To quote to support: a request, or a line of the log. */
  reference: z.string(),
  /** Whether trying again now may help. */
  retry: z.boolean(),
});

/** What an administrator has to know first. `reason` has a text and a next step under `health.reason.<reason>`. */
const HealthReason = z.enum([
  'well',
  'starting', // connected just now
  'filling', // all is well, and not everything is here yet
  'not_connected',
  'choose_organisation',
  'reconnect',
  'paused', // by an administrator, who can go on
  'disabled',
  'silent', // changes have not been followed for too long
  'nobody_follows', // no server does the work in the background
  'background_off', // and none is meant to
  'budget', // no calls are left for now
  'trouble', // reads fail; the newest cause says why
  'differences',
  'reconnect_to_link',
]);

const Verdict = z.object({
  state: z.enum(['well', 'attention', 'broken']),
  reason: HealthReason,
  /** Of `trouble`. */
  cause: z.nullable(TroubleCause),
  since: z.nullable(Instant),
  /** When it ends by itself. */
  until: z.nullable(Instant),
});

/** In the order the backfill reads them. */
export const BackfillList = z.enum([
  'contact',
  'invoice',
  'payment',
  'credit_note',
  'estimate',
  'sales_order',
  'expense',
  'customers', // customers' own pages, after all lists
]);

/** How the connection, the local copy of Books, and the work on it stand. */
export const Health = z.object({
  at: Instant,
  verdict: Verdict,
  connection: z.object({
    state: z.enum(['good', 'reconnect', 'choose_organisation', 'not_connected', 'paused', 'disabled']),
    /** Why it has to be made again. */
    reason: z.nullable(z.enum(['revoked', 'unreadable'])),
    /** When it was made, was found to be gone, or was stopped. */
    since: z.nullable(Instant),
    /** Whether documents can be linked as it stands: it was asked for links too, and works. */
    mayLink: z.boolean(),
  }),
  /** Which server follows the changes. `off`: none of those that answer is meant to. */
  follower: z.object({
    state: z.enum(['following', 'nobody', 'off']),
    /** Short, and only good for telling servers apart. */
    server: z.nullable(z.string()),
  }),
  freshness: z.object({
    /** Every change before this instant is in the figures, or its customer is among the wanted. */
    followedTo: z.nullable(Instant),
    /** Until when figures count as current without another pass. */
    goodUntil: z.nullable(Instant),
    nextPassAt: z.nullable(Instant),
    /** When Books last told us of a change by itself. */
    toldAt: z.nullable(Instant),
    toldWithinDay: z.boolean(),
  }),
  /** What the organisation's Books was called for, by all servers; `null` until one is chosen. */
  calls: z.nullable(
    z.object({
      /** Of the last sixty seconds; `limit` is what we allow ourselves. */
      minute: Budget,
      /** Of the organisation's day; `limit` is what Books allows everyone together, `others` what was not ours. */
      day: z.object({ ...Budget.shape, date: Day, others: Count }),
      /** Of today, e.g. `interactive`, `feed`, `backfill`. */
      byPurpose: z.record(z.string(), Count),
      /** Not made today because the wait would have been too long. */
      refused: Count,
      /** Books' own limit answers of today, by code. */
      limitAnswers: z.record(z.string(), Count),
      /** No call before this instant. */
      shutUntil: z.nullable(Instant),
    }),
  ),
  ledger: z.nullable(
    z.object({
      customers: Count,
      filled: Count,
      documents: Count,
      /** Customers of whom a change is known that is not in their figures yet. */
      wanted: Count,
      backfill: z.object({
        state: z.enum(['waiting', 'lists', 'customers', 'done']),
        /** What is being read; `null` before it began. */
        list: z.nullable(BackfillList),
        /** Pages read so far. */
        pages: Count,
        done: Count,
        /** `null` until all customers are listed. */
        total: z.nullable(Count),
        /** Customers an hour. */
        rate: z.nullable(z.number()),
        expectedEnd: z.nullable(Instant),
      }),
    }),
  ),
  /** How the copy compares with Books' own sums. No amounts: the customer's panel shows them to whoever may see them. */
  differences: z.nullable(
    z.object({
      checked: Count,
      checkedLately: Count,
      lastAt: z.nullable(Instant),
      /** Customers that came to tie again in the last seven days by being read in full. */
      mendedLately: Count,
      /** Customers that do not tie now. */
      differing: Count,
      customers: z.array(
        z.object({
          id: z.string(),
          name: z.nullable(z.string()),
          crmAccountId: z.nullable(z.string()),
          checkedAt: z.nullable(Instant),
        }),
      ),
    }),
  ),
  /** Newest first. */
  troubles: z.array(Trouble),
  /** From when on an administrator may have everything tried again; `null`: now. */
  retryFrom: z.nullable(Instant),
});
export type Health = z.infer<typeof Health>;
