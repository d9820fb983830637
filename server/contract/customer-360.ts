import * as z from 'zod/mini';
import {
  AgeingEntry,
  Day,
  DocumentRow,
  DocumentType,
  GradeDays,
  Instant,
  LastPayment,
  LifetimeValue,
  MoneyFigure,
  PaymentSpeed,
  Reconciliation,
  Verdict,
} from './figures.ts';
import { RecordModule, ZohoId } from './record.ts';

/** Absent members are hidden for this person. */
export const CustomerFigures = z.object({
  verdict: z.optional(Verdict),
  overdue: z.optional(MoneyFigure),
  overdueCount: z.optional(z.number()),
  oldestOverdueDays: z.optional(z.number()),
  open: z.optional(MoneyFigure),
  openCount: z.optional(z.number()),
  collected: z.optional(MoneyFigure),
  invoicedNet: z.optional(MoneyFigure),
  unusedCredits: z.optional(MoneyFigure),
  unusedRetainers: z.optional(MoneyFigure),
  netExposure: z.optional(MoneyFigure),
  writtenOff: z.optional(MoneyFigure),
  lastPayment: z.optional(LastPayment),
  ageing: z.optional(z.array(AgeingEntry)),
  paymentSpeed: z.optional(PaymentSpeed),
  reconciliation: z.optional(Reconciliation),
});
export type CustomerFigures = z.infer<typeof CustomerFigures>;

/** By which of the organisation's definitions the figures were made, where they do not say so themselves. */
const UsedDefinitions = z.object({
  /** Which lifetime value stands among the four figures. */
  lifetimeValue: LifetimeValue,
  /** Limits of the grade, in days; absent where the grade is hidden. */
  grade: z.optional(GradeDays),
});

/** Deal amount → Quoted → Invoiced → Collected → Left to invoice. All on one tax basis, named in `basis`. */
export const DealLadder = z.object({
  stage: z.string(),
  basis: z.enum(['net_of_tax', 'tax_included']),
  /** The organisation's deal amounts include tax, so the documents' amounts do too; absent: they do not. */
  amountWithTax: z.optional(z.literal(true)),
  dealAmount: z.optional(MoneyFigure),
  quoted: z.optional(MoneyFigure),
  invoiced: z.optional(MoneyFigure),
  collected: z.optional(MoneyFigure),
  /** Deal amount − invoiced; negative means over-invoiced and is shown as such. */
  leftToInvoice: z.optional(MoneyFigure),
  /** True when more is invoiced than the deal's amount. Absent when hidden or unknown. */
  overInvoiced: z.optional(z.boolean()),
});
export type DealLadder = z.infer<typeof DealLadder>;

/** How old the figures are, per source. `knownGoodAt` is when the inputs were last proved, not when we last asked. */
export const Freshness = z.object({
  state: z.enum(['fresh', 'stale']),
  knownGoodAt: z.nullable(Instant),
  /** True while the server reads more behind the scenes: ask again after about this many seconds. */
  refetchAfterSeconds: z.optional(z.number()),
  /** Why a refresh did not succeed, when it did not. */
  trouble: z.optional(z.enum(['books_unreachable', 'books_rate_limited', 'books_refused', 'paused'])),
  /** Sources that are missing from this answer; the others stand. */
  missing: z.array(z.enum(['quotes', 'sales_orders', 'expenses', 'refunds', 'tax_split', 'payment_split'])),
});
export type Freshness = z.infer<typeof Freshness>;

/** A Books customer that may belong to this record, with the evidence. A person confirms; we never guess. */
export const CustomerSuggestion = z.object({
  customerId: z.string(),
  name: z.string(),
  evidence: z.enum(['same_name', 'similar_name', 'same_email']),
});
export type CustomerSuggestion = z.infer<typeof CustomerSuggestion>;

/** An administrator looks as this role and profile; the answer is otherwise what they get. */
const PreviewedAs = z.object({ role: ZohoId, profile: ZohoId });

const base = {
  record: z.object({ module: RecordModule, id: ZohoId, name: z.string() }),
  /** The organisation's today, on which every figure was computed. */
  today: Day,
  viewer: z.object({
    /** The built-in set whose levels this person has, or `custom`. */
    template: z.string(),
    administrator: z.boolean(),
    /** May link documents to deals; absent: may not. */
    mayLink: z.optional(z.boolean()),
    /** Only documents without a deal, or of deals this person may see in CRM, count here; absent: all do. */
    onlyVisibleDeals: z.optional(z.boolean()),
  }),
  preview: z.optional(PreviewedAs),
};

export const Customer360 = z.discriminatedUnion('state', [
  z.object({
    ...base,
    state: z.literal('linked'),
    customers: z.array(
      z.object({ id: z.string(), name: z.string(), currency: z.string(), href: z.optional(z.string()) }),
    ),
    /** Currency of all money here unless a figure says otherwise. */
    currency: z.string(),
    baseCurrency: z.string(),
    /** Whether any in-scope document exists at all ("No invoices yet"). */
    hasTransactions: z.boolean(),
    figures: CustomerFigures,
    definitions: UsedDefinitions,
    ladder: z.optional(DealLadder),
    /** Newest five, overdue pinned first. */
    documents: z.object({ rows: z.array(DocumentRow), total: z.number(), types: z.array(DocumentType) }),
    /** Status words or modules this version does not know, e.g. `invoice:unknown:foo`. */
    warnings: z.array(z.string()),
    freshness: Freshness,
  }),
  z.object({
    ...base,
    /** Nothing is known of the record's customers yet, and reading them has to wait its turn at Books. */
    state: z.literal('filling'),
    /** When it is this record's turn. */
    refetchAfterSeconds: z.number(),
  }),
  z.object({
    ...base,
    state: z.literal('not_linked'),
    reason: z.enum(['no_customer', 'deal_without_account', 'account_hidden']),
    suggestions: z.array(CustomerSuggestion),
    /** On a deal: what is linked to the deal itself. */
    ladder: z.optional(DealLadder),
  }),
]);
export type Customer360 = z.infer<typeof Customer360>;

export const DocumentsQuery = z.strictObject({
  type: z.optional(DocumentType),
  status: z.optional(z.string().check(z.regex(/^[a-z_]{1,30}$/))),
  page: z.optional(z.string().check(z.regex(/^[1-9][0-9]{0,3}$/))),
});
export type DocumentsQuery = z.infer<typeof DocumentsQuery>;

export const DocumentsPage = z.object({
  rows: z.array(DocumentRow),
  total: z.number(),
  page: z.number(),
  pageSize: z.number(),
  freshness: Freshness,
  preview: z.optional(PreviewedAs),
});
export type DocumentsPage = z.infer<typeof DocumentsPage>;
