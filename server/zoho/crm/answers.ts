import type { ZohoAnswer } from '../transport.ts';
import { ZohoTrouble } from '../trouble.ts';
import { ErrorAnswer } from './wire.ts';

/** Concurrency passes within seconds, credits by the hour; CRM does not tell which, so a person may try soon. */
const RETRY_AFTER_SECONDS = 10;

/** CRM's own error word, which decides together with the HTTP status; `null` when it gives none. */
function errorCode(body: unknown): string | null {
  const parsed = ErrorAnswer.safeParse(body);
  return parsed.success && /^[A-Z_]{3,60}$/.test(parsed.data.code) ? parsed.data.code : null;
}

/** Whether CRM complains about a parameter of ours, which says nothing about the record. */
function isAboutParameter(body: unknown): boolean {
  const parsed = ErrorAnswer.safeParse(body);
  return parsed.success && parsed.data.details.param_name !== undefined;
}

/** CRM does not know the token. A missing scope also answers 401, and a new token would not cure that. */
export function isUnknownToken({ status, body }: ZohoAnswer): boolean {
  const code = errorCode(body);
  if (code === 'OAUTH_SCOPE_MISMATCH') return false;
  return status === 401 || code === 'INVALID_TOKEN' || code === 'AUTHENTICATION_FAILURE';
}

/** Absent, invisible or forbidden record: CRM has several words for what is one thing from outside. */
export function isNotSeen({ status, body }: ZohoAnswer): boolean {
  const code = errorCode(body);
  if (status === 204 || status === 304) return true;
  if (status === 403) return code === 'NO_PERMISSION' || code === 'AUTHORIZATION_FAILED';
  if (status === 404) return code !== 'INVALID_URL_PATTERN' && code !== 'INVALID_MODULE';
  // "the id given seems to be invalid": ids of other organisations answer this
  return (status === 400 || status === 200) && code === 'INVALID_DATA' && !isAboutParameter(body);
}

export const isLimit = ({ status, body }: ZohoAnswer): boolean =>
  status === 429 || ['TOO_MANY_REQUESTS', 'RATE_LIMIT_EXCEEDED'].includes(errorCode(body) ?? '');

/** What went wrong, or `null` when the answer is good. */
export function troubleOf(answer: ZohoAnswer): ZohoTrouble | null {
  const { status, headers } = answer;
  const word = errorCode(answer.body);
  if (word === null && status < 300) return null;
  const code = word ?? `http_${status}`;
  if (isLimit(answer)) {
    const asked = Number(headers.get('retry-after'));
    const retryAfterSeconds = asked > 0 && asked <= 86_400 ? asked : RETRY_AFTER_SECONDS;
    return new ZohoTrouble('crm', 'rate_limited', { status, code, retryAfterSeconds });
  }
  if (isUnknownToken(answer)) return new ZohoTrouble('crm', 'revoked', { status, code });
  const theirs = status >= 500 || word === 'INTERNAL_ERROR' || word === 'DEPENDENT_SERVICE_ERROR';
  return new ZohoTrouble('crm', theirs ? 'unreachable' : 'refused', { status, code });
}
