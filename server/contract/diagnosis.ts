import * as z from 'zod/mini';
import { Alerts } from './alerts.ts';
import { Instant } from './figures.ts';
import { Health } from './health.ts';

const Count = z.number();
const HealthPart = Health.shape;

/** What support needs to know of an install: versions, states, counts and times. No amount, no name, no secret. */
export const Diagnosis = z.object({
  product: z.object({ name: z.literal('customer-360'), version: z.string() }),
  at: Instant,
  server: z.object({
    node: z.string(),
    platform: z.string(),
    uptimeSeconds: Count,
    database: z.object({
      kind: z.enum(['embedded', 'server']),
      answersInMs: Count,
      migrations: z.array(z.string()),
    }),
    /** Of the configuration how much there is, and never what. */
    settings: z.record(z.string(), z.union([z.boolean(), z.number()])),
  }),
  install: z.object({
    id: z.string(),
    dataCentre: z.string(),
    state: z.string(),
    policyVersion: Count,
    plan: z.nullable(z.enum(['free', 'standard', 'professional', 'premium', 'elite', 'ultimate', 'other'])),
    timeZone: z.nullable(z.string()),
  }),
  health: z.object({
    verdict: HealthPart.verdict,
    connection: HealthPart.connection,
    follower: HealthPart.follower,
    freshness: HealthPart.freshness,
    calls: HealthPart.calls,
    ledger: HealthPart.ledger,
    /** Without the customers. */
    differences: z.nullable(z.record(z.string(), z.nullable(z.union([Count, Instant])))),
    troubles: HealthPart.troubles,
    retryFrom: HealthPart.retryFrom,
  }),
  alerts: z.object({
    isSet: z.boolean(),
    kinds: z.array(z.string()),
    silentHours: z.nullable(Count),
    deliveries: Alerts.shape.deliveries,
  }),
});
export type Diagnosis = z.infer<typeof Diagnosis>;
