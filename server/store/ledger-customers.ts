import type { Database, Queries } from './database.ts';
import type { LedgerKey } from './snapshots.ts';

/** What it takes to bring a customer up to date again; the strongest wish is kept. */
export type Wish = (typeof WISHES)[number];
/** Its own page; payments too; refunds too; everything; everything, for the first time. */
const WISHES = ['page', 'changed', 'credit_note', 'full', 'new'] as const;

/** A Books customer as the local copy holds it. `body` is JSON the ledger alone understands. */
export interface LedgerCustomerRow {
  readonly customerId: string;
  readonly body: unknown;
  readonly crmAccountId: string | null;
  readonly crmContactId: string | null;
  /** All its figures are right as of then; `null`: never read in full. */
  readonly filledAt: Date | null;
  /** The fill that quotes, orders, expenses and refunds belong to. */
  readonly restFilledAt: Date | null;
  /** Kinds of document whose list has been read at least once. */
  readonly readLists: readonly string[];
  readonly warnings: readonly string[];
  readonly silentAboutDeals: readonly string[];
  readonly refusedParts: readonly string[];
  readonly wantedSince: Date | null;
  readonly wantedWhy: Wish | null;
  readonly wishes: number;
  /** When its own page was last held against the copy. */
  readonly checkedAt: Date | null;
  /** Whether its sums tied when they were last held against Books' own. */
  readonly ties: boolean | null;
}

export const CUSTOMER_COLUMNS = `c.customer_id as "customerId", c.body, c.crm_account_id as "crmAccountId",
  c.crm_contact_id as "crmContactId", c.filled_at as "filledAt", c.rest_filled_at as "restFilledAt",
  c.read_lists as "readLists", c.warnings, c.silent_about_deals as "silentAboutDeals",
  c.refused_parts as "refusedParts", c.wanted_since as "wantedSince", c.wanted_why as "wantedWhy", c.wishes, c.checked_at as "checkedAt", c.ties`;

const KEY = 'install_id = $1 and organisation_id = $2';

/** @param hold in a transaction: nobody else changes them before it ends */
export function ledgerCustomers(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  customerIds: readonly string[],
  hold?: 'hold',
): Promise<readonly LedgerCustomerRow[]> {
  return on.query<LedgerCustomerRow>(
    `select ${CUSTOMER_COLUMNS} from ledger_customers c where ${KEY} and customer_id = any($3::text[])
     order by customer_id ${hold ? 'for update' : ''}`,
    [installId, organisationId, [...customerIds]],
  );
}

/**
 * Stores the customer's own row; a read older than the stored one changes nothing and answers false.
 * @param row `wishes`: those known when the read began; wishes that came since stay
 */
export async function saveLedgerCustomer(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  row: Omit<LedgerCustomerRow, 'wantedSince' | 'wantedWhy' | 'checkedAt' | 'ties'>,
): Promise<boolean> {
  const saved = await on.query(
    `insert into ledger_customers (install_id, organisation_id, customer_id, body, crm_account_id, crm_contact_id, filled_at,
       rest_filled_at, read_lists, warnings, silent_about_deals, refused_parts)
     values ($1, $2, $3, $4::jsonb, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (install_id, organisation_id, customer_id) do update set body = excluded.body,
       crm_account_id = excluded.crm_account_id, crm_contact_id = excluded.crm_contact_id,
       filled_at = excluded.filled_at, rest_filled_at = excluded.rest_filled_at, read_lists = excluded.read_lists,
       warnings = excluded.warnings, silent_about_deals = excluded.silent_about_deals,
       refused_parts = excluded.refused_parts,
       wanted_since = case when ledger_customers.wishes <= $13 then null else ledger_customers.wanted_since end,
       wanted_why = case when ledger_customers.wishes <= $13 then null else ledger_customers.wanted_why end
     where ledger_customers.filled_at is null or ledger_customers.filled_at <= excluded.filled_at
     returning customer_id`,
    [
      installId,
      organisationId,
      row.customerId,
      JSON.stringify(row.body),
      row.crmAccountId,
      row.crmContactId,
      row.filledAt,
      row.restFilledAt,
      [...row.readLists],
      [...row.warnings],
      [...row.silentAboutDeals],
      [...row.refusedParts],
      row.wishes,
    ],
  );
  return saved.length > 0;
}

/**
 * Stores what was read behind the figures of that fill, and nothing else of the customer's row, which may have moved on
 * meanwhile. Changes nothing and answers false when there was another fill since.
 */
