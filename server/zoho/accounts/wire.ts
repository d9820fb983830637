import { z } from 'zod';
import { maybe } from '../wire-values.ts';

/** Tokens go into a header as they are, so nothing but visible ASCII gets through. */
const Token = z.string().regex(/^[\x21-\x7e]{1,2048}$/);

/** A granted token. @see https://www.zoho.com/accounts/protocol/oauth/web-apps/authorization.html */
export const TokenAnswer = z.object({
  access_token: Token,
  refresh_token: maybe(Token),
  api_domain: z.string(),
  /** What was given, separated by spaces or commas. */
  scope: maybe(z.string().max(10_000)).catch(undefined),
  /** Seconds. */
  expires_in: maybe(z.number().positive()),
});

/** Zoho's OAuth errors come with HTTP 200 as well as 400. */
export const ErrorAnswer = z.object({ error: z.string() });
