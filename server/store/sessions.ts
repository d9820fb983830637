import type { Database, Queries } from './database.ts';

export interface SessionRow {
  readonly id: string;
  readonly installId: string;
  readonly crmUserId: string;
  readonly userName: string;
  readonly amr: string;
  /** Whom CRM's page belonged to at sign-in, as the widget said. A hint for the widget; no right hangs on it. */
  readonly crmPerson: string | null;
  readonly createdAt: Date;
  /** Last sign-in or refresh: the idle limit counts from here. */
  readonly usedAt: Date;
}

const ROW = `sessions.id, install_id as "installId", crm_user_id as "crmUserId", user_name as "userName", amr, crm_person as "crmPerson",
  created_at as "createdAt", used_at as "usedAt"`;

/** Give it a transaction: a session without a handle is of no use. */
export async function startSession(on: Queries, session: SessionRow, handleHash: string): Promise<void> {
  await on.query(
    `insert into sessions (id, install_id, crm_user_id, user_name, amr, crm_person, created_at, used_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      session.id,
      session.installId,
      session.crmUserId,
      session.userName,
      session.amr,
      session.crmPerson,
      session.createdAt,
      session.usedAt,
    ],
  );
  await on.query('insert into refresh_handles (hash, session_id) values ($1, $2)', [handleHash, session.id]);
}

export async function sessionById(on: Queries, id: string): Promise<SessionRow | null> {
  return (await on.query<SessionRow>(`select ${ROW} from sessions where id = $1`, [id]))[0] ?? null;
}

/** The session a refresh handle belongs to, and when the handle was used up (`null`: not yet). */
export async function sessionOfHandle(
  on: Queries,
  hash: string,
): Promise<{ session: SessionRow; spentAt: Date | null } | null> {
  const [row] = await on.query<SessionRow & { spentAt: Date | null }>(
    `select ${ROW}, spent_at as "spentAt" from refresh_handles join sessions on sessions.id = session_id where hash = $1`,
    [hash],
  );
  if (!row) return null;
  const { spentAt, ...session } = row;
  return { session, spentAt };
}

/** Replaces a handle by its successor. False when somebody else did so first. */
export async function rotateHandle(
  database: Database,
  rotation: { sessionId: string; spent: string; next: string; now: Date },
): Promise<boolean> {
  return database.transaction(async (on) => {
    const taken = await on.query(
      'update refresh_handles set spent_at = $2 where hash = $1 and spent_at is null returning 1',
      [rotation.spent, rotation.now],
    );
    if (taken.length === 0) return false;
    await on.query('insert into refresh_handles (hash, session_id) values ($1, $2)', [
      rotation.next,
      rotation.sessionId,
    ]);
    await on.query('update sessions set used_at = $2 where id = $1', [rotation.sessionId, rotation.now]);
    return true;
  });
}

/** A session that is over. */
export type EndedSession = Pick<SessionRow, 'id' | 'installId' | 'crmUserId' | 'amr'>;

const ENDED = 'returning id, install_id as "installId", crm_user_id as "crmUserId", amr';

/** Ends the session together with every handle it ever had. Answers it to exactly one caller. */
export async function endSession(on: Queries, id: string): Promise<readonly EndedSession[]> {
  return on.query<EndedSession>(`delete from sessions where id = $1 ${ENDED}`, [id]);
}

export async function endSessionsOf(
  on: Queries,
  user: { installId: string; crmUserId: string },
): Promise<readonly EndedSession[]> {
  return on.query<EndedSession>(`delete from sessions where install_id = $1 and crm_user_id = $2 ${ENDED}`, [
    user.installId,
    user.crmUserId,
  ]);
}

export async function endSessionsOlderThan(
  on: Queries,
  limits: { createdBefore: Date; usedBefore: Date },
): Promise<readonly EndedSession[]> {
  return on.query<EndedSession>(`delete from sessions where created_at < $1 or used_at < $2 ${ENDED}`, [
    limits.createdBefore,
    limits.usedBefore,
  ]);
}
