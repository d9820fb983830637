import type { Queries } from './database.ts';

/** What one install read of one Books organisation. A read that outlives the choice of another writes where nobody looks. */
export interface LedgerKey {
  readonly installId: string;
  readonly organisationId: string;
}

/** Whose Books customers belong to a CRM record. */
export interface LinkRow {
  readonly customerIds: readonly string[];
  readonly knownGoodAt: Date;
}

/** @param owner the CRM record, as the ledger names it */
export async function readLink(on: Queries, of: LedgerKey, owner: string): Promise<LinkRow | null> {
  const rows = await on.query<LinkRow>(
    'select customer_ids as "customerIds", known_good_at as "knownGoodAt" from customer_links where install_id = $1 and organisation_id = $2 and owner = $3',
    [of.installId, of.organisationId, owner],
  );
  return rows[0] ?? null;
}

export async function writeLink(on: Queries, of: LedgerKey, owner: string, link: LinkRow): Promise<void> {
  await on.query(
    `insert into customer_links (install_id, organisation_id, owner, customer_ids, known_good_at) values ($1, $2, $3, $4, $5)
     on conflict (install_id, organisation_id, owner) do update set customer_ids = excluded.customer_ids, known_good_at = excluded.known_good_at`,
    [of.installId, of.organisationId, owner, [...link.customerIds], link.knownGoodAt],
  );
}

export interface DealDocumentsRow {
  /** The kinds of document that were asked about. */
  readonly types: readonly string[];
  readonly documentIds: readonly string[];
  readonly knownGoodAt: Date;
}

export async function readDealDocuments(
  on: Queries,
  of: LedgerKey,
  dealId: string,
): Promise<DealDocumentsRow | null> {
  const rows = await on.query<DealDocumentsRow>(
    'select types, document_ids as "documentIds", known_good_at as "knownGoodAt" from deal_documents where install_id = $1 and organisation_id = $2 and deal_id = $3',
    [of.installId, of.organisationId, dealId],
  );
  return rows[0] ?? null;
}

export async function writeDealDocuments(
  on: Queries,
  of: LedgerKey,
  dealId: string,
  documents: DealDocumentsRow,
): Promise<void> {
  await on.query(
    `insert into deal_documents (install_id, organisation_id, deal_id, types, document_ids, known_good_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (install_id, organisation_id, deal_id) do update set types = excluded.types, document_ids = excluded.document_ids, known_good_at = excluded.known_good_at`,
    [
      of.installId,
      of.organisationId,
      dealId,
      [...documents.types],
      [...documents.documentIds],
      documents.knownGoodAt,
    ],
  );
}
