import type { Queries } from './database.ts';
import { CUSTOMER_COLUMNS, type LedgerCustomerRow } from './ledger-customers.ts';
import type { MappingMode } from './mappings.ts';
import type { LedgerKey } from './snapshots.ts';

/** A document, payment or refund. `body` is JSON the ledger alone understands. */
export interface LedgerDocumentRow {
  readonly type: string;
  readonly documentId: string;
  readonly customerId: string;
  readonly dealId: string | null;
  readonly body: unknown;
}

const KEY = 'install_id = $1 and organisation_id = $2';

/** Which customers: by their own ids, or by the CRM record they belong to. */
export type WhichCustomers =
  | { readonly customerIds: readonly string[] }
  | { readonly accountId: string }
  | { readonly contactIds: readonly string[] };

export interface LedgerBookRow extends LedgerCustomerRow {
  /** The CRM records it belongs to: as Books says, and over it what an administrator decided. */
  readonly ofAccount: string | null;
  readonly ofContact: string | null;
  /** Bodies by kind; no order. */
  readonly documents: Readonly<Record<string, readonly unknown[]>>;
}

/** How far the copy has come, as a reader has to know. */
export interface LedgerState {
  readonly followedTo: Date | null;
  /** When the backfill had read every list. */
  readonly listedAt: Date | null;
  /** When Books last told us of a change by itself. */
  readonly toldAt: Date | null;
  /** Until when a server holds the background work. */
  readonly heldUntil: Date | null;
}

interface LedgerBooks {
  readonly rows: readonly LedgerBookRow[];
  readonly state: LedgerState;
  readonly mode: MappingMode;
}

/** Customers decided to belong to a record: few, so they are looked up first. */
const decidedFor = (module: string, records: string): string =>
  `c.customer_id = any(array(select customer_id from customer_mappings where ${KEY} and module = '${module}' and ${records}))`;

/** Books' own word holds where nobody decided otherwise, and where that kind of record has customers. */
const ownerColumn = (module: string, column: string, without: MappingMode): string =>
  `case when decided.customer_id is null then case when settings.mode = '${without}' then null else ${column} end
     when decided.module = '${module}' then decided.record_id end`;

/** Customers with all their documents, and how far the copy has come: one statement, so one picture. */
export async function ledgerBooks(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  which: WhichCustomers,
  leaseName: string,
): Promise<LedgerBooks> {
  const [where, value] =
    'accountId' in which
      ? [`(c.crm_account_id = $3 or ${decidedFor('Accounts', 'record_id = $3')})`, which.accountId]
      : 'contactIds' in which
        ? [
            `(c.crm_contact_id = any($3::text[]) or ${decidedFor('Contacts', 'record_id = any($3::text[])')})`,
            [...which.contactIds],
          ]
        : ['c.customer_id = any($3::text[])', [...which.customerIds]];
  const rows = await on.query<Partial<LedgerBookRow> & LedgerState & { readonly mode: MappingMode | null }>(
    `select ${CUSTOMER_COLUMNS}, settings.mode,
       ${ownerColumn('Accounts', 'c.crm_account_id', 'contacts')} as "ofAccount",
       ${ownerColumn('Contacts', 'c.crm_contact_id', 'accounts')} as "ofContact", p.followed_to as "followedTo", p.backfill_listed_at as "listedAt",
       p.told_at as "toldAt", l.until as "heldUntil",
       (select coalesce(jsonb_object_agg(kind.type, kind.bodies), '{}'::jsonb) from (
          select d.type, jsonb_agg(d.body order by d.document_id) as bodies from ledger_documents d
          where d.install_id = c.install_id and d.organisation_id = c.organisation_id and d.customer_id = c.customer_id
          group by d.type) kind) as documents
     from (select $1::uuid as install_id, $2::text as organisation_id) this
     left join ledger_progress p on p.install_id = this.install_id and p.organisation_id = this.organisation_id
     left join leases l on l.name = $4
     left join mapping_settings settings on settings.install_id = this.install_id
       and settings.organisation_id = this.organisation_id
     left join ledger_customers c on c.install_id = this.install_id and c.organisation_id = this.organisation_id and ${where}
     left join customer_mappings decided on decided.install_id = this.install_id
       and decided.organisation_id = this.organisation_id and decided.customer_id = c.customer_id
       and decided.says <> 'books' and (decided.record_id is null
         or coalesce(settings.mode, 'both') in ('both', lower(decided.module)))
     order by c.customer_id`,
    [installId, organisationId, value, leaseName],
  );
  const [{ followedTo = null, listedAt = null, toldAt = null, heldUntil = null, mode = null } = {}] = rows;
  // What Books has on the record may have been decided to belong elsewhere.
  const isMeant = ({ ofAccount, ofContact }: LedgerBookRow): boolean =>
    'accountId' in which
      ? ofAccount === which.accountId
      : !('contactIds' in which) || (ofContact !== null && which.contactIds.includes(ofContact));
  return {
    rows: rows
      .filter((row): row is LedgerBookRow & (typeof rows)[number] => row.customerId != null)
      .filter(isMeant),
    state: { followedTo, listedAt, toldAt, heldUntil },
    mode: mode ?? 'both',
  };
}

