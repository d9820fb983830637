import type { Queries } from './database.ts';
import type { LedgerKey } from './snapshots.ts';

/** How far the local copy of one organisation has come. */
export interface LedgerProgress {
  /** Every change made in Books before this instant is in the rows, or its customer is wanted. */
  readonly followedTo: Date | null;
  /** The newest change seen, per kind, as ISO instants of Books' own clock. */
  readonly cursors: Readonly<Record<string, string>>;
  /** Kinds of document somebody said changed. */
  readonly hinted: readonly string[];
  readonly hintedAt: Date | null;
  /** When Books last told us of a change by itself. */
  readonly toldAt: Date | null;
  readonly viewedAt: Date | null;
  /** When an administrator last wanted what failed tried again. */
  readonly retryAt: Date | null;
  readonly backfill: Backfill;
}

export interface Backfill {
  /** What is being read; `null` before it began. */
  readonly module: string | null;
  /** The next page to read, from 1. */
  readonly page: number;
  readonly startedAt: Date | null;
  /** When the last page of the last list was read. */
  readonly listedAt: Date | null;
  readonly doneAt: Date | null;
  readonly pages: number;
}

interface Row extends Backfill, Omit<LedgerProgress, 'backfill'> {}

const NOTHING: LedgerProgress = {
  followedTo: null,
  cursors: {},
  hinted: [],
  hintedAt: null,
  toldAt: null,
  viewedAt: null,
  retryAt: null,
  backfill: { module: null, page: 1, startedAt: null, listedAt: null, doneAt: null, pages: 0 },
};

const KEY = 'install_id = $1 and organisation_id = $2';

export async function ledgerProgress(
  on: Queries,
  { installId, organisationId }: LedgerKey,
): Promise<LedgerProgress> {
  const [row] = await on.query<Row>(
    `select followed_to as "followedTo", cursors, hinted, hinted_at as "hintedAt", told_at as "toldAt", viewed_at as "viewedAt", retry_at as "retryAt",
       backfill_module as module, backfill_page as page, backfill_started_at as "startedAt",
       backfill_listed_at as "listedAt", backfill_done_at as "doneAt", backfill_pages as pages
     from ledger_progress where ${KEY}`,
    [installId, organisationId],
  );
  if (!row) return NOTHING;
  const { followedTo, cursors, hinted, hintedAt, toldAt, viewedAt, retryAt, ...backfill } = row;
  return { followedTo, cursors, hinted, hintedAt, toldAt, viewedAt, retryAt, backfill };
}

/** @param to absent: only some kinds were asked about, so nothing can be said of the whole */
export async function saveFollowed(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  followed: { readonly to: Date | null; readonly cursors: LedgerProgress['cursors'] },
): Promise<void> {
  await on.query(
    `insert into ledger_progress (install_id, organisation_id, followed_to, cursors) values ($1, $2, $3, $4::jsonb)
     on conflict (install_id, organisation_id) do update set
       followed_to = greatest(ledger_progress.followed_to, excluded.followed_to),
       cursors = ledger_progress.cursors || excluded.cursors`,
    [installId, organisationId, followed.to, JSON.stringify(followed.cursors)],
  );
}

/** Notes that kinds of document changed in Books; the server that follows looks soon. Each is later than those before, whatever a server's clock says. */
export async function noteHint(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  hint: {
    readonly types: readonly string[];
    readonly at: Date;
    /** By Books, not by ourselves. */
    readonly told: boolean;
  },
): Promise<void> {
  await on.query(
    `insert into ledger_progress (install_id, organisation_id, hinted, hinted_at, told_at) values ($1, $2, $3, $4, $5)
     on conflict (install_id, organisation_id) do update set
       hinted = array(select distinct unnest(ledger_progress.hinted || excluded.hinted)), 
       hinted_at = greatest(excluded.hinted_at, ledger_progress.hinted_at + interval '1 millisecond'),
       told_at = case when ledger_progress.missed_at > excluded.hinted_at - interval '24 hours' then ledger_progress.told_at
         else coalesce(excluded.told_at, ledger_progress.told_at) end`,
    [installId, organisationId, [...hint.types], hint.at, hint.told ? hint.at : null],
  );
}

/** Notes that Books did not tell us of a change: for a day it counts as not telling us. */
export async function noteUntold(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  at: Date,
): Promise<void> {
  await on.query(`update ledger_progress set told_at = null, missed_at = $3 where ${KEY}`, [
    installId,
    organisationId,
    at,
  ]);
}

/** Takes the hints away, to be looked into now. @param before hints that came later stay */
export async function endHints(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  before: Date,
): Promise<void> {
  await on.query(`update ledger_progress set hinted = '{}' where ${KEY} and hinted_at <= $3`, [
    installId,
    organisationId,
    before,
  ]);
}

export async function noteViewed(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  at: Date,
): Promise<void> {
  await on.query(
    `insert into ledger_progress (install_id, organisation_id, viewed_at) values ($1, $2, $3)
     on conflict (install_id, organisation_id) do update set viewed_at = greatest(ledger_progress.viewed_at, excluded.viewed_at)`,
    [installId, organisationId, at],
  );
}

export async function saveBackfill(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  { module, page, startedAt, listedAt, doneAt, pages }: Backfill,
): Promise<void> {
  await on.query(
    `insert into ledger_progress (install_id, organisation_id, backfill_module, backfill_page, backfill_started_at,
       backfill_listed_at, backfill_done_at, backfill_pages) values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (install_id, organisation_id) do update set backfill_module = excluded.backfill_module,
       backfill_page = excluded.backfill_page, backfill_started_at = excluded.backfill_started_at,
       backfill_listed_at = excluded.backfill_listed_at, backfill_done_at = excluded.backfill_done_at,
       backfill_pages = excluded.backfill_pages`,
    [installId, organisationId, module, page, startedAt, listedAt, doneAt, pages],
  );
}

export interface LedgerStanding {
  readonly customers: number;
  readonly filled: number;
  readonly wanted: number;
  /** Whose sums did not tie when they were last held against Books'. */
  readonly differing: number;
  readonly documents: number;
  /** Changes older than this may be missing in somebody's figures; `null` while nobody is filled. */
  readonly oldestFill: Date | null;
}

/** How the copy stands as a whole. */
export async function ledgerStanding(
  on: Queries,
  { installId, organisationId }: LedgerKey,
): Promise<LedgerStanding> {
  const [row] = await on.query<LedgerStanding>(
    `select count(*)::int as customers, count(filled_at)::int as filled,
       count(wanted_since)::int as wanted, (count(*) filter (where ties = false))::int as differing,
       min(filled_at) as "oldestFill", (select count(*)::int from ledger_documents where ${KEY}) as documents
     from ledger_customers where ${KEY}`,
    [installId, organisationId],
  );
  return row ?? { customers: 0, filled: 0, wanted: 0, differing: 0, documents: 0, oldestFill: null };
}
