import * as z from 'zod/mini';
import { Instant } from './figures.ts';

/** What is written down. Never a value of a figure, never a token. */
export const AuditAction = z.enum([
  'session.started',
  'session.ended',
  'session.refused',
  'record.read',
  'record.refused',
  'documents.read',
  'preview.read',
  'links.read',
  'links.suggested',
  'links.previewed',
  'deals.read',
  'settings.refused',
  'books.connected',
  'books.organisation_chosen',
  'install.changed',
  'policy.changed',
  'mapping.changed',
  'mapping.mode_changed',
  'setup.passed',
  'setup.finished',
  'definitions.changed',
  'health.retried',
  'alerts.changed',
  'diagnosis.exported',
  'audit.exported',
  'audit.pruned',
  'link.created',
  'link.removed',
  'link.restored',
  'link.refused',
  'link.changed_outside',
]);
export type AuditAction = z.infer<typeof AuditAction>;

export const AuditEntry = z.object({
  /** Position in the install's chain, from 1, without gaps. */
  sequence: z.number(),
  at: Instant,
  action: AuditAction,
  /** CRM user id; absent where nobody could be identified. */
  who: z.optional(z.string()),
  amr: z.optional(z.string()),
  /** Ids, e.g. `Accounts/123`, of a preview also as whom: `Accounts/123 as roles/4 profiles/5`; never values. */
  subject: z.string(),
  outcome: z.string(),
  policyVersion: z.optional(z.number()),
  /** How often, where the same was looked at again within a moment; absent: once. */
  times: z.optional(z.number()),
  /** Calls to Zoho this caused. */
  zohoCalls: z.optional(z.number()),
  requestId: z.optional(z.string()),
  /** SHA-256 over the previous entry's hash and this entry. */
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export const AuditQuery = z.strictObject({
  /** Entries before this position; absent: the newest. */
  before: z.optional(z.string().check(z.regex(/^[1-9][0-9]{0,15}$/))),
});
export const AuditPage = z.object({
  entries: z.array(AuditEntry),
  more: z.boolean(),
  /** Names of those the entries speak of, by CRM user id, as far as we know them. */
  people: z.record(z.string(), z.string()),
});
export type AuditPage = z.infer<typeof AuditPage>;
