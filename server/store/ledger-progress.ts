import type { Queries } from './database.ts';
import type { LedgerKey } from './snapshots.ts';

/** How far the local copy of one organisation has come. */
export interface LedgerProgress {
  /** Every change made in Books before this instant is in the rows. */
  readonly followedTo: Date | null;
  readonly followedAt: Date | null;
  /** The newest change seen, per kind, as ISO instants. */
  readonly cursors: Readonly<Record<string, string>>;
  readonly backfill: {
    /** What is being read; `null` before it began and after it is done. */
    readonly module: string | null;
    readonly page: number;
    readonly startedAt: Date | null;
    readonly doneAt: Date | null;
    readonly done: number;
    readonly total: number | null;
  };
}

interface Row {
  readonly followedTo: Date | null;
  readonly followedAt: Date | null;
  readonly cursors: Readonly<Record<string, string>>;
  readonly module: string | null;
  readonly page: number;
  readonly startedAt: Date | null;
  readonly doneAt: Date | null;
  readonly done: number;
  readonly total: number | null;
}

const NOTHING: LedgerProgress = {
  followedTo: null,
  followedAt: null,
  cursors: {},
  backfill: { module: null, page: 1, startedAt: null, doneAt: null, done: 0, total: null },
};

export async function ledgerProgress(
  on: Queries,
  { installId, organisationId }: LedgerKey,
): Promise<LedgerProgress> {
  const [row] = await on.query<Row>(
    `select followed_to as "followedTo", followed_at as "followedAt", cursors, backfill_module as module, backfill_page as page,
       backfill_started_at as "startedAt", backfill_done_at as "doneAt", backfill_done as done, backfill_total as total
     from ledger_progress where install_id = $1 and organisation_id = $2`,
    [installId, organisationId],
  );
  if (!row) return NOTHING;
  const { followedTo, followedAt, cursors, ...backfill } = row;
  return { followedTo, followedAt, cursors, backfill };
}

export async function saveFollowed(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  followed: { readonly to: Date; readonly at: Date; readonly cursors: LedgerProgress['cursors'] },
): Promise<void> {
  await on.query(
    `insert into ledger_progress (install_id, organisation_id, followed_to, followed_at, cursors) values ($1, $2, $3, $4, $5::jsonb)
     on conflict (install_id, organisation_id) do update set
       followed_to = greatest(ledger_progress.followed_to, excluded.followed_to),
       followed_at = excluded.followed_at, cursors = excluded.cursors`,
    [installId, organisationId, followed.to, followed.at, JSON.stringify(followed.cursors)],
  );
}

export async function saveBackfill(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  { module, page, startedAt, doneAt, done, total }: LedgerProgress['backfill'],
): Promise<void> {
  await on.query(
    `insert into ledger_progress (install_id, organisation_id, backfill_module, backfill_page, backfill_started_at, backfill_done_at,
       backfill_done, backfill_total) values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (install_id, organisation_id) do update set backfill_module = excluded.backfill_module,
       backfill_page = excluded.backfill_page, backfill_started_at = excluded.backfill_started_at,
       backfill_done_at = excluded.backfill_done_at, backfill_done = excluded.backfill_done,
       backfill_total = excluded.backfill_total`,
    [installId, organisationId, module, page, startedAt, doneAt, done, total],
  );
}
