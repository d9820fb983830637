import * as z from 'zod/mini';
import { Instant } from './figures.ts';

/** What an administrator goes through, in order. Having signed in comes before the first. */
export const SetupStep = z.enum([
  'pre_flight',
  'books',
  'organisation',
  'mapping',
  'visibility',
  'definitions',
  'place',
]);
export type SetupStep = z.infer<typeof SetupStep>;

/** Steps that are done once somebody says so; the others are done when what they ask for is there. */
export const PassableStep = z.enum(['pre_flight', 'mapping', 'visibility', 'definitions', 'place']);
export type PassableStep = z.infer<typeof PassableStep>;

export const Setup = z.object({
  administrator: z.object({ name: z.string() }),
  crm: z.object({ organisation: z.string() }),
  steps: z.array(z.object({ step: SetupStep, state: z.enum(['done', 'to_do', 'attention']) })),
  /** When the last step was passed; `null` while there is something left to do. */
  finishedAt: z.nullable(Instant),
  /** Who went on last; absent until somebody has. */
  last: z.optional(z.object({ name: z.string(), yourself: z.boolean(), at: Instant })),
});
export type Setup = z.infer<typeof Setup>;

export const PassStep = z.strictObject({ step: PassableStep });
export type PassStep = z.infer<typeof PassStep>;

/** What was found, one word for each thing there is to say; the widgets have texts for them. */
export const Finding = z.enum([
  'edition.good',
  'edition.unsure',
  'edition.trial',
  'edition.unknown',
  'edition.without_widgets',
  'edition.untold',
  'currency.same',
  'currency.differs',
  'currency.waits',
  'modules.there',
  'modules.missing',
  'modules.untold',
  'crm_scopes.granted',
  'crm_scopes.missing',
  'crm_scopes.untold',
  'books_scopes.granted',
  'books_scopes.missing',
  'books_scopes.no_links',
  'books_scopes.waits',
  'books_scopes.reconnect',
  'access.open',
  'access.refused',
  'access.untold',
  'access.waits',
  'access.reconnect',
  'data_centre.same',
  'data_centre.waits',
  'clock.right',
  'clock.off',
  'clock.untold',
]);
export type Finding = z.infer<typeof Finding>;

export const Check = z.object({
  finding: Finding,
  state: z.enum(['passed', 'warning', 'failed', 'unknown']),
  /** Whether the set-up cannot be finished with it. */
  blocks: z.boolean(),
  /** Names and numbers that belong into the text. */
  values: z.record(z.string(), z.string()),
});
export type Check = z.infer<typeof Check>;

export const PreFlight = z.object({ checkedAt: Instant, checks: z.array(Check) });
export type PreFlight = z.infer<typeof PreFlight>;
