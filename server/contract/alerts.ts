import * as z from 'zod/mini';
import { Instant } from './figures.ts';

const Count = z.number();

/** What somebody can be told of. Texts are in the message catalogue under `health.alert.<kind>`. */
export const AlertKind = z.enum(['connection', 'silent', 'budget', 'differences', 'well']);
export type AlertKind = z.infer<typeof AlertKind>;

/** What became of a delivery, in a word of ours. */
export const DeliveryOutcome = z.enum([
  'delivered',
  'refused', // an answer that is not 2xx
  'redirected',
  'address_refused', // the name leads to an address that is not public
  'unknown_host',
  'timeout',
  'no_answer',
  'unreadable', // the stored address no longer opens
]);
export type DeliveryOutcome = z.infer<typeof DeliveryOutcome>;

export const Alerts = z.object({
  version: Count,
  /** `null`: nobody is told. */
  channel: z.nullable(
    z.object({
      /** Only the host: the rest of an address can be a secret. */
      host: z.nullable(z.string()),
      kinds: z.array(AlertKind),
      silentHours: z.number(),
      changedAt: Instant,
    }),
  ),
  /** The last twenty, newest first. */
  deliveries: z.array(
    z.object({
      id: z.string(),
      kind: z.union([AlertKind, z.literal('test')]),
      at: Instant,
      state: z.enum(['waiting', 'delivered', 'failed']),
      tries: Count,
      outcome: z.nullable(DeliveryOutcome),
      /** Of the answer. */
      status: z.nullable(Count),
    }),
  ),
});
export type Alerts = z.infer<typeof Alerts>;

export const SavedAlerts = z.object({
  alerts: Alerts,
  /** What deliveries are signed with: shown this once. */
  secret: z.nullable(z.string()),
});
export type SavedAlerts = z.infer<typeof SavedAlerts>;