export async function saveLedgerCustomerRest(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  row: Pick<
    LedgerCustomerRow,
    | 'customerId'
    | 'filledAt'
    | 'restFilledAt'
    | 'readLists'
    | 'warnings'
    | 'silentAboutDeals'
    | 'refusedParts'
  >,
): Promise<boolean> {
  const saved = await on.query(
    `update ledger_customers c set rest_filled_at = $5,
       read_lists = array(select distinct unnest(c.read_lists || $6::text[])),
       warnings = array(select distinct unnest(c.warnings || $7::text[])),
       silent_about_deals = array(select distinct unnest(c.silent_about_deals || $8::text[])), refused_parts = $9
     where ${KEY} and customer_id = $3 and filled_at = $4
     returning customer_id`,
    [
      installId,
      organisationId,
      row.customerId,
      row.filledAt,
      row.restFilledAt,
      [...row.readLists],
      [...row.warnings],
      [...row.silentAboutDeals],
      [...row.refusedParts],
    ],
  );
  return saved.length > 0;
}

/**
 * Notes what customers are known by; what is told again and nothing new is not written. A fact that is `null` goes.
 * @param isWhole what is not among the facts goes as well: they are of the customer's own page, which has them all
 */
export async function noteCustomerFacts(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  notes: readonly { readonly customerId: string; readonly facts: object }[],
  isWhole = false,
): Promise<void> {
  if (notes.length === 0) return;
  const known = `jsonb_strip_nulls(${isWhole ? '' : "coalesce(c.known_by, '{}'::jsonb) || "}one.facts)`;
  await on.query(
    `update ledger_customers c set known_by = ${known}
     from jsonb_to_recordset($3::jsonb) as one("customerId" text, facts jsonb)
     where ${KEY} and c.customer_id = one."customerId" and ${known} is distinct from c.known_by`,
    [installId, organisationId, JSON.stringify(notes)],
  );
}

/** A customer as it is recognised, without its documents. */
export interface RecognisedRow {
  readonly customerId: string;
  readonly body: unknown;
  /** As JSON; `null`: not read yet. */
  readonly knownBy: unknown;
  readonly crmAccountId: string | null;
  readonly crmContactId: string | null;
  /** Whether its own page has been read, which alone tells the CRM record it is linked to. */
  readonly isFilled: boolean;
}

export const recognisedLedgerCustomers = (
  on: Queries,
  { installId, organisationId }: LedgerKey,
): Promise<readonly RecognisedRow[]> =>
  on.query<RecognisedRow>(
    `select customer_id as "customerId", body, known_by as "knownBy", crm_account_id as "crmAccountId",
       crm_contact_id as "crmContactId", filled_at is not null as "isFilled"
     from ledger_customers where ${KEY} order by customer_id`,
    [installId, organisationId],
  );

/** Adds what pages of a whole organisation told of customers beside their documents. */
export async function noteAboutLedgerCustomers(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  notes: readonly {
    readonly customerId: string;
    readonly warnings: readonly string[];
    readonly silentAboutDeals: readonly string[];
  }[],
): Promise<void> {
  if (notes.length === 0) return;
  await on.query(
    `update ledger_customers c set
       warnings = array(select distinct unnest(c.warnings || n.warnings)),
       silent_about_deals = array(select distinct unnest(c.silent_about_deals || n.silent))
     from (select one."customerId" as id, array(select jsonb_array_elements_text(one.warnings)) as warnings,
         array(select jsonb_array_elements_text(one."silentAboutDeals")) as silent
       from jsonb_to_recordset($3::jsonb) as one("customerId" text, warnings jsonb, "silentAboutDeals" jsonb)) n
     where ${KEY} and c.customer_id = n.id and not (c.warnings @> n.warnings and c.silent_about_deals @> n.silent)`,
    [installId, organisationId, JSON.stringify(notes)],
  );
}

/** Notes that customers exist. Those already known stay as they are. @param why `null`: the backfill comes to them */
export async function addLedgerCustomers(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  customers: readonly { readonly customerId: string; readonly body: unknown }[],
  wish: { readonly why: 'new'; readonly since: Date } | null,
): Promise<void> {
  if (customers.length === 0) return;
  await on.query(
    `insert into ledger_customers (install_id, organisation_id, customer_id, body, wanted_since, wanted_why)
     select $1, $2, one."customerId", one.body, $4, $5
     from jsonb_to_recordset($3::jsonb) as one("customerId" text, body jsonb)
     on conflict (install_id, organisation_id, customer_id) do nothing`,
    [installId, organisationId, JSON.stringify(customers), wish?.since ?? null, wish?.why ?? null],
  );
}

