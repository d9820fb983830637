import * as z from 'zod/mini';

/** Who can mend it: the person looking, an administrator, waiting, or us. */
type Fix = 'viewer' | 'administrator' | 'wait' | 'us';

/** The one list of problems. Texts are in the message catalogue under `problem.<code>`. */
export const PROBLEMS = {
  'request.invalid': { status: 400, retry: false, fix: 'us' },
  'request.too_large': { status: 413, retry: false, fix: 'us' },
  'request.wrong_type': { status: 415, retry: false, fix: 'us' },
  'request.not_found': { status: 404, retry: false, fix: 'us' },
  /** The same request, with the same idempotency key, came before. */
  'request.repeated': { status: 409, retry: false, fix: 'us' },
  'request.too_many': { status: 429, retry: true, fix: 'wait' },
  'session.missing': { status: 401, retry: false, fix: 'viewer' },
  /** Changing settings takes a token minted just now and not used before; a refresh gives one. */
  'session.not_fresh': { status: 401, retry: true, fix: 'us' },
  'session.ended': { status: 401, retry: false, fix: 'viewer' },
  'sign_in.invalid': { status: 400, retry: false, fix: 'viewer' },
  'sign_in.not_installed': { status: 403, retry: false, fix: 'administrator' },
  'sign_in.not_administrator': { status: 403, retry: false, fix: 'administrator' },
  /** The Zoho user belongs to another organisation than the page they started from. */
  'sign_in.other_organisation': { status: 403, retry: false, fix: 'viewer' },
  'sign_in.user_not_admitted': { status: 403, retry: false, fix: 'administrator' },
  /** Zoho gave less than was asked for. */
  'sign_in.scopes_missing': { status: 403, retry: false, fix: 'viewer' },
  /** The Zoho user's Books are kept in another data centre than CRM. */
  'sign_in.other_data_centre': { status: 403, retry: false, fix: 'viewer' },
  /** Signed in by a code typed from a window, which proves too little for administrators. */
  'settings.signed_in_by_code': { status: 403, retry: false, fix: 'viewer' },
  'settings.not_administrator': { status: 403, retry: false, fix: 'administrator' },
  'settings.unknown_organisation': { status: 400, retry: false, fix: 'viewer' },
  'settings.unknown_time_zone': { status: 400, retry: false, fix: 'viewer' },
  /** Books lists the organisation and does not let the connected user in. */
  'settings.no_access': { status: 403, retry: false, fix: 'viewer' },
  /** Somebody else chose another organisation in between. */
  'settings.changed_meanwhile': { status: 409, retry: false, fix: 'viewer' },
  /** There are steps left before the last one. */
  'setup.unfinished': { status: 409, retry: false, fix: 'viewer' },
  /** A check that has to be passed is not. */
  'setup.blocked': { status: 409, retry: false, fix: 'viewer' },
  /** Somebody else saved who sees what in between. */
  'policy.changed_meanwhile': { status: 409, retry: false, fix: 'viewer' },
  /** Somebody else saved other definitions in between. */
  'definitions.changed_meanwhile': { status: 409, retry: false, fix: 'viewer' },
  /** Buckets that do not follow each other, or a limit for finance below the one for late. */
  'definitions.contradict': { status: 400, retry: false, fix: 'viewer' },
  /** Somebody else changed who is told of troubles in between. */
  'alert.changed_meanwhile': { status: 409, retry: false, fix: 'viewer' },
  /** Nothing may be sent there: not https, not a public name, or a port of its own. */
  'alert.address_refused': { status: 400, retry: false, fix: 'viewer' },
  /** Asked for again before the pause between two tries is over. */
  'health.too_soon': { status: 429, retry: true, fix: 'wait' },
  /** Somebody else changed which records have customers in between. */
  'mapping.changed_meanwhile': { status: 409, retry: false, fix: 'viewer' },
  /** Somebody else changed the state of the connection in between. */
  'lifecycle.changed_meanwhile': { status: 409, retry: false, fix: 'viewer' },
  /** What was typed to confirm is not the organisation's name. */
  'lifecycle.not_confirmed': { status: 400, retry: false, fix: 'viewer' },
  /** Switched off: nothing is shown and nobody asked. */
  'install.disabled': { status: 503, retry: false, fix: 'administrator' },
  /** Waits to be erased: nothing else can be changed. */
  'install.uninstalling': { status: 409, retry: false, fix: 'administrator' },
  'record.not_found': { status: 404, retry: false, fix: 'viewer' },
  /** Links are made and undone by people whose role allows it. */
  'link.no_right': { status: 403, retry: false, fix: 'administrator' },
  /** Somebody else changed the link, or is just changing it. */
  'link.changed': { status: 409, retry: false, fix: 'viewer' },
  /** The very same request is still being carried out. */
  'link.under_way': { status: 409, retry: true, fix: 'wait' },
  'link.undo_over': { status: 409, retry: false, fix: 'viewer' },
  /** Books was connected before links could be written; connecting again asks for it. */
  'link.reconnect': { status: 503, retry: false, fix: 'administrator' },
  'crm.unreachable': { status: 503, retry: true, fix: 'wait' },
  'crm.rate_limited': { status: 503, retry: true, fix: 'wait' },
  'books.not_connected': { status: 503, retry: false, fix: 'administrator' },
  /** An administrator paused reading, and this was not known before. */
  'books.paused': { status: 503, retry: false, fix: 'administrator' },
  'books.refused': { status: 503, retry: false, fix: 'administrator' },
  'books.unreachable': { status: 503, retry: true, fix: 'wait' },
  'books.rate_limited': { status: 503, retry: true, fix: 'wait' },
  'server.overloaded': { status: 503, retry: true, fix: 'wait' },
  'server.failed': { status: 500, retry: true, fix: 'us' },
} as const satisfies Record<string, { status: number; retry: boolean; fix: Fix }>;

export type ProblemCode = keyof typeof PROBLEMS;

/** @see RFC 9457; sent as `application/problem+json`. Never an upstream body. */
export const ProblemAnswer = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]), // safe because the keys are the type
  requestId: z.string(),
  /** Seconds after which the same question may succeed. */
  retryAfterSeconds: z.optional(z.number()),
});
export type ProblemAnswer = z.infer<typeof ProblemAnswer>;
