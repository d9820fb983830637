import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { TYPED_CODE_LENGTH, TYPED_CODE_SIGNS } from '../contract/auth.ts';

/** How long the code that a popup reports is good. */
export const CODE_MS = 60_000;
/** … and the one that a person types: long enough to find the way back. */
export const TYPED_CODE_MS = 2 * 60_000;
/** Guesses at one code, and at its verifier. */
export const MOST_TRIES = 5;

/** 256 random bits as base64url. */
export const secret = (): string => randomBytes(32).toString('base64url');

/** Ten signs that nobody mixes up: 50 random bits, for five guesses. */
export const typedCode = (): string =>
  Array.from({ length: TYPED_CODE_LENGTH }, () => TYPED_CODE_SIGNS[randomInt(TYPED_CODE_SIGNS.length)]).join(
    '',
  );

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
