import type { Queries } from './database.ts';
import type { LedgerKey } from './snapshots.ts';

/** One document of one Books organisation. */
export interface DocumentKey extends LedgerKey {
  readonly type: string;
  readonly documentId: string;
}

export interface SeenDocumentRow {
  readonly type: string;
  readonly documentId: string;
  readonly customerId: string | null;
  readonly currency: string;
  /** Without tax, as decimal text; `null` where the page does not tell. */
  readonly net: string | null;
  readonly booksDeal: string | null;
  readonly version: string | null;
  /** A list row that is older than what is stored here. */
  readonly outdated: string | null;
  readonly inBooks: 'settled' | 'not_yet' | 'conflict';
  readonly reason: string | null;
  readonly seenAt: Date;
}

export interface DealLinkRow {
  readonly id: string;
  readonly type: string;
  readonly documentId: string;
  readonly dealId: string;
  /** Net, as decimal text; `null`: all that no other deal has. */
  readonly share: string | null;
  readonly origin: 'person' | 'automation' | 'books';
  readonly madeBy: string | null;
  readonly madeByName: string | null;
  readonly madeAt: Date | null;
  /** `null` while the link holds. */
  readonly removedAt: Date | null;
  readonly removedBy: string | null;
  readonly removedBecause: Removal | null;
  /** What the person said. */
  readonly removedReason: string | null;
}

/** How a link ended. Only `unlinked` can be restored by the one word "undo". */
export type Removal =
  | 'unlinked'
  | 'share_changed'
  | 'moved'
  | 'kept_books'
  | 'changed_outside'
  | 'document_gone';

const SEEN = `document_type as "type", document_id as "documentId", customer_id as "customerId", currency, net,
  books_deal as "booksDeal", version, outdated, in_books as "inBooks", reason, seen_at as "seenAt"`;
const LINK = `id, document_type as "type", document_id as "documentId", deal_id as "dealId", share, origin,
  made_by as "madeBy", made_by_name as "madeByName", made_at as "madeAt", removed_at as "removedAt",
  removed_by as "removedBy", removed_because as "removedBecause", removed_reason as "removedReason"`;
const OF_DOCUMENT = 'install_id = $1 and organisation_id = $2 and document_type = $3 and document_id = $4';
const keyOf = (of: DocumentKey): readonly string[] => [
  of.installId,
  of.organisationId,
  of.type,
  of.documentId,
];

/** @param lock holds the row until the caller's transaction ends */
export async function seenDocument(
  on: Queries,
  of: DocumentKey,
  lock?: 'for update',
): Promise<SeenDocumentRow | null> {
  const rows = await on.query<SeenDocumentRow>(
    `select ${SEEN} from seen_documents where ${OF_DOCUMENT} ${lock ?? ''}`,
    keyOf(of),
  );
  return rows[0] ?? null;
}

/** All of these customers, and all of these documents, whoever's they are now. */
export function seenDocuments(
  on: Queries,
  of: LedgerKey,
  { customerIds, documentIds }: { customerIds: readonly string[]; documentIds: readonly string[] },
): Promise<readonly SeenDocumentRow[]> {
  return on.query<SeenDocumentRow>(
    `select ${SEEN} from seen_documents where install_id = $1 and organisation_id = $2
     and (customer_id = any($3::text[]) or document_id = any($4::text[]))`,
    [of.installId, of.organisationId, [...customerIds], [...documentIds]],
  );
}

export interface SeenPage extends Omit<SeenDocumentRow, 'outdated'> {
  /** JSON for comparing documents, kept with the document's row in the ledger; absent: what is stored there stays. */
  readonly contents?: object;
}

export async function saveSeenDocument(on: Queries, of: LedgerKey, row: SeenPage): Promise<void> {
  await on.query(
    `with told as (update ledger_documents set contents = $13::jsonb where install_id = $1 and organisation_id = $2
       and type = $3 and document_id = $4 and $13::jsonb is not null)
     insert into seen_documents (install_id, organisation_id, document_type, document_id, customer_id, currency, net,
       books_deal, version, in_books, reason, seen_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (install_id, organisation_id, document_type, document_id) do update set
       customer_id = excluded.customer_id, currency = excluded.currency, net = excluded.net, books_deal = excluded.books_deal,
       version = excluded.version, outdated = null, in_books = excluded.in_books, reason = excluded.reason,
       seen_at = excluded.seen_at`,
    [
      of.installId,
      of.organisationId,
      row.type,
      row.documentId,
      row.customerId,
      row.currency,
      row.net,
      row.booksDeal,
      row.version,
      row.inBooks,
      row.reason,
      row.seenAt,
      row.contents === undefined ? null : JSON.stringify(row.contents),
    ],
  );
}

