import { randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';
import * as z from 'zod';
import type { SigningKeys } from './signing-keys.ts';

export const TYPE = 'wsess+jwt';
export const AUDIENCE = 'widget-api';
export const LIFE_SECONDS = 300;

/** How somebody signed in: by the window that reported back, or by a code they typed from it. */
export const Amr = z.enum(['zoho-oauth', 'typed']);
export type Amr = z.output<typeof Amr>;

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
