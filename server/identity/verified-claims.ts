import { createHash } from 'node:crypto';
import { type CryptoKey, decodeProtectedHeader, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import * as z from 'zod';
import { Problem } from '../contract/problem.ts';
import { Amr, AUDIENCE, LIFE_SECONDS, TYPE } from './session-token.ts';
import type { SigningKeys } from './signing-keys.ts';

const SKEW_SECONDS = 10;
const LONGEST_TOKEN = 4_096;
/** Good tokens whose signature need not be checked again. */
const MOST = 10_000;

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

type Claims = z.output<typeof Claims>;

interface Needs {
  readonly keys: SigningKeys;
  /** `iss` of our tokens. */
  readonly issuer: string;
}

/**
 * The claims of an `Authorization` header. In this order: length, form, header from fixed lists, a key of ours,
 * signature, issuer, audience, time. A signature is checked once per token; that its key is still ours and its time not
 * over, each time. Whether session and install are alive is the caller's to ask.
 *
 * @throws Problem `session.missing` for no token, `session.ended` for one that is not good
 */
export function createVerifying({ keys, issuer }: Needs) {
  const good = new LRUCache<string, { readonly kid: string; readonly claims: Claims }>({ max: MOST });

  return async (authorization: string | undefined, now: Date): Promise<Claims> => {
    const token = /^Bearer ([\w.-]+)$/.exec(authorization ?? '')?.[1];
    if (token === undefined) throw new Problem('session.missing');
    if (token.length >= LONGEST_TOKEN) throw new Problem('session.ended');
    const name = createHash('sha256').update(token).digest('base64url');
    const known = good.get(name);
    if (known) {
      if ((await keys.verifying(known.kid)) && isInTime(known.claims, now)) return known.claims;
      good.delete(name);
    }
    if (token.split('.').length !== 3) throw new Problem('session.ended');
    const header = headerOf(token);
    const key = header && (await keys.verifying(header.kid));
    if (!key) throw new Problem('session.ended');
    const claims = await verified(token, { key, issuer, now });
    good.set(name, { kid: header.kid, claims });
    return claims;
  };
}

async function verified(
  token: string,
  { key, issuer, now }: { key: CryptoKey | Uint8Array; issuer: string; now: Date },
): Promise<Claims> {
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

/** As jose judges it. */
function isInTime({ nbf, exp }: Claims, now: Date): boolean {
  const seconds = Math.floor(now.getTime() / 1_000);
  return nbf <= seconds + SKEW_SECONDS && exp > seconds - SKEW_SECONDS;
}

/** Strict: a header that also points to a key elsewhere (jku, jwk, x5u) is not one of ours. */
function headerOf(token: string): z.output<typeof Header> | null {
  try {
    return Header.parse(decodeProtectedHeader(token));
  } catch {
    return null; // whatever is wrong with it, the answer is the same
  }
}
