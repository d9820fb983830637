import type { InstallState } from '../contract/lifecycle.ts';
import type { Queries } from './database.ts';
import type { EndedSession } from './sessions.ts';

/** Where an install stands in its life. */
export interface StateRow {
  readonly state: InstallState;
  /** Counts changes of state and organisation. */
  readonly version: number;
  readonly at: Date | null;
  readonly by: string | null;
  readonly byName: string | null;
}

const STATE = 'state, state_version as version, state_at as at, state_by as by, state_by_name as "byName"';

/** `null` once the install is gone. */
export async function installState(on: Queries, installId: string): Promise<StateRow | null> {
  return (await on.query<StateRow>(`select ${STATE} from installs where id = $1`, [installId]))[0] ?? null;
}

/** The same, and nobody else changes it until the caller's transaction ends. */
export async function lockInstallState(on: Queries, installId: string): Promise<StateRow | null> {
  const sql = `select ${STATE} from installs where id = $1 for update`;
  return (await on.query<StateRow>(sql, [installId]))[0] ?? null;
}

/** The same, for several at once who only rely on it. */
export async function holdInstallState(on: Queries, installId: string): Promise<StateRow | null> {
  const sql = `select ${STATE} from installs where id = $1 for share`;
  return (await on.query<StateRow>(sql, [installId]))[0] ?? null;
}

/** Behind a locked state. */
export async function saveInstallState(
  on: Queries,
  installId: string,
  next: { state: InstallState; by: { id: string; name: string } | null; at: Date },
): Promise<void> {
  await on.query(
    `update installs set state = $2, state_version = state_version + 1, state_at = $3, state_by = $4, state_by_name = $5
     where id = $1`,
    [installId, next.state, next.at, next.by?.id ?? null, next.by?.name ?? null],
  );
}

/** What changes neither state nor organisation counts as well. */
export async function countInstallChange(on: Queries, installId: string): Promise<void> {
  await on.query('update installs set state_version = state_version + 1 where id = $1', [installId]);
}

/** Behind a consent that was just stored. */
export async function noteBooksConnector(
  on: Queries,
  installId: string,
  by: { readonly id: string; readonly name: string },
): Promise<void> {
  await on.query('update books_grants set granted_by = $2, granted_by_name = $3 where install_id = $1', [
    installId,
    by.id,
    by.name,
  ]);
}

export async function booksConnectedBy(
  on: Queries,
  installId: string,
): Promise<{ readonly at: Date; readonly name: string | null } | null> {
  const rows = await on.query<{ at: Date; name: string | null }>(
    'select granted_at as at, granted_by_name as name from books_grants where install_id = $1',
    [installId],
  );
  return rows[0] ?? null;
}

/**
 * Everything by which somebody could still come in: sessions with all their proofs, sign-ins under way, access tokens,
 * and the addresses Books and the Marketplace call.
 * @returns the sessions that ended
 */
export async function shutDoors(on: Queries, installId: string): Promise<readonly EndedSession[]> {
  await on.query('delete from access_tokens where install_id = $1', [installId]);
  await on.query('delete from books_hooks where install_id = $1', [installId]);
  await on.query('delete from sign_ins where install_id = $1 or result_install_id = $1', [installId]);
  return on.query<EndedSession>(
    `delete from sessions where install_id = $1
     returning id, install_id as "installId", crm_user_id as "crmUserId", amr`,
    [installId],
  );
}
