import * as z from 'zod/mini';
import { ZohoId } from './record.ts';

/** 32 random bytes, or a SHA-256, as text. */
export const Base64Url32 = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));

/** `challenge` = base64url(SHA-256(verifier)); the verifier stays in the widget until redeem. */
export const AuthStart = z.strictObject({
  challenge: Base64Url32,
  /** `setup`: an administrator may create the install by signing in. */
  purpose: z.enum(['panel', 'setup']),
  /** Host page origin as the widget was told; only picks the data centre and is never trusted further. */
  serviceOrigin: z.optional(z.string().check(z.maxLength(200))),
  /** `id` or `zgid` of the organisation CRM's page says it belongs to: a sign-in to any other one is refused. */
  orgHint: z.optional(ZohoId),
});
export type AuthStart = z.infer<typeof AuthStart>;

export const AuthStarted = z.object({ tx: z.string(), url: z.string() });
export type AuthStarted = z.infer<typeof AuthStarted>;

/** Without I, L, O and U. @see Crockford's Base32 */
export const TYPED_CODE_SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const TYPED_CODE_LENGTH = 10;
const TypedCode = z.string().check(z.regex(new RegExp(`^[${TYPED_CODE_SIGNS}]{${TYPED_CODE_LENGTH}}$`)));

export const AuthRedeem = z.strictObject({
  tx: Base64Url32,
  /** What the window reported, or what a person typed from one that had nobody to report to. */
  code: z.union([Base64Url32, TypedCode]),
  verifier: Base64Url32,
  /** Whom CRM's page belonged to at sign-in, as CRM told the widget: kept and given back, never believed. */
  crmPerson: z.optional(ZohoId),
});
export type AuthRedeem = z.infer<typeof AuthRedeem>;

/** The access token lives in memory only; the refresh handle travels in an HttpOnly cookie. */
export const Session = z.object({
  accessToken: z.string(),
  expiresInSeconds: z.number(),
  user: z.object({ name: z.string() }),
  /** Whom CRM's page belonged to at sign-in: a widget ends the session when it belongs to somebody else by now. */
  crmPerson: z.nullable(ZohoId),
});
export type Session = z.infer<typeof Session>;

/** What the popup page posts to its opener, target origin exact. */
export const PopupMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('customer360.signed-in'), tx: z.string(), code: z.string() }),
  z.strictObject({ type: z.literal('customer360.books-connected'), tx: z.string(), code: z.string() }),
  z.strictObject({ type: z.literal('customer360.refused'), tx: z.string(), problem: z.string() }),
]);
export type PopupMessage = z.infer<typeof PopupMessage>;
