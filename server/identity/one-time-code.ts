import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** How long the code that a popup reports is good. */
export const CODE_MS = 60_000;
/** Guesses at one code, and at its verifier. */
export const MOST_TRIES = 5;

/** 256 random bits as base64url. */
export const secret = (): string => randomBytes(32).toString('base64url');

/** How a secret that travels through browsers is stored; also how a challenge comes from its verifier. */
export const hashed = (plain: string): string => createHash('sha256').update(plain).digest('base64url');

/** Whether somebody holds both the code the popup got and the verifier of whoever began. */
export function proves(
  shown: { code: string; verifier: string },
  kept: { codeHash: string; challenge: string | null },
): boolean {
  return (
    kept.challenge !== null &&
    same(hashed(shown.code), kept.codeHash) &&
    same(hashed(shown.verifier), kept.challenge)
  );
}

const same = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
