import { randomBytes } from 'node:crypto';
import { decodeProtectedHeader, jwtVerify, SignJWT } from 'jose';
import * as z from 'zod';
import { Problem } from '../contract/problem.ts';
import type { SigningKeys } from './signing-keys.ts';

const TYPE = 'wsess+jwt';
const AUDIENCE = 'widget-api';
export const LIFE_SECONDS = 300;
const SKEW_SECONDS = 10;
const LONGEST_TOKEN = 4_096;

/** How somebody signed in: by the window that reported back, or by a code they typed from it. */
export const Amr = z.enum(['zoho-oauth', 'typed']);
export type Amr = z.output<typeof Amr>;

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
  amr: Amr,
  iat: z.int().positive(),
  nbf: z.int().positive(),
  exp: z.int().positive(),
});

interface Holder {
  readonly installId: string;
  readonly sessionId: string;
  readonly amr: string;
  /** `zcrm:{data centre}:{zgid}:{user}` */
  readonly subject: string;
}

/** A signed access token of five minutes. It says who signed in, never what they may do. */
export async function signToken(
  { installId, sessionId, amr, subject }: Holder,
  { keys, issuer, now }: { keys: SigningKeys; issuer: string; now: Date },
): Promise<string> {
  const { kid, key } = await keys.current();
  const seconds = Math.floor(now.getTime() / 1_000);
  return new SignJWT({ iid: installId, sid: sessionId, amr })
    .setProtectedHeader({ alg: 'EdDSA', typ: TYPE, kid })
    .setIssuer(issuer)
    .setAudience(AUDIENCE)
    .setSubject(subject)
    .setJti(randomBytes(16).toString('base64url'))
    .setIssuedAt(seconds)
    .setNotBefore(seconds)
    .setExpirationTime(seconds + LIFE_SECONDS)
    .sign(key);
}

/**
 * The claims of an `Authorization` header. In this order: length, form, header from fixed lists, a key of ours,
 * signature, issuer, audience, time. Whether session and install are alive is the caller's to ask.
 *
 * @throws Problem `session.missing` for no token, `session.ended` for one that is not good
 */
export async function verifiedClaims(
  authorization: string | undefined,
  { keys, issuer, now }: { keys: SigningKeys; issuer: string; now: Date },
): Promise<z.output<typeof Claims>> {
  const token = /^Bearer ([\w.-]+)$/.exec(authorization ?? '')?.[1];
  if (token === undefined) throw new Problem('session.missing');
  if (token.length >= LONGEST_TOKEN || token.split('.').length !== 3) throw new Problem('session.ended');
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
