import * as z from 'zod/mini';
import { Instant } from './figures.ts';
import { ZohoId } from './record.ts';

/** Which kind of CRM record has Books customers. */
export const MappingMode = z.enum(['accounts', 'contacts', 'both']);
export type MappingMode = z.infer<typeof MappingMode>;

const CustomerId = ZohoId;
const MappedModule = z.enum(['Accounts', 'Contacts']);

export const MappingSettings = z.object({
  /** Counts up with every change; 0 while nobody has decided. */
  version: z.number(),
  mode: MappingMode,
  /** The field of accounts that holds the tax number; most organisations have made one of their own. */
  taxField: z.nullable(z.string()),
});
export type MappingSettings = z.infer<typeof MappingSettings>;

const MappedRecord = z.object({
  module: MappedModule,
  id: ZohoId,
  /** Absent where CRM has no such record. */
  name: z.optional(z.string()),
});
export type MappedRecord = z.infer<typeof MappedRecord>;

const Recognised = z.object({
  id: CustomerId,
  /** Absent where Books has no such customer. */
  name: z.optional(z.string()),
  /** Of the decision about this customer; 0 where there has been none. */
  version: z.number(),
});

/** `books`: Books says so; `contact`: through a contact of the account; `confirmed`: decided here; `separated`: Books says so, and here it was decided otherwise. */
const MappingSource = z.enum(['books', 'contact', 'confirmed', 'separated']);

const MappedCustomer = z.object({
  ...Recognised.shape,
  source: MappingSource,
  /** Who decided, and when. */
  by: z.optional(z.string()),
  at: z.optional(Instant),
});
export type MappedCustomer = z.infer<typeof MappedCustomer>;

const MappingReason = z.enum(['id', 'tax_number', 'email', 'name', 'email_domain', 'similar_name']);
const MappingStrength = z.enum(['strong', 'likely', 'weak']);

const MappingSuggestion = z.object({
  customer: Recognised,
  reasons: z.array(MappingReason),
  strength: MappingStrength,
  /** As much speaks for another customer, or for another record with this one. */
  ambiguous: z.boolean(),
});

/** What is wrong with a link. */
export const MappingFault = z.enum(['customer_gone', 'customer_inactive', 'record_gone', 'two_records']);
export type MappingFault = z.infer<typeof MappingFault>;

/** `waiting`: nothing is known of these records yet, and a customer that is not read may be theirs. */
export const MappingGroup = z.enum(['linked', 'suggested', 'waiting', 'unlinked', 'broken']);
export type MappingGroup = z.infer<typeof MappingGroup>;

const MappingRow = z.object({
  record: MappedRecord,
  customers: z.array(MappedCustomer),
  /** The likeliest first. */
  suggestions: z.array(MappingSuggestion),
  faults: z.array(MappingFault),
  /** The other record that has the same customer. */
  other: z.optional(MappedRecord),
});
export type MappingRow = z.infer<typeof MappingRow>;

export const MappingQuery = z.strictObject({
  group: MappingGroup,
  search: z.optional(z.string().check(z.maxLength(100))),
  /** 1-based. */
  page: z.optional(z.string().check(z.regex(/^[1-9][0-9]{0,4}$/))),
  /** Has CRM's lists read once more from the beginning. */
  again: z.optional(z.literal('1')),
});
export type MappingQuery = z.infer<typeof MappingQuery>;

export const MappingReport = z.object({
  settings: MappingSettings,
  /** Of what has been read, and of what the search finds. */
  counts: z.record(MappingGroup, z.number()),
  standing: z.object({
    /** CRM records read so far. */
    records: z.number(),
    /** Those of them that stand in no group: in this mode they have no customers of their own. */
    alongside: z.number(),
    /** `reading`: asking again reads on; `limited`: there are more than are compared. */
    crm: z.enum(['complete', 'reading', 'limited']),
    customers: z.number(),
    /** Customers that belong to nobody. */
    free: z.number(),
    /** Customers whose own page has not been read, so that what Books links them to is not known yet. */
    unread: z.number(),
    /** Whether every customer of Books is in the copy. */
    listed: z.boolean(),
  }),
  group: MappingGroup,
  page: z.number(),
  pages: z.number(),
  rows: z.array(MappingRow),
});
export type MappingReport = z.infer<typeof MappingReport>;

/** Which customers of the copy there are, by name. */
export const CustomersQuery = z.strictObject({ search: z.string().check(z.minLength(1), z.maxLength(100)) });
export type CustomersQuery = z.infer<typeof CustomersQuery>;

export const FoundCustomers = z.object({
  customers: z.array(
    z.object({
      ...Recognised.shape,
      inactive: z.boolean(),
      /** The record it belongs to; absent where it belongs to none, or which is not known yet. */
      record: z.optional(MappedRecord),
    }),
  ),
  /** Whether there are more than these. */
  more: z.boolean(),
});
export type FoundCustomers = z.infer<typeof FoundCustomers>;

/** Customers decided about in one request. */
export const MOST_DECISIONS = 50;

/** What is to hold of a customer: a record, no record at all, or what Books says. */
export const MappingTarget = z.union([
  z.strictObject({ says: z.literal('record'), module: MappedModule, id: ZohoId }),
  z.strictObject({ says: z.enum(['nobody', 'books']) }),
]);
export type MappingTarget = z.infer<typeof MappingTarget>;

/**
 * `changed`: done. `unchanged`: it was so already. `changed_meanwhile`: somebody was faster, and `now` says what holds.
 * `record_gone`, `customer_gone`: there is none. `not_in_mode`: that kind of record has no customers.
 */
export const MappingOutcome = z.enum([
  'changed',
  'unchanged',
  'changed_meanwhile',
  'record_gone',
  'customer_gone',
  'not_in_mode',
]);
export type MappingOutcome = z.infer<typeof MappingOutcome>;

const Decided = z.object({ version: z.number(), to: MappingTarget, by: z.optional(z.string()) });

/** Each customer has an outcome of its own: some may be refused while others are done. */
export const DecidedMappings = z.object({
  results: z.array(
    z.object({ customerId: CustomerId, outcome: MappingOutcome, before: Decided, now: Decided }),
  ),
});
export type DecidedMappings = z.infer<typeof DecidedMappings>;
