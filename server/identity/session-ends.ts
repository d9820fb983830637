import type { Audit } from '../audit/audit.ts';
import type { Database, Queries } from '../store/database.ts';
import { type EndedSession, endSession, endSessionsOf } from '../store/sessions.ts';

/** Why a session ended. */
type Why =
  | 'signed_out'
  | 'too_old'
  | 'handle_reused'
  | 'another_person'
  | 'user_not_admitted'
  | 'consent_lost'
  | 'uninstalled';

interface Needs {
  readonly database: Database;
  readonly audit: Pick<Audit, 'record'>;
}

/** Ends one session with every handle and token it ever had, and writes it down. */
export async function endOne(
  { database, audit }: Needs,
  { session, why }: { session: { readonly id: string }; why: Why },
): Promise<void> {
  await database.transaction(async (on) => {
    await noteEnded(on, audit, await endSession(on, session.id), why);
  });
}

/** Ends everything a person has open in an install. `on` lets it happen together with something else. */
export async function endAllOf(
  on: Queries,
  audit: Needs['audit'],
  { user, why }: { user: { installId: string; crmUserId: string }; why: Why },
): Promise<void> {
  await noteEnded(on, audit, await endSessionsOf(on, user), why);
}

export async function noteEnded(
  on: Queries,
  audit: Needs['audit'],
  ended: readonly EndedSession[],
  why: Why,
): Promise<void> {
  // Installs in one order, so that two servers that tidy up at once never wait for each other.
  const inOrder = [...ended].sort((a, b) => (a.installId < b.installId ? -1 : 1));
  for (const { id, installId, crmUserId, amr } of inOrder)
    await audit.record(on, installId, {
      action: 'session.ended',
      who: crmUserId,
      amr,
      subject: `sessions/${id}`,
      outcome: why,
    });
}