/** Adds documents, or brings them up to date; what was asked for earlier never overwrites what was asked for later. */
export async function saveLedgerDocuments(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  documents: readonly LedgerDocumentRow[],
  askedAt: Date,
): Promise<void> {
  if (documents.length === 0) return;
  // Books may tell a document twice on one page; a statement may write it once.
  const once = new Map(documents.map((document) => [`${document.type} ${document.documentId}`, document]));
  await on.query(
    `insert into ledger_documents (install_id, organisation_id, type, document_id, customer_id, deal_id, body, read_at)
     select $1, $2, one.type, one."documentId", one."customerId", one."dealId", one.body, $4
     from jsonb_to_recordset($3::jsonb) as one(type text, "documentId" text, "customerId" text, "dealId" text, body jsonb)
     on conflict (install_id, organisation_id, type, document_id) do update set customer_id = excluded.customer_id,
       deal_id = excluded.deal_id, body = excluded.body, read_at = excluded.read_at
     where ledger_documents.read_at <= excluded.read_at`,
    [installId, organisationId, JSON.stringify([...once.values()]), askedAt],
  );
}

/** Forgets documents of these kinds that a full read of the customer did not list: they were deleted or moved away. */
export async function forgetUnlistedDocuments(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  listed: {
    readonly customerId: string;
    readonly types: readonly string[];
    readonly documentIds: readonly string[];
    readonly askedAt: Date;
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
      listed.askedAt,
    ],
  );
}

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

export async function removeLedgerDocuments(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  gone: { readonly type: string; readonly documentIds: readonly string[] },
): Promise<void> {
  await on.query(
    `delete from ledger_documents where ${KEY} and type = $3 and document_id = any($4::text[])`,
    [installId, organisationId, gone.type, [...gone.documentIds]],
  );
}

/** What a document's own page told, for the version it told it of; a document that has changed since keeps its own. */
export async function addToLedgerDocuments(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  details: readonly {
    readonly type: string;
    readonly documentId: string;
    readonly version: string | null;
    readonly more: object;
    /** JSON for comparing documents; absent: what is stored stays. */
    readonly contents?: object | undefined;
  }[],
): Promise<void> {
  if (details.length === 0) return;
  await on.query(
    `update ledger_documents d set body = d.body || one.more, contents = coalesce(one.contents, d.contents)
     from jsonb_to_recordset($3::jsonb) as one(type text, "documentId" text, version text, more jsonb, contents jsonb)
     where ${KEY} and d.type = one.type and d.document_id = one."documentId"
       and d.body->>'version' is not distinct from one.version`,
    [installId, organisationId, JSON.stringify(details)],
  );
}

/** What documents' own pages told of what they were made from and what stands on them, where one was read. */
export function ledgerContents(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  customerIds: readonly string[],
): Promise<readonly { readonly type: string; readonly documentId: string; readonly contents: unknown }[]> {
  return on.query(
    `select type, document_id as "documentId", contents from ledger_documents
     where ${KEY} and customer_id = any($3::text[]) and contents is not null`,
    [installId, organisationId, [...customerIds]],
  );
}

/** Invoices of filled customers whose net amount is not known yet, the newest first. */
export function invoicesWithoutNet(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  { limit, except }: { readonly limit: number; readonly except: readonly string[] },
): Promise<readonly LedgerDocumentRow[]> {
  return on.query<LedgerDocumentRow>(
    `select d.type, d.document_id as "documentId", d.customer_id as "customerId", d.deal_id as "dealId", d.body
     from ledger_documents d join ledger_customers c using (install_id, organisation_id, customer_id)
     where d.install_id = $1 and d.organisation_id = $2 and d.type = 'invoice' and d.body->>'net' is null and c.filled_at is not null
       and not (d.document_id = any($4::text[]))
     order by d.deal_id is null, d.body->>'date' desc, d.document_id limit $3`,
    [installId, organisationId, limit, [...except]],
  );
}
