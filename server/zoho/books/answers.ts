import { z } from 'zod';
import type { ZohoAnswer } from '../transport.ts';
import { ZohoTrouble } from '../trouble.ts';

const Envelope = z.object({ code: z.union([z.int(), z.string().regex(/^\d{1,6}$/)]).transform(Number) });

const LIMITS: readonly (number | null)[] = [43, 44, 45, 1070];
const DAY_USED_UP = 45;
const NOT_AUTHORISED = 57; // a missing scope or a bad token: Books has one word for both
const BAD_TOKEN = 14;
const INTERNAL_ERROR = 1000;
/** "Invalid URL passed" and "… does not exist". */
const ABSENT: readonly (number | null)[] = [5, 1002];

/** Books' own verdict, which decides together with the HTTP status: errors come with 200 too. */
function codeOf(body: unknown): number | null {
  const parsed = Envelope.safeParse(body);
  return parsed.success ? parsed.data.code : null;
}

/** Books refused the call for a limit; `null` when it did not. */
export function limitOf({ status, headers, body }: ZohoAnswer): ZohoTrouble | null {
  const code = codeOf(body);
  if (status !== 429 && !LIMITS.includes(code)) return null;
  // The reset header counts down the day's budget, so it says nothing about the other limits.
  const seconds =
    numberIn(headers.get('retry-after')) ??
    (code === DAY_USED_UP ? numberIn(headers.get('x-rate-limit-reset')) : null);
  return new ZohoTrouble('books', 'rate_limited', {
    status,
    code: code === null ? 'http_429' : String(code),
    ...(seconds === null ? {} : { retryAfterSeconds: seconds }),
  });
}

/** The day's budget as the headers of some answers tell it. No limit of a day is this small, so it is another one. */
const SMALLEST_DAY = 500;
/** What is said of a day this close to its end may reach us after midnight, by a slow answer or another clock. */
const ENDING_SECONDS = 120;

/** What Zoho says of the day's limit and what is left of it; `null` when it says nothing that can be believed. */
export function dayToldBy({
  headers,
}: ZohoAnswer): { readonly perDay: number; readonly left: number } | null {
  const perDay = numberIn(headers.get('x-rate-limit-limit'));
  const left = numberIn(headers.get('x-rate-limit-remaining'));
  if (perDay === null || left === null || perDay < SMALLEST_DAY || left > perDay) return null;
  if ((numberIn(headers.get('x-rate-limit-reset')) ?? Number.POSITIVE_INFINITY) <= ENDING_SECONDS)
    return null;
  return { perDay, left };
}

export function isUnknownToken({ status, body }: ZohoAnswer): boolean {
  const code = codeOf(body);
  return status === 401 || code === NOT_AUTHORISED || code === BAD_TOKEN;
}

/** What went wrong, or `null` when the answer is good. Asked after a renewed token was tried. */
export function troubleOf(answer: ZohoAnswer): ZohoTrouble | null {
  const { status, body } = answer;
  const word = codeOf(body);
  if (word === 0 && status < 300) return null;
  const detail = { status, code: word === null ? `http_${status}` : String(word) };
  // 57 with a fresh token can only be the scope.
  if (word === NOT_AUTHORISED) return new ZohoTrouble('books', 'refused', detail);
  if (isUnknownToken(answer)) return new ZohoTrouble('books', 'revoked', detail);
  if (status >= 500 || word === INTERNAL_ERROR) return new ZohoTrouble('books', 'unreachable', detail);
  // A success without Books' envelope did not come from Books.
  if (status < 300 && word === null)
    return new ZohoTrouble('books', 'unreachable', { status, code: 'no_envelope' });
  return new ZohoTrouble('books', 'refused', detail);
}

/** There is no such document, or no longer. */
export const isAbsent = ({ status, body }: ZohoAnswer): boolean =>
  status === 404 || ABSENT.includes(codeOf(body));

const Said = z.object({ message: z.string() });

/**
 * Why Books refused a change. It has no codes for these reasons, only English sentences; a sentence we do not know is
 * no more than a refusal. The sentence itself goes no further.
 */
export function refusalOf({ body }: ZohoAnswer): 'locked' | 'void' | 'approved' | 'refused' {
  const said = Said.safeParse(body);
  const message = said.success ? said.data.message : '';
  if (/\block(ed|ing)?\b|closed period/i.test(message)) return 'locked';
  if (/\bvoid(ed)?\b/i.test(message)) return 'void';
  if (/\bapprov(al|ed)\b/i.test(message)) return 'approved';
  return 'refused';
}

function numberIn(header: string | null): number | null {
  return header !== null && /^\d{1,6}$/.test(header) ? Number(header) : null;
}
