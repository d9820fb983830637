import type { Queries } from './database.ts';

/** One way in which work for an install failed lately. */
export interface TroubleRow {
  readonly area: string;
  readonly cause: string;
  readonly code: string;
  readonly count: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
  /** When the same work was next done well. */
  readonly endedAt: Date | null;
  readonly reference: string;
}

/** Counts failures; one that had ended begins anew. */
export async function addTrouble(
  on: Queries,
  installId: string,
  { area, cause, code, count, firstAt, lastAt, reference }: Omit<TroubleRow, 'endedAt'>,
): Promise<void> {
  // an install that is gone meanwhile has no troubles
  await on.query(
    `insert into troubles (install_id, area, cause, code, count, first_at, last_at, reference)
     select id, $2, $3, $4, $5, $6, $7, $8 from installs where id = $1
     on conflict (install_id, area, cause, code) do update set
       count = excluded.count + case when troubles.ended_at is null then troubles.count else 0 end,
       first_at = case when troubles.ended_at is null then least(troubles.first_at, excluded.first_at) else excluded.first_at end,
       last_at = greatest(troubles.last_at, excluded.last_at), reference = excluded.reference, ended_at = null`,
    [installId, area, cause, code, count, firstAt, lastAt, reference],
  );
}

/** What was failing is done well again. @param at failures after it go on */
export async function endTroubles(
  on: Queries,
  installId: string,
  { areas, at }: { readonly areas: readonly string[]; readonly at: Date },
): Promise<void> {
  await on.query(
    `update troubles set ended_at = $3
     where install_id = $1 and area = any($2::text[]) and ended_at is null and last_at <= $3`,
    [installId, [...areas], at],
  );
}

/** Newest first. */
export function recentTroubles(on: Queries, installId: string, most: number): Promise<readonly TroubleRow[]> {
  return on.query<TroubleRow>(
    `select area, cause, code, count, first_at as "firstAt", last_at as "lastAt", ended_at as "endedAt", reference
     from troubles where install_id = $1 order by last_at desc, area, cause, code limit $2`,
    [installId, most],
  );
}

export async function pruneTroubles(on: Queries, olderThan: Date): Promise<void> {
  await on.query('delete from troubles where last_at < $1', [olderThan]);
}