export interface CustomerWish {
  readonly customerId: string;
  readonly why: Wish;
  /** What is known was right until then. */
  readonly since: Date;
}

/** Wishes that customers be read again. The earliest instant and the strongest reason are kept. */
export async function wantLedgerCustomers(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  wishes: readonly CustomerWish[],
): Promise<void> {
  if (wishes.length === 0) return;
  await on.query(
    `update ledger_customers c set wishes = c.wishes + 1, wanted_since = least(c.wanted_since, one.since),
       wanted_why = ($4::text[])[greatest(one.strength, array_position($4::text[], c.wanted_why))]
     from (select wish."customerId" as id, max(array_position($4::text[], wish.why)) as strength, min(wish.since) as since
       from jsonb_to_recordset($3::jsonb) as wish("customerId" text, why text, since timestamptz) group by 1) one
     where ${KEY} and c.customer_id = one.id`,
    [installId, organisationId, JSON.stringify(wishes), [...WISHES]],
  );
}

/** Forgets a customer that is no more in Books, with its documents: at once, for without them all figures were zero. */
export function forgetLedgerCustomer(
  database: Database,
  { installId, organisationId }: LedgerKey,
  customerId: string,
): Promise<void> {
  const values = [installId, organisationId, customerId];
  return database.transaction(async (on) => {
    // The customer's row first, as everybody does who writes its documents.
    await on.query(`delete from ledger_customers where ${KEY} and customer_id = $3`, values);
    await on.query(`delete from ledger_documents where ${KEY} and customer_id = $3`, values);
  });
}

interface Some {
  readonly limit: number;
  /** Not these: reading them has just failed. */
  readonly except: readonly string[];
}

/** Customers to read again, those somebody can look at first, then the longest waiting. */
export async function wantedLedgerCustomers(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  { limit, except }: Some,
): Promise<readonly string[]> {
  const rows = await on.query<{ customerId: string }>(
    `select customer_id as "customerId" from ledger_customers
     where ${KEY} and wanted_since is not null and not (customer_id = any($4::text[]))
     order by filled_at is null, wanted_since, customer_id limit $3`,
    [installId, organisationId, limit, [...except]],
  );
  return rows.map(({ customerId }) => customerId);
}

/** Customers whose documents the backfill has read and whose own page it has not. */
export async function unfilledLedgerCustomers(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  { limit, except }: Some,
): Promise<readonly string[]> {
  const rows = await on.query<{ customerId: string }>(
    `select customer_id as "customerId" from ledger_customers
     where ${KEY} and filled_at is null and wanted_since is null and not (customer_id = any($4::text[]))
     order by customer_id limit $3`,
    [installId, organisationId, limit, [...except]],
  );
  return rows.map(({ customerId }) => customerId);
}

/** The filled customer whose sums were not held against Books' for the longest time; `null` when it is enough for now. */
export async function ledgerCustomerToCheck(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  {
    since,
    most,
    except,
  }: { readonly since: Date; readonly most: number; readonly except: readonly string[] },
): Promise<string | null> {
  const rows = await on.query<{ customerId: string }>(
    `select customer_id as "customerId" from ledger_customers
     where ${KEY} and filled_at is not null and (checked_at is null or checked_at < $3)
       and (select count(*) from ledger_customers where ${KEY} and checked_at >= $3) < $4
       and not (customer_id = any($5::text[]))
     order by checked_at nulls first, customer_id limit 1`,
    [installId, organisationId, since, most, [...except]],
  );
  return rows[0]?.customerId ?? null;
}

export async function markLedgerCustomerChecked(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  checked: {
    readonly customerId: string;
    readonly at: Date;
    readonly ties: boolean;
    /** It did not tie before it was read in full. */
    readonly differed?: boolean;
  },
): Promise<void> {
  await on.query(
    `update ledger_customers set checked_at = $4, ties = $5,
       mended_at = case when $5 and (ties = false or $6) then $4 else mended_at end
     where ${KEY} and customer_id = $3`,
    [installId, organisationId, checked.customerId, checked.at, checked.ties, checked.differed ?? false],
  );
}
