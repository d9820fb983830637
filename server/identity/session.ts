import { randomBytes, randomUUID } from 'node:crypto';
import { decodeProtectedHeader, jwtVerify, SignJWT } from 'jose';
import * as z from 'zod';
import type { Session } from '../contract/auth.ts';
import { Problem } from '../contract/problem.ts';
import type { Database } from '../store/database.ts';
import {
  endSession,
  endSessionsOlderThan,
  rotateHandle,
  type SessionRow,
  sessionById,
  sessionOfHandle,
  startSession,
} from '../store/sessions.ts';
import { hashed } from './one-time-code.ts';
import type { SigningKeys } from './signing-keys.ts';

const TYPE = 'wsess+jwt';
const AUDIENCE = 'widget-api';
const LIFE_SECONDS = 300;
const SKEW_SECONDS = 10;
const LONGEST_TOKEN = 4_096;
const IDLE_MS = 2 * 3_600_000;
const ABSOLUTE_MS = 12 * 3_600_000;
/** Two tabs that open together send the same handle; the second is told to try again instead of losing the session. */
const SAME_MOMENT_MS = 3_000;

const Header = z.strictObject({
  alg: z.literal('EdDSA'),
  typ: z.literal(TYPE),
  kid: z.string().regex(/^[A-Za-z0-9-]{1,64}$/),
});

// Undeclared claims are dropped: an older build may have put rights in here, and they count for nothing.
const Claims = z.object({
  sub: z.string().regex(/^zcrm:[a-z]{2,10}:[0-9]{1,20}:[0-9]{1,20}$/),
  iid: z.uuid(),
  sid: z.uuid(),
  jti: z.string().regex(/^[A-Za-z0-9_-]{22}$/),
  amr: z.literal('zoho-oauth'),
  iat: z.int().positive(),
  nbf: z.int().positive(),
  exp: z.int().positive(),
});

interface SessionUser {
  readonly installId: string;
  readonly dataCentre: string;
  readonly zgid: string;
  readonly crmUserId: string;
  readonly name: string;
  readonly crmPerson: string | null;
}

/** What a verified token says: who signed in, not what they may do. */
interface VerifiedSession {
  readonly sessionId: string;
  readonly installId: string;
  readonly crmUserId: string;
  /** `zcrm:{data centre}:{zgid}:{user}` */
  readonly subject: string;
}

export interface IssuedSession {
  readonly session: Session;
  /** For the HttpOnly cookie; never in a body. */
  readonly handle: string;
}

export interface Sessions {
  start(user: SessionUser): Promise<IssuedSession>;
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
}

export function createSessions({ database, keys, issuer, clock }: Needs): Sessions {
  async function accessToken(row: SessionRow, tenant: { dataCentre: string; zgid: string }): Promise<string> {
    const { kid, key } = await keys.current();
    const now = Math.floor(clock().getTime() / 1_000);
    return new SignJWT({ iid: row.installId, sid: row.id, amr: row.amr })
      .setProtectedHeader({ alg: 'EdDSA', typ: TYPE, kid })
      .setIssuer(issuer)
      .setAudience(AUDIENCE)
      .setSubject(`zcrm:${tenant.dataCentre}:${tenant.zgid}:${row.crmUserId}`)
      .setJti(randomBytes(16).toString('base64url'))
      .setIssuedAt(now)
      .setNotBefore(now)
      .setExpirationTime(now + LIFE_SECONDS)
      .sign(key);
  }

  const answer = async (
    row: SessionRow,
    tenant: { dataCentre: string; zgid: string },
    handle: string,
  ): Promise<IssuedSession> => ({
    session: {
      accessToken: await accessToken(row, tenant),
      expiresInSeconds: LIFE_SECONDS,
      user: { name: row.userName },
      crmPerson: row.crmPerson,
    },
    handle,
  });

  const isOver = (row: SessionRow): boolean =>
    clock().getTime() - row.usedAt.getTime() > IDLE_MS ||
    clock().getTime() - row.createdAt.getTime() > ABSOLUTE_MS;

  return {
    async start(user) {
      const now = clock();
      await endSessionsOlderThan(database, {
        createdBefore: new Date(now.getTime() - ABSOLUTE_MS),
        usedBefore: new Date(now.getTime() - IDLE_MS),
      });
      const row: SessionRow = {
        id: randomUUID(),
        installId: user.installId,
        crmUserId: user.crmUserId,
        userName: user.name,
        amr: 'zoho-oauth',
        crmPerson: user.crmPerson,
        createdAt: now,
        usedAt: now,
      };
      const handle = randomBytes(32).toString('base64url');
      await startSession(database, row, hashed(handle));
      return answer(row, user, handle);
    },

    async refresh(handle, tenantOf) {
      if (handle === undefined || handle === '') throw new Problem('session.missing');
      const spent = hashed(handle);
      const found = await sessionOfHandle(database, spent);
      if (!found) throw new Problem('session.ended');
      const { session } = found;
      const tenant = isOver(session) ? null : await tenantOf(session.installId);
      if (!tenant) {
        await endSession(database, session.id);
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
        await endSession(database, session.id);
        throw new Problem('session.ended');
      }
      return answer(session, tenant, next);
    },

    async verify(authorization) {
      const token = /^Bearer ([\w.-]+)$/.exec(authorization ?? '')?.[1];
      if (token === undefined) throw new Problem('session.missing');
      if (token.length >= LONGEST_TOKEN || token.split('.').length !== 3) throw new Problem('session.ended');
      const claims = await verified(token, keys, issuer, clock());
      const row = await sessionById(database, claims.sid);
      const subject = claims.sub.split(':');
      if (!row || isOver(row) || row.installId !== claims.iid || row.crmUserId !== subject[3])
        throw new Problem('session.ended');
      return { sessionId: row.id, installId: row.installId, crmUserId: row.crmUserId, subject: claims.sub };
    },

    async endByHandle(handle) {
      if (handle === undefined || handle === '') return;
      const found = await sessionOfHandle(database, hashed(handle));
      if (found) await endSession(database, found.session.id);
    },
  };
}

async function verified(
  token: string,
  keys: SigningKeys,
  issuer: string,
  now: Date,
): Promise<z.output<typeof Claims>> {
  const header = headerOf(token);
  const key = header && (await keys.verifying(header.kid));
  if (!key) throw new Problem('session.ended');
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['EdDSA'],
      typ: TYPE,
      issuer,
      audience: AUDIENCE,
      clockTolerance: SKEW_SECONDS,
      currentDate: now,
      requiredClaims: ['iss', 'aud', 'sub', 'iid', 'sid', 'jti', 'amr', 'iat', 'nbf', 'exp'],
    });
    const claims = Claims.parse(payload);
    if (claims.exp - claims.iat !== LIFE_SECONDS || claims.nbf !== claims.iat)
      throw new Error('unusual life');
    return claims;
  } catch (cause) {
    throw new Problem('session.ended', { cause });
  }
}

/** Strict: a header that also points to a key elsewhere (jku, jwk, x5u) is not one of ours. */
function headerOf(token: string): z.output<typeof Header> | null {
  try {
    return Header.parse(decodeProtectedHeader(token));
  } catch {
    return null; // whatever is wrong with it, the answer is the same
  }
}
