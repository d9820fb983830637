import * as z from 'zod/mini';
import { Instant } from './figures.ts';
import { ZohoId } from './record.ts';

/**
 * `active` reads; `paused` shows what was last known and asks Books nothing; `disabled` shows nothing and asks Zoho
 * nothing; `uninstalling` has no tokens any more and waits to be erased. An erased install is none.
 */
export const InstallState = z.enum(['active', 'paused', 'disabled', 'uninstalling']);
export type InstallState = z.infer<typeof InstallState>;

const Organisation = z.object({ id: ZohoId, name: z.string(), currency: z.string(), timeZone: z.string() });

/** The connection and the state of an install, for its administrators. */
export const Lifecycle = z.object({
  /** Counts every change of state or organisation; a change says which one it is based on. */
  version: z.number(),
  state: InstallState,
  /** When it came into that state, and who brought it there; absent while it is as it began. */
  since: z.optional(Instant),
  /** Absent where it was the Marketplace that told us. */
  by: z.optional(z.string()),
  crm: z.object({ id: z.string(), organisation: z.string(), dataCentre: z.string() }),
  books: z.optional(
    z.object({
      organisation: Organisation,
      connection: z.enum(['good', 'revoked', 'unreadable', 'none']),
      connectedAt: z.optional(Instant),
      /** Absent where that was not kept. */
      connectedBy: z.optional(z.string()),
    }),
  ),
  /** Days between uninstalling and erasing, unless somebody has it erased at once. */
  graceDays: z.number(),
  /** While uninstalling. */
  erasure: z.optional(z.object({ at: Instant, certificate: z.string() })),
  /** What the extension's uninstall script calls. */
  uninstallHook: z.optional(z.string()),
});
export type Lifecycle = z.infer<typeof Lifecycle>;

/** What the change was made from: of two administrators at once, the later is told. */
const basedOn = z.number();

/** `active` resumes, enables again, or keeps what was to be erased. */
export const ChangeState = z.strictObject({ basedOn, to: z.enum(['active', 'paused', 'disabled']) });
export type ChangeState = z.infer<typeof ChangeState>;

export const Uninstall = z.strictObject({
  basedOn,
  /** The CRM organisation's name, typed. */
  confirm: z.string().check(z.maxLength(300)),
  erase: z.enum(['later', 'now']),
});
export type Uninstall = z.infer<typeof Uninstall>;

export const Uninstalled = z.object({
  eraseAt: Instant,
  /** Address of the certificate, from now on; whoever has it needs no session. */
  certificate: z.string(),
});
export type Uninstalled = z.infer<typeof Uninstalled>;

export const BooksOrganisations = z.object({ organisations: z.array(Organisation) });
export type BooksOrganisations = z.infer<typeof BooksOrganisations>;

export const SwitchOrganisation = z.strictObject({ basedOn, organisationId: ZohoId });
export type SwitchOrganisation = z.infer<typeof SwitchOrganisation>;

/** What was erased: ids, counts and moments; no name and no amount. */
export const ErasureCertificate = z.object({
  id: z.string(),
  install: z.string(),
  dataCentre: z.string(),
  crmOrganisation: z.string(),
  uninstalledAt: Instant,
  /** A CRM user's id, or `marketplace`. */
  uninstalledBy: z.string(),
  erasedAt: Instant,
  /** Refresh tokens that Zoho confirmed to have ended, and those it did not answer for; both are erased here. */
  tokens: z.object({ revoked: z.number(), unconfirmed: z.number() }),
  tables: z.array(z.object({ table: z.string(), rows: z.number() })),
  /** Where the audit log ended, which is erased too: an export of it can be held against this. */
  auditLog: z.object({ entries: z.number(), head: z.string() }),
});
export type ErasureCertificate = z.infer<typeof ErasureCertificate>;

export const ErasureAnswer = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('waiting'),
    install: z.string(),
    dataCentre: z.string(),
    crmOrganisation: z.string(),
    uninstalledAt: Instant,
    eraseAt: Instant,
    tokens: z.object({ revoked: z.number(), unconfirmed: z.number() }),
  }),
  z.object({
    state: z.literal('erased'),
    certificate: ErasureCertificate,
    /** The certificate once more, signed (JWS, EdDSA), and the key that proves it. @see RFC 7515, RFC 8037 */
    signed: z.string(),
    key: z.record(z.string(), z.string()),
  }),
]);
export type ErasureAnswer = z.infer<typeof ErasureAnswer>;
