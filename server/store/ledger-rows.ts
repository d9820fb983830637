import type { Queries } from './database.ts';
import type { LedgerKey } from './snapshots.ts';

/** A Books customer as the local copy holds it. `body` is JSON the ledger alone understands. */
export interface LedgerCustomerRow {
  readonly customerId: string;
  readonly body: unknown;
  readonly crmAccountId: string | null;
  readonly crmContactId: string | null;
  /** When the lists the figures need were last asked for, all of them together; `null`: never. */
  readonly filledAt: Date | null;
  /** The fill that quotes, orders, expenses and refunds belong to. */
  readonly restFilledAt: Date | null;
  /** Names of lists that have been read at least once. */
  readonly readLists: readonly string[];
  readonly warnings: readonly string[];
  readonly silentAboutDeals: readonly string[];
  readonly refusedParts: readonly string[];
  readonly wantedSince: Date | null;
}

export interface LedgerDocumentRow {
  readonly type: string;
  readonly documentId: string;
  readonly customerId: string;
  readonly dealId: string | null;
  readonly body: unknown;
}

const CUSTOMER_COLUMNS = `customer_id as "customerId", body, crm_account_id as "crmAccountId",
  crm_contact_id as "crmContactId", filled_at as "filledAt", rest_filled_at as "restFilledAt",
  read_lists as "readLists", warnings, silent_about_deals as "silentAboutDeals",
  refused_parts as "refusedParts", wanted_since as "wantedSince"`;

const KEY = 'install_id = $1 and organisation_id = $2';

export function ledgerCustomers(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  customerIds: readonly string[],
): Promise<readonly LedgerCustomerRow[]> {
  return on.query<LedgerCustomerRow>(
    `select ${CUSTOMER_COLUMNS} from ledger_customers where ${KEY} and customer_id = any($3::text[])`,
    [installId, organisationId, [...customerIds]],
  );
}

/** Documents and payments of customers, in no order. */
export function ledgerDocuments(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  customerIds: readonly string[],
): Promise<readonly LedgerDocumentRow[]> {
  return on.query<LedgerDocumentRow>(
    `select type, document_id as "documentId", customer_id as "customerId", deal_id as "dealId", body
     from ledger_documents where ${KEY} and customer_id = any($3::text[])`,
    [installId, organisationId, [...customerIds]],
  );
}

/** Ids of customers that carry one of these CRM records. */
export async function ledgerCustomersOf(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  record: { readonly accountId: string } | { readonly contactId: string },
): Promise<readonly string[]> {
  const column = 'accountId' in record ? 'crm_account_id' : 'crm_contact_id';
  const id = 'accountId' in record ? record.accountId : record.contactId;
  const rows = await on.query<{ customerId: string }>(
    `select customer_id as "customerId" from ledger_customers where ${KEY} and ${column} = $3 order by customer_id`,
    [installId, organisationId, id],
  );
  return rows.map(({ customerId }) => customerId);
}

/** Serialises writers of one customer, so that rows and their customer's state change together. */
export async function lockLedgerCustomer(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  customerId: string,
): Promise<void> {
  await on.query('select pg_advisory_xact_lock(hashtextextended($1, 360002))', [
    `${installId}|${organisationId}|${customerId}`,
  ]);
}

/** Stores the customer's own row; a fill that was asked for earlier than the stored one changes nothing. */
export async function saveLedgerCustomer(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  row: Omit<LedgerCustomerRow, 'wantedSince'>,
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
       wanted_since = case when ledger_customers.wanted_since <= excluded.filled_at then null else ledger_customers.wanted_since end
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
    ],
  );
  return saved.length > 0;
}

/** Adds documents, or brings them up to date; what was asked for earlier never overwrites what was asked for later. */
export async function saveLedgerDocuments(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  documents: readonly LedgerDocumentRow[],
  readAt: Date,
): Promise<void> {
  if (documents.length === 0) return;
  await on.query(
    `insert into ledger_documents (install_id, organisation_id, type, document_id, customer_id, deal_id, body, read_at)
     select $1, $2, one.type, one."documentId", one."customerId", one."dealId", one.body, $4
     from jsonb_to_recordset($3::jsonb) as one(type text, "documentId" text, "customerId" text, "dealId" text, body jsonb)
     on conflict (install_id, organisation_id, type, document_id) do update set customer_id = excluded.customer_id,
       deal_id = excluded.deal_id, body = excluded.body, read_at = excluded.read_at
     where ledger_documents.read_at <= excluded.read_at`,
    [installId, organisationId, JSON.stringify(documents), readAt],
  );
}

