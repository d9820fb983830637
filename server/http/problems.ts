import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../contract/problem.ts';
import type { ProblemAnswer, ProblemCode } from '../contract/problems.ts';
import { ZohoTrouble } from '../zoho/trouble.ts';

/** English, for people who read answers; programs go by the code, and the widgets have texts of their own. */
const TITLES: Record<ProblemCode, string> = {
  'request.invalid': 'The request is not understood',
  'request.too_large': 'The request is too large',
  'request.wrong_type': 'The request has a type that is not accepted here',
  'request.not_found': 'There is nothing at this address',
  'request.repeated': 'This request came before',
  'request.too_many': 'Too many requests',
  'session.missing': 'Sign in first',
  'session.not_fresh': 'This needs a token minted just now',
  'session.ended': 'The session has ended',
  'sign_in.invalid': 'The sign-in cannot be completed',
  'sign_in.not_installed': 'Customer 360 is not set up for this organisation',
  'sign_in.not_administrator': 'Only an administrator can set up Customer 360',
  'sign_in.other_organisation': 'This Zoho user belongs to another organisation',
  'sign_in.user_not_admitted': 'This user is not admitted',
  'sign_in.scopes_missing': 'Zoho did not give everything that was asked for',
  'sign_in.other_data_centre': 'These Books are in another data centre than CRM',
  'settings.signed_in_by_code': 'Settings are not open to a sign-in by code',
  'settings.not_administrator': 'Only an administrator can change the settings',
  'settings.unknown_organisation': 'The connection does not list this organisation',
  'settings.unknown_time_zone': 'The organisation has no time zone we know',
  'settings.no_access': 'Zoho Books does not let the connected user into this organisation',
  'settings.changed_meanwhile': 'Somebody else has chosen an organisation meanwhile',
  'setup.unfinished': 'There are steps left to do',
  'setup.blocked': 'A check that has to be passed is not',
  'policy.changed_meanwhile': 'Somebody else has changed the policy meanwhile',
  'mapping.changed_meanwhile': 'Somebody else has changed which records have customers',
  'definitions.changed_meanwhile': 'Somebody else has changed the definitions meanwhile',
  'definitions.contradict': 'Ages that do not rise, or a limit for finance below the one for late',
  'alert.changed_meanwhile': 'Somebody else has changed the alerts meanwhile',
  'alert.address_refused': 'Nothing may be sent to this address',
  'health.too_soon': 'This was done a moment ago',
  'lifecycle.changed_meanwhile': 'Somebody else has changed the connection meanwhile',
  'lifecycle.not_confirmed': 'What was typed is not the name of the organisation',
  'install.disabled': 'Customer 360 is switched off for this organisation',
  'install.uninstalling': 'Customer 360 is being uninstalled',
  'record.not_found': 'The record does not exist or may not be seen',
  'link.no_right': 'This role may not link documents',
  'link.changed': 'Somebody else has changed this link',
  'link.under_way': 'This request is still being carried out',
  'link.undo_over': 'This can no longer be undone',
  'link.reconnect': 'Zoho Books has to be connected again before documents can be linked',
  'crm.unreachable': 'Zoho CRM does not answer',
  'crm.rate_limited': 'Zoho CRM accepts no more calls for now',
  'books.not_connected': 'Zoho Books is not connected',
  'books.paused': 'Reading Zoho Books is paused',
  'books.refused': 'Zoho Books refuses the connection',
  'books.unreachable': 'Zoho Books does not answer',
  'books.rate_limited': 'Zoho Books accepts no more calls for now',
  'server.overloaded': 'The server is busy',
  'server.failed': 'Something went wrong here',
};

export const titleOf = (code: ProblemCode): string => TITLES[code];

/** Every way a request can fail, as one of our problems. What we do not know is ours: `server.failed`. */
export function problemOf(cause: unknown): Problem {
  if (cause instanceof Problem) return cause;
  if (cause instanceof ZohoTrouble)
    return new Problem(codeOfTrouble(cause), { cause, ...retryAfter(cause.detail.retryAfterSeconds) });
  const { code = '', statusCode = 500 } = cause instanceof Error ? (cause as Partial<FastifyError>) : {}; // safe because both are checked below
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE' || statusCode === 413)
    return new Problem('request.too_large', { cause });
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE' || statusCode === 415)
    return new Problem('request.wrong_type', { cause });
  if (statusCode === 404) return new Problem('request.not_found', { cause });
  if (statusCode === 503) return new Problem('server.overloaded', { cause });
  if (statusCode >= 400 && statusCode < 500) return new Problem('request.invalid', { cause });
  return new Problem('server.failed', { cause });
}

function codeOfTrouble({ service, kind, detail }: ZohoTrouble): ProblemCode {
  if (service === 'books') {
    if (detail.code === 'paused') return 'books.paused';
    if (detail.code === 'switched_off') return 'install.disabled';
    if (kind === 'unreachable') return 'books.unreachable';
    return kind === 'rate_limited' ? 'books.rate_limited' : 'books.refused';
  }
  switch (kind) {
    case 'unreachable':
      return 'crm.unreachable';
    case 'rate_limited':
      return 'crm.rate_limited';
    case 'revoked':
    case 'unreadable':
      return 'session.ended';
    case 'refused':
      // CRM refuses a call for a missing scope: a new sign-in asks for it. The token server refuses us, not the person.
      return service === 'crm' ? 'session.ended' : 'crm.unreachable';
  }
}

const retryAfter = (seconds: number | undefined) =>
  seconds === undefined ? {} : { retryAfterSeconds: Math.ceil(seconds) };

/** Answers with `application/problem+json`. @see RFC 9457 */
export function sendProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { code, status, detail } = problem;
  request.refusedWith = code;
  if (status >= 500) request.log.error({ problem: code, err: detail.cause }, 'request failed');
  else request.log.info({ problem: code, reason: reasonOf(detail.cause) }, 'request refused');
  const answer: ProblemAnswer = {
    type: `urn:customer-360:problem:${code}`,
    title: TITLES[code],
    status,
    code,
    requestId: request.id,
    ...retryAfter(detail.retryAfterSeconds),
  };
  if (detail.retryAfterSeconds !== undefined)
    reply.header('retry-after', String(Math.ceil(detail.retryAfterSeconds)));
  // Serialised here: a route's own answer schema must not shape, or fail on, a problem.
  return reply.code(status).type('application/problem+json').serializer(JSON.stringify).send(answer);
}

/** Validation messages can quote what was sent, so only their kind is logged. */
const reasonOf = (cause: unknown): string | undefined =>
  cause instanceof Error ? ((cause as { code?: string }).code ?? cause.name) : undefined; // safe because any property may be read
