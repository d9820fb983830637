import type { Queries } from './database.ts';

/** How far the set-up of an install has come. */
export interface SetupRow {
  /** Steps somebody has said they are done with. */
  readonly passed: readonly string[];
  /** Who went on last, by CRM user id and name; id 0 where no person did. */
  readonly byId: string;
  readonly byName: string;
  readonly at: Date;
  readonly finishedAt: Date | null;
}

/** `null` until somebody has gone past the first step. */
export async function setupOf(on: Queries, installId: string): Promise<SetupRow | null> {
  const rows = await on.query<SetupRow>(
    `select passed, by_id as "byId", by_name as "byName", at, finished_at as "finishedAt" from setups where install_id = $1`,
    [installId],
  );
  return rows[0] ?? null;
}

/**
 * Adds to the steps that are passed: whoever else is at it takes nothing back, and a set-up once finished stays so.
 * @returns whether this was news
 */
export async function passSetupStep(
  on: Queries,
  installId: string,
  pass: { step: string; finishes: boolean; byId: string; byName: string; now: Date },
): Promise<boolean> {
  const rows = await on.query(
    `insert into setups (install_id, passed, by_id, by_name, at, finished_at)
     values ($1, array[$2::text], $3, $4, $5, case when $6::boolean then $5::timestamptz end)
     on conflict (install_id) do update set passed = setups.passed || excluded.passed, by_id = excluded.by_id,
       by_name = excluded.by_name, at = excluded.at, finished_at = coalesce(setups.finished_at, excluded.finished_at)
     where not setups.passed @> excluded.passed
     returning 1`,
    [installId, pass.step, pass.byId, pass.byName, pass.now, pass.finishes],
  );
  return rows.length > 0;
}
