import { randomBytes, randomUUID } from 'node:crypto';
import type { Audit } from '../audit/audit.ts';
import type { Session } from '../contract/auth.ts';
import { Problem } from '../contract/problem.ts';
import type { Database, Queries } from '../store/database.ts';
import {
  endSessionsOlderThan,
  rotateHandle,
  type SessionRow,
  sessionById,
  sessionOfHandle,
  startSession,
} from '../store/sessions.ts';
import { alwaysRead, type Unchanged } from '../store/unchanged.ts';
import { hashed } from './one-time-code.ts';
import { endOne, noteEnded } from './session-ends.ts';
import { type Amr, LIFE_SECONDS, signToken } from './session-token.ts';
import type { SigningKeys } from './signing-keys.ts';
import { createVerifying } from './verified-claims.ts';

const IDLE_MS = 2 * 3_600_000;
const ABSOLUTE_MS = 12 * 3_600_000;
/** Two tabs that open together send the same handle; the second is told to try again instead of losing the session. */
const SAME_MOMENT_MS = 3_000;

interface SessionUser {
  readonly installId: string;
  readonly dataCentre: string;
  readonly zgid: string;
  readonly crmUserId: string;
  readonly name: string;
  readonly crmPerson: string | null;
  readonly amr: Amr;
}

/** What a verified token says: who signed in, not what they may do. */
export interface VerifiedSession {
  readonly sessionId: string;
  readonly installId: string;
  readonly crmUserId: string;
  /** `zcrm:{data centre}:{zgid}:{user}` */
  readonly subject: string;
  readonly amr: Amr;
  /** When token or session end, whatever comes first; in milliseconds. */
  readonly endsAt: number;
  readonly token: { readonly id: string; readonly issuedAt: Date };
}

export interface IssuedSession {
  readonly session: Session;
  /** For the HttpOnly cookie; never in a body. */
  readonly handle: string;
}

export interface Sessions {
  /**
   * @param first part of the same transaction, before anything of it: whether there is to be a session
   * @returns `null` when there is not
   */
  start(user: SessionUser, first: (on: Queries) => Promise<boolean>): Promise<IssuedSession | null>;
  /** @throws Problem `session.missing`, `session.ended`, or `request.too_many` when another tab is just doing it */
  refresh(
    handle: string | undefined,
    tenantOf: (installId: string) => Promise<{ dataCentre: string; zgid: string } | null>,
  ): Promise<IssuedSession>;
  /** @throws Problem `session.missing` for no token, `session.ended` for one that is not good (any more) */
  verify(authorization: string | undefined): Promise<VerifiedSession>;
  endByHandle(handle: string | undefined): Promise<void>;
}

interface Needs {
  readonly database: Database;
  readonly keys: SigningKeys;
  /** `iss` of our tokens: the public origin. */
  readonly issuer: string;
  readonly clock: () => Date;
  readonly audit: Pick<Audit, 'record'>;
  readonly unchanged?: Unchanged;
  /** Called once a token is known to be ours, before anything else is looked up. */
  readonly onGenuine?: () => Promise<void>;
}

export function createSessions({
  database,
  keys,
  issuer,
  clock,
  audit,
  unchanged = alwaysRead,
  onGenuine = async () => undefined,
}: Needs): Sessions {
  const verify = createVerifying({ keys, issuer });
  const answer = async (
    row: SessionRow,
    tenant: { dataCentre: string; zgid: string },
    handle: string,
  ): Promise<IssuedSession> => ({
    session: {
      accessToken: await signToken(
        {
          installId: row.installId,
          sessionId: row.id,
          amr: row.amr,
          subject: `zcrm:${tenant.dataCentre}:${tenant.zgid}:${row.crmUserId}`,
        },
        { keys, issuer, now: clock() },
      ),
      expiresInSeconds: LIFE_SECONDS,
      user: { name: row.userName },
      crmPerson: row.crmPerson,
    },
    handle,
  });

  const isOver = (row: SessionRow): boolean =>
    clock().getTime() - row.usedAt.getTime() > IDLE_MS ||
    clock().getTime() - row.createdAt.getTime() > ABSOLUTE_MS;

  const end = (row: SessionRow, why: Parameters<typeof endOne>[1]['why']): Promise<void> =>
    endOne({ database, audit }, { session: row, why });

  return {
    async start(user, first) {
      const now = clock();
      const row: SessionRow = {
        id: randomUUID(),
        installId: user.installId,
        crmUserId: user.crmUserId,
        userName: user.name,
        amr: user.amr,
        crmPerson: user.crmPerson,
        createdAt: now,
        usedAt: now,
      };
      const handle = randomBytes(32).toString('base64url');
      const isStarted = await database.transaction(async (on) => {
        if (!(await first(on))) return false;
        // There is no other moment at which somebody would tidy up.
        const over = await endSessionsOlderThan(on, {
          createdBefore: new Date(now.getTime() - ABSOLUTE_MS),
          usedBefore: new Date(now.getTime() - IDLE_MS),
        });
        await startSession(on, row, hashed(handle));
        await noteEnded(on, audit, over, 'too_old');
        await audit.record(on, row.installId, {
          action: 'session.started',
          who: row.crmUserId,
          amr: row.amr,
          subject: `sessions/${row.id}`,
          outcome: 'started',
        });
        return true;
      });
      return isStarted ? answer(row, user, handle) : null;
    },

    async refresh(handle, tenantOf) {
      if (handle === undefined || handle === '') throw new Problem('session.missing');
      const spent = hashed(handle);
      const found = await sessionOfHandle(database, spent);
      if (!found) throw new Problem('session.ended');
      const { session } = found;
      const tenant = isOver(session) ? null : await tenantOf(session.installId);
      if (!tenant) {
        await end(session, 'too_old');
        throw new Problem('session.ended');
      }
      const next = randomBytes(32).toString('base64url');
      const now = clock();
      const mine =
        found.spentAt === null &&
        (await rotateHandle(database, { sessionId: session.id, spent, next: hashed(next), now }));
      if (!mine) {
        const sinceMs = now.getTime() - (found.spentAt ?? now).getTime();
        if (sinceMs <= SAME_MOMENT_MS) throw new Problem('request.too_many', { retryAfterSeconds: 1 });
        // Two parties hold the same handle: nobody can tell which one is the thief.
        await end(session, 'handle_reused');
        throw new Problem('session.ended');
      }
      return answer(session, tenant, next);
    },

    async verify(authorization) {
      const claims = await verify(authorization, clock());
      await onGenuine();
      const row = await unchanged(`session|${claims.sid}`, () => sessionById(database, claims.sid));
      const subject = claims.sub.split(':');
      if (
        !row ||
        isOver(row) ||
        row.installId !== claims.iid ||
        row.crmUserId !== subject[3] ||
        row.amr !== claims.amr
      )
        throw new Problem('session.ended');
      return {
        sessionId: row.id,
        installId: row.installId,
        crmUserId: row.crmUserId,
        subject: claims.sub,
        amr: claims.amr,
        endsAt: Math.min(
          claims.exp * 1_000,
          row.usedAt.getTime() + IDLE_MS,
          row.createdAt.getTime() + ABSOLUTE_MS,
        ),
        token: { id: claims.jti, issuedAt: new Date(claims.iat * 1_000) },
      };
    },

    async endByHandle(handle) {
      if (handle === undefined || handle === '') return;
      const found = await sessionOfHandle(database, hashed(handle));
      if (found) await end(found.session, 'signed_out');
    },
  };
}
