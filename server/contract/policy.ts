import * as z from 'zod/mini';
import { DocumentType, Instant } from './figures.ts';
import { ZohoId } from './record.ts';
import { Template } from './settings.ts';

/** How much of a figure somebody may see, least first. */
export const Level = z.enum(['hidden', 'status', 'band', 'exact']);
export type Level = z.infer<typeof Level>;

/** Every figure or document column that can leave the server. */
export const FigureId = z.enum([
  'verdict',
  'overdue',
  'overdueCount',
  'oldestOverdueDays',
  'open',
  'openCount',
  'collected',
  'invoicedNet',
  'unusedCredits',
  'unusedRetainers',
  'netExposure',
  'writtenOff',
  'lastPaymentDate',
  'lastPaymentAmount',
  'ageing',
  'ageingCounts',
  'paymentSpeed',
  'reconciliation',
  'reconciliationDifference',
  'documents',
  'documentTotal',
  'documentBalance',
  'suggestions',
  'dealAmount',
  'quoted',
  'invoiced',
  'dealCollected',
  'leftToInvoice',
  'overInvoiced',
]);
export type FigureId = z.infer<typeof FigureId>;

/**
 * What one role, one profile, or one profile within one role sees. A rule for both beats a rule for one of them; of two
 * equally specific rules the stricter wins, cell by cell. What a rule leaves out, the less specific rules decide.
 */
export const PolicyRule = z.strictObject({
  /** At least one of them, by CRM id. */
  role: z.optional(ZohoId),
  profile: z.optional(ZohoId),
  /** A built-in set as the starting point of every cell; `null` starts from the less specific rules. */
  template: z.nullable(Template),
  /** Cells that differ from the starting point. */
  levels: z.partialRecord(FigureId, Level),
  /** Document types seen at all; a figure made of another type is hidden. */
  documentTypes: z.optional(z.array(DocumentType).check(z.maxLength(6))),
  /** Count only documents without a deal, or of deals this person may see in CRM. */
  onlyVisibleDeals: z.optional(z.boolean()),
  /** May link documents to deals and unlink them. */
  mayLink: z.optional(z.boolean()),
});
export type PolicyRule = z.infer<typeof PolicyRule>;

/** Lower ends of the bands, as decimal text, ascending, above zero. Zero is always an edge. */
export const BandEdges = z
  .array(z.string().check(z.regex(/^[1-9][0-9]{0,14}(\.[0-9]{1,3})?$/)))
  .check(z.minLength(1), z.maxLength(20));

/** Who sees what in an organisation. Somebody no rule speaks of sees the least. */
export const PolicyDocument = z.strictObject({
  rules: z.array(PolicyRule).check(z.maxLength(500)),
  /** By ISO currency code; a currency not named has the built-in edges. */
  bands: z.record(z.string().check(z.regex(/^[A-Z]{3}$/)), BandEdges),
  /** Somebody with a user in Books sees no more here than that user sees there. */
  cascadeFromBooks: z.boolean(),
});
export type PolicyDocument = z.infer<typeof PolicyDocument>;

const Named = z.object({ id: ZohoId, name: z.string() });

export const PolicyView = z.object({
  /** Counts up with every change. */
  version: z.number(),
  document: PolicyDocument,
  roles: z.array(z.object({ id: ZohoId, name: z.string(), suggested: z.optional(Template) })),
  profiles: z.array(Named),
  /** What each built-in set grants, for the editor: cells not named are hidden. */
  templates: z.record(Template, z.partialRecord(FigureId, Level)),
  /** Figures each figure is derived from: it is never shown at a higher level than any of them. */
  inputs: z.record(FigureId, z.array(FigureId)),
  /** Document types each figure is made of: it is hidden from whoever does not see one of them. */
  madeOf: z.partialRecord(FigureId, z.array(DocumentType)),
  /** Figures Books tells of all deals together: hidden where only visible deals count. */
  ofAllDeals: z.array(FigureId),
  /** Who works in Books, as last read. Never read: nobody is capped by it. Later trouble leaves the last list in force. */
  booksUsers: z.optional(
    z.object({
      readAt: z.nullable(Instant),
      trouble: z.optional(z.enum(['refused', 'unreachable'])),
    }),
  ),
});
export type PolicyView = z.infer<typeof PolicyView>;

/** Newest first; `document` is what was in force from `at` on, the one after it in the list what was before. */
export const PolicyHistory = z.object({
  versions: z.array(
    z.object({
      version: z.number(),
      at: Instant,
      by: z.object({ id: ZohoId, name: z.string() }),
      document: PolicyDocument,
    }),
  ),
});
export type PolicyHistory = z.infer<typeof PolicyHistory>;

/** As whom an administrator looks at a record. */
export const PreviewQuery = z.strictObject({ role: ZohoId, profile: ZohoId });
export type PreviewQuery = z.infer<typeof PreviewQuery>;
