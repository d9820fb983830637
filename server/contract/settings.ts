import * as z from 'zod/mini';
import { Base64Url32 } from './auth.ts';
import { Instant } from './figures.ts';
import { ZohoId } from './record.ts';

/** Built-in sets of visibility levels; `least` also holds for every role nobody has decided about. */
export const Template = z.enum(['exact', 'sales', 'least']);
export type Template = z.infer<typeof Template>;

export const Settings = z.object({
  administrator: z.object({ name: z.string() }),
  crm: z.object({ organisation: z.string(), baseCurrency: z.string() }),
  books: z.discriminatedUnion('state', [
    z.object({ state: z.literal('not_connected') }),
    z.object({
      state: z.literal('choose_organisation'),
      organisations: z.array(
        z.object({ id: ZohoId, name: z.string(), currency: z.string(), timeZone: z.string() }),
      ),
      /** The problem for which Books was not asked: there may be organisations, nobody knows. */
      unasked: z.optional(z.enum(['books.paused', 'install.disabled', 'install.uninstalling'])),
    }),
    z.object({
      state: z.literal('connected'),
      organisation: z.object({ id: ZohoId, name: z.string(), currency: z.string(), timeZone: z.string() }),
      connectedAt: Instant,
      /** Address for a workflow of Books to call when something changed. Whoever has it can only make us look again. */
      hook: z.optional(z.string()),
      /** Connected before links could be written: figures are as ever, links need it connected once more. */
      reconnectToLink: z.optional(z.literal(true)),
    }),
    z.object({ state: z.literal('reconnect'), reason: z.enum(['revoked', 'unreadable']) }),
  ]),
  roles: z.array(
    z.object({
      id: ZohoId,
      name: z.string(),
      template: Template,
      /** A guess from the role's name, for the administrator to confirm; grants nothing until saved. */
      suggested: z.optional(Template),
      decided: z.boolean(),
    }),
  ),
});
export type Settings = z.infer<typeof Settings>;

/** `challenge` = base64url(SHA-256(verifier)), as for signing in: only who asked can take the consent over. */
export const BooksStart = z.strictObject({ challenge: Base64Url32 });
export type BooksStart = z.infer<typeof BooksStart>;

export const BooksStarted = z.object({ tx: z.string(), url: z.string() });
export type BooksStarted = z.infer<typeof BooksStarted>;

/** Takes over the consent that the popup has reported. Nothing is connected before. */
export const BooksRedeem = z.strictObject({ tx: Base64Url32, code: Base64Url32, verifier: Base64Url32 });
export type BooksRedeem = z.infer<typeof BooksRedeem>;

export const ChooseOrganisation = z.strictObject({
  organisationId: ZohoId,
  /** What was chosen when the page was drawn, `null`: nothing; with another choice in between it is refused. */
  instead: z.optional(z.nullable(ZohoId)),
});
export type ChooseOrganisation = z.infer<typeof ChooseOrganisation>;

export const AssignRoles = z.strictObject({
  roles: z.array(z.strictObject({ id: ZohoId, template: Template })).check(z.maxLength(250)),
});
export type AssignRoles = z.infer<typeof AssignRoles>;