/** Forgets documents of these types that a full read of the customer did not list: they were deleted or moved away. */
export async function forgetLedgerDocuments(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  listed: {
    readonly customerId: string;
    readonly types: readonly string[];
    readonly documentIds: readonly string[];
    readonly readAt: Date;
  },
): Promise<void> {
  await on.query(
    `delete from ledger_documents where ${KEY} and customer_id = $3 and type = any($4::text[])
       and not (document_id = any($5::text[])) and read_at <= $6`,
    [
      installId,
      organisationId,
      listed.customerId,
      [...listed.types],
      [...listed.documentIds],
      listed.readAt,
    ],
  );
}

/** Notes that customers must be read again; the earliest wish is kept. */
export async function wantLedgerCustomers(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  wish: { readonly customerIds: readonly string[]; readonly why: string; readonly since: Date },
): Promise<void> {
  await on.query(
    `update ledger_customers set wanted_since = coalesce(wanted_since, $4), wanted_why = coalesce(wanted_why, $5)
     where ${KEY} and customer_id = any($3::text[])`,
    [installId, organisationId, [...wish.customerIds], wish.since, wish.why],
  );
}

/** Documents by id, to keep what their own pages told when the list tells the same version again. */
export function ledgerDocumentsById(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  wanted: { readonly type: string; readonly documentIds: readonly string[] },
): Promise<readonly LedgerDocumentRow[]> {
  return on.query<LedgerDocumentRow>(
    `select type, document_id as "documentId", customer_id as "customerId", deal_id as "dealId", body
     from ledger_documents where ${KEY} and type = $3 and document_id = any($4::text[])`,
    [installId, organisationId, wanted.type, [...wanted.documentIds]],
  );
}

/** Notes that a customer exists; it is filled when somebody looks, or when the backfill comes to it. */
export async function noteLedgerCustomers(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  strangers: { readonly customerIds: readonly string[]; readonly since: Date },
): Promise<void> {
  await on.query(
    `insert into ledger_customers (install_id, organisation_id, customer_id, body, wanted_since, wanted_why)
     select $1, $2, id, '{}'::jsonb, $4, 'new' from unnest($3::text[]) as id
     on conflict (install_id, organisation_id, customer_id) do nothing`,
    [installId, organisationId, [...strangers.customerIds], strangers.since],
  );
}

/** Customers to read again, the longest waiting first. */
export async function wantedLedgerCustomers(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  { filled, limit }: { readonly filled: boolean; readonly limit: number },
): Promise<readonly string[]> {
  const rows = await on.query<{ customerId: string }>(
    `select customer_id as "customerId" from ledger_customers
     where ${KEY} and wanted_since is not null and (filled_at is not null) = $3 order by wanted_since, customer_id limit $4`,
    [installId, organisationId, filled, limit],
  );
  return rows.map(({ customerId }) => customerId);
}

/** Filled customers whose sums were not held against Books' for the longest time. */
export async function ledgerCustomersToCheck(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  { before, limit }: { readonly before: Date; readonly limit: number },
): Promise<readonly string[]> {
  const rows = await on.query<{ customerId: string }>(
    `select customer_id as "customerId" from ledger_customers
     where ${KEY} and filled_at is not null and (checked_at is null or checked_at < $3)
     order by checked_at nulls first, customer_id limit $4`,
    [installId, organisationId, before, limit],
  );
  return rows.map(({ customerId }) => customerId);
}

export async function markLedgerCustomerChecked(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  checked: { readonly customerId: string; readonly at: Date; readonly ties: boolean },
): Promise<void> {
  await on.query(`update ledger_customers set checked_at = $4, ties = $5 where ${KEY} and customer_id = $3`, [
    installId,
    organisationId,
    checked.customerId,
    checked.at,
    checked.ties,
  ]);
}

/** How the copy stands as a whole, for the health page. */
export async function ledgerStanding(
  on: Queries,
  { installId, organisationId }: LedgerKey,
): Promise<{
  readonly customers: number;
  readonly filled: number;
  readonly wanted: number;
  readonly differing: number;
  readonly documents: number;
}> {
  const [row] = await on.query<{
    customers: number;
    filled: number;
    wanted: number;
    differing: number;
    documents: number;
  }>(
    `select count(*)::int as customers, count(filled_at)::int as filled, count(wanted_since)::int as wanted,
       (count(*) filter (where ties = false))::int as differing,
       (select count(*)::int from ledger_documents where ${KEY}) as documents
     from ledger_customers where ${KEY}`,
    [installId, organisationId],
  );
  return row ?? { customers: 0, filled: 0, wanted: 0, differing: 0, documents: 0 };
}
