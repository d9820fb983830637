import * as z from 'zod/mini';

/**
 * How a figure looks on the wire. Hidden figures are absent, so `undefined` means "your role may not see this";
 * `unknown` means nobody knows it right now, and why.
 */

export const Day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
export const Instant = z.iso.datetime({ offset: true });

export const MoneyView = z.object({ currency: z.string(), amount: z.string() });
export type MoneyView = z.infer<typeof MoneyView>;

/** `from` inclusive, `to` exclusive; `null` is open-ended. Bounds come from a table, never from the amount. */
export const BandView = z.object({
  currency: z.string(),
  from: z.nullable(z.string()),
  to: z.nullable(z.string()),
});
export type BandView = z.infer<typeof BandView>;

/** Why a figure has no value at this moment. */
const UnknownReason = z.enum([
  'books_unreachable', // Books did not answer and nothing is stored
  'books_rate_limited', // the call budget of the organisation is used up
  'still_reading', // the rest of the customer is being read; ask again in a moment
  'no_deal_amount', // the deal has no Amount in CRM
  'not_enough_history', // too few payments to say
  'mixed_currencies', // documents in several currencies and no common one
  'not_told', // this edition of Books does not send it
  'ranges_overlap', // what this person sees of deal amount and invoiced does not tell which is more
  'not_linked', // no Books customer belongs to the record yet
]);

const unknown = z.object({ level: z.literal('unknown'), reason: UnknownReason });
const status = z.object({ level: z.literal('status'), status: z.enum(['none', 'some']) });

/** What an amount leaves out for the moment, or how it was put together. */
const Caveat = z.enum([
  'converted_at_booked_rates', // documents of several currencies, each at its own booked rate; show "≈"
  'tax_included', // the split is not known for every document, so tax is in all of them
  'refunds_not_read', // refunds of credit notes are still being read
  'from_invoices', // derived from invoices instead of payments
  'credit_notes_not_deducted', // some credit notes were used, and Books does not tell whether on this deal
]);

export const MoneyFigure = z.discriminatedUnion('level', [
  z.object({
    level: z.literal('exact'),
    money: MoneyView,
    caveats: z.optional(z.array(Caveat)),
    /** The same figure per currency, when several were converted into one. */
    byCurrency: z.optional(z.array(MoneyView)),
  }),
  z.object({ level: z.literal('band'), band: BandView, caveats: z.optional(z.array(Caveat)) }),
  status,
  unknown,
]);
export type MoneyFigure = z.infer<typeof MoneyFigure>;

export const Grade = z.enum(['on_hold', 'needs_finance_approval', 'pays_late', 'good_payer', 'new']);
export type Grade = z.infer<typeof Grade>;

const overdueNumbers = { oldestDays: z.optional(z.number()), count: z.optional(z.number()) };

/**
 * Reasons carry days and counts, never amounts: the grade may be shown to people who may not see money. A number is
 * absent where the figure it repeats is hidden.
 */
export const VerdictReason = z.discriminatedUnion('code', [
  z.object({ code: z.literal('overdue_long'), ...overdueNumbers }),
  z.object({ code: z.literal('overdue_some'), ...overdueNumbers }),
  z.object({ code: z.literal('pays_late_on_average'), days: z.optional(z.number()) }),
  z.object({ code: z.literal('over_credit_limit') }),
  z.object({ code: z.literal('written_off_recently') }),
  z.object({ code: z.literal('pays_on_time'), days: z.optional(z.number()) }),
  z.object({ code: z.literal('nothing_overdue') }),
  z.object({ code: z.literal('little_history'), paidInvoices: z.optional(z.number()) }),
]);
export type VerdictReason = z.infer<typeof VerdictReason>;

export const Verdict = z.object({
  grade: Grade,
  reasons: z.array(VerdictReason),
  computedOn: Day,
});
export type Verdict = z.infer<typeof Verdict>;

/** Payments less refunds, or invoices less credit notes without tax. */
export const LifetimeValue = z.enum(['collected', 'invoiced_net']);
export type LifetimeValue = z.infer<typeof LifetimeValue>;

/** The grade's limits: what is above them counts. */
export const GradeDays = z.object({
  /** Something overdue for longer is late, whatever the amount. */
  overdueSomeDays: z.number(),
  /** … and needs finance, where the amount matters. */
  overdueLongDays: z.number(),
  /** Days late on average: above the first it is late, above the second it needs finance. */
  lateDays: z.number(),
  approvalDaysLate: z.number(),
});
export type GradeDays = z.infer<typeof GradeDays>;

/**
 * `not_due`, late ones by their days, both ends inclusive (`days_1_30`, the last one `over_90`), and `undated`. Where one
 * ends is a definition of the organisation.
 */
const AgeingBucket = z.string().check(z.regex(/^(not_due|days_\d+_\d+|over_\d+|undated)$/));
export const AgeingEntry = z.object({
  bucket: AgeingBucket,
  figure: MoneyFigure,
  count: z.optional(z.number()),
});
export type AgeingEntry = z.infer<typeof AgeingEntry>;

/** Amount-weighted days with two decimals as text; late is positive, early negative. */
const SpeedView = z.object({
  daysToPay: z.string(),
  daysLate: z.string(),
  daysLateEarlyAsZero: z.string(),
  /** What is still unpaid counts as late so far: the figure the grade uses. */
  daysLateIncludingUnpaid: z.string(),
  paidInvoices: z.number(),
});
export const PaymentSpeed = z.object({
  /** `null`: nothing paid in that window. */
  lastTwelveMonths: z.nullable(SpeedView),
  allTime: z.nullable(SpeedView),
  /** False below 3 paid invoices or 90 days of history: show "Not enough history". */
  enoughHistory: z.boolean(),
  /** Payments over several invoices whose split has not been read yet; they are left out of the averages. */
  unsplitPayments: z.number(),
});
export type PaymentSpeed = z.infer<typeof PaymentSpeed>;

export const LastPayment = z.discriminatedUnion('level', [
  z.object({ level: z.literal('none') }), // "No payment yet"
  z.object({
    level: z.literal('known'),
    date: Day,
    ageDays: z.number(),
    /** Absent when the amount is hidden. */
    amount: z.optional(MoneyFigure),
  }),
  unknown,
]);
export type LastPayment = z.infer<typeof LastPayment>;

export const Reconciliation = z.discriminatedUnion('level', [
  z.object({ level: z.literal('ties') }),
  /** `difference` = ours − Books'; absent where amounts are hidden. */
  z.object({ level: z.literal('differs'), difference: z.optional(MoneyFigure) }),
  unknown,
]);
export type Reconciliation = z.infer<typeof Reconciliation>;

export const DocumentType = z.enum([
  'invoice',
  'estimate',
  'sales_order',
  'credit_note',
  'expense',
  'payment',
]);
export type DocumentType = z.infer<typeof DocumentType>;

export const DocumentRow = z.object({
  type: DocumentType,
  id: z.string(),
  number: z.string(),
  date: Day,
  dueDate: z.optional(Day),
  /** Days past due; absent when not overdue. */
  daysOverdue: z.optional(z.number()),
  /** Book's status in our words: draft, sent, part_paid, paid, overdue, due_today, void, open, closed, accepted … */
  status: z.string(),
  dealId: z.optional(z.string()),
  /** Absent when hidden. */
  total: z.optional(MoneyFigure),
  balance: z.optional(MoneyFigure),
  /** Opens the document in Books. */
  href: z.optional(z.string()),
});
export type DocumentRow = z.infer<typeof DocumentRow>;
