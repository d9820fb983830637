import * as z from 'zod/mini';
import { GradeDays, Instant, LifetimeValue } from './figures.ts';
import { ZohoId } from './record.ts';

export const MOST_EDGES = 5;
/** Two years: what is later than that is simply late. */
export const MOST_DAYS = 730;

export const MaterialityPercent = z.string().check(z.regex(/^(100|[1-9]?[0-9](\.[0-9]{1,2})?)$/));
export const MaterialityFloor = z.nullable(
  z.strictObject({
    currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
    amount: z.string().check(z.regex(/^(0|[1-9][0-9]{0,11})(\.[0-9]{1,3})?$/)),
  }),
);

export const gradeAmounts = {
  /** What is long overdue matters from this percentage of the last twelve months' invoiced … */
  materialityPercent: MaterialityPercent,
  /** … or from this amount, if that is larger; `null`, or in another base currency, leaves it to us. */
  materialityFloor: MaterialityFloor,
};
export const eitherOr = {
  lifetimeValue: LifetimeValue,
  /** What people write into a deal's amount. */
  dealAmount: z.enum(['without_tax', 'with_tax']),
};

/** What an organisation means by its figures, as it is told; what is saved has to keep to more, see `SaveDefinitions`. */
export const DefinitionsDocument = z.object({
  ...eitherOr,
  /** Last days of the late buckets but the open-ended last one; each above the one before. */
  ageingEdges: z.array(z.number()),
  grade: z.object({ ...GradeDays.shape, ...gradeAmounts }),
});
export type DefinitionsDocument = z.infer<typeof DefinitionsDocument>;

export const DefinitionsView = z.object({
  /** Counts up with every change; 0 while nobody has changed anything. */
  version: z.number(),
  document: DefinitionsDocument,
  /** What applies until somebody changes it. */
  usual: DefinitionsDocument,
  /** Base currency of the finance organisation, and the smallest amount that matters where none is set. */
  baseCurrency: z.string(),
  usualFloor: z.string(),
});
export type DefinitionsView = z.infer<typeof DefinitionsView>;

/** Newest first; `document` is what was in force from `at` on. */
export const DefinitionsHistory = z.object({
  versions: z.array(
    z.object({
      version: z.number(),
      at: Instant,
      by: z.object({ id: ZohoId, name: z.string() }),
      document: DefinitionsDocument,
    }),
  ),
});
export type DefinitionsHistory = z.infer<typeof DefinitionsHistory>;