export async function markOutdated(on: Queries, of: DocumentKey, outdated: string): Promise<void> {
  await on.query(`update seen_documents set outdated = $5 where ${OF_DOCUMENT}`, [...keyOf(of), outdated]);
}

/** Links of a document that hold, the first made first. */
export function activeLinks(on: Queries, of: DocumentKey): Promise<readonly DealLinkRow[]> {
  return on.query<DealLinkRow>(
    `select ${LINK} from deal_links where ${OF_DOCUMENT} and removed_at is null order by made_at nulls first, id`,
    keyOf(of),
  );
}

export function activeLinksOf(
  on: Queries,
  of: LedgerKey,
  documentIds: readonly string[],
): Promise<readonly DealLinkRow[]> {
  return on.query<DealLinkRow>(
    `select ${LINK} from deal_links where install_id = $1 and organisation_id = $2 and document_id = any($3::text[])
     and removed_at is null order by made_at nulls first, id`,
    [of.installId, of.organisationId, [...documentIds]],
  );
}

/** Links of a deal: those that hold, and those taken back after `since`. */
export function linksOfDeal(
  on: Queries,
  of: LedgerKey,
  { dealId, since }: { dealId: string; since: Date },
): Promise<readonly DealLinkRow[]> {
  return on.query<DealLinkRow>(
    `select ${LINK} from deal_links where install_id = $1 and organisation_id = $2 and deal_id = $3
     and (removed_at is null or removed_at > $4) order by removed_at desc nulls first, id`,
    [of.installId, of.organisationId, dealId, since],
  );
}

/** Links of these documents made by somebody, or taken back by anybody, after `since`; the latest first. */
export function recentLinks(
  on: Queries,
  of: LedgerKey,
  { documentIds, madeBy, since }: { documentIds: readonly string[]; madeBy: string; since: Date },
): Promise<readonly DealLinkRow[]> {
  return on.query<DealLinkRow>(
    `select ${LINK} from deal_links where install_id = $1 and organisation_id = $2 and document_id = any($3::text[])
     and (removed_at > $4 and removed_because = 'unlinked' or removed_at is null and made_at > $4 and made_by = $5)
     order by coalesce(removed_at, made_at) desc, id`,
    [of.installId, of.organisationId, [...documentIds], since, madeBy],
  );
}

/** The newest tombstone per document of a deal whose link Books still holds. */
export function takenBackLinks(on: Queries, of: LedgerKey, dealId: string): Promise<readonly DealLinkRow[]> {
  return on.query<DealLinkRow>(
    `select distinct on (document_type, document_id) ${LINK} from deal_links l where install_id = $1
     and organisation_id = $2 and deal_id = $3 and removed_at is not null
     and exists (select 1 from seen_documents s where s.install_id = l.install_id and s.organisation_id = l.organisation_id
       and s.document_type = l.document_type and s.document_id = l.document_id and s.in_books = 'not_yet' and s.books_deal = l.deal_id)
     and not exists (select 1 from deal_links h where h.install_id = l.install_id and h.organisation_id = l.organisation_id
       and h.document_type = l.document_type and h.document_id = l.document_id and h.deal_id = l.deal_id and h.removed_at is null)
     order by document_type, document_id, removed_at desc`,
    [of.installId, of.organisationId, dealId],
  );
}

export async function dealLink(on: Queries, of: LedgerKey, id: string): Promise<DealLinkRow | null> {
  const rows = await on.query<DealLinkRow>(
    `select ${LINK} from deal_links where install_id = $1 and organisation_id = $2 and id = $3`,
    [of.installId, of.organisationId, id],
  );
  return rows[0] ?? null;
}

export async function addDealLink(on: Queries, of: LedgerKey, link: DealLinkRow): Promise<void> {
  await on.query(
    `insert into deal_links (id, install_id, organisation_id, document_type, document_id, deal_id, share, origin, made_by,
       made_by_name, made_at, removed_at, removed_by, removed_because, removed_reason)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      link.id,
      of.installId,
      of.organisationId,
      link.type,
      link.documentId,
      link.dealId,
      link.share,
      link.origin,
      link.madeBy,
      link.madeByName,
      link.madeAt,
      link.removedAt,
      link.removedBy,
      link.removedBecause,
      link.removedReason,
    ],
  );
}

export async function removeDealLink(
  on: Queries,
  removed: { id: string; at: Date; by: string | null; because: Removal; reason: string | null },
): Promise<void> {
  await on.query(
    'update deal_links set removed_at = $2, removed_by = $3, removed_because = $4, removed_reason = $5 where id = $1 and removed_at is null',
    [removed.id, removed.at, removed.by, removed.because, removed.reason],
  );
}

/** Exactly as it was before it was taken back. */
export async function restoreDealLink(on: Queries, id: string): Promise<void> {
  await on.query(
    'update deal_links set removed_at = null, removed_by = null, removed_because = null, removed_reason = null where id = $1',
    [id],
  );
}
