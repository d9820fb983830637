import type { TroubleArea, TroubleCause } from '../contract/health.ts';
import { ZohoTrouble } from '../zoho/trouble.ts';

/** What failed, in words of ours only: nothing Zoho wrote is kept. */
export interface KnownTrouble {
  readonly cause: TroubleCause;
  readonly code: string;
}

/** Our own words for what was wrong with an answer, and the ones Node has for the network. */
const OWN_CODES =
  /^(timeout|no_answer|redirected|too_large|not_json|endless_list|own_budget|own_turn|no_grant|not_connected|malformed_id|origin_not_allowed|E[A-Z]{3,20})$/;
/** Books names what is wrong by a number. */
const NUMBER = /^\d{1,6}$/;
const DAY_USED_UP = new Set(['45', 'own_budget']);
const BLOCKED = '43';
const MAKES_NO_SENSE = new Set(['not_json', 'too_large', 'endless_list', 'redirected']);

/** Causes that somebody has to mend before another try can help. */
const IN_VAIN: ReadonlySet<TroubleCause> = new Set([
  'connection.revoked',
  'connection.unreadable',
  'budget.day',
  'budget.blocked',
]);
export const mayHelpToRetry = (cause: TroubleCause): boolean => !IN_VAIN.has(cause);

export function knownTrouble(trouble: unknown): KnownTrouble {
  if (!(trouble instanceof ZohoTrouble)) return { cause: 'server.failed', code: codeOfOwn(trouble) };
  const code = codeOf(trouble);
  return { cause: trouble.service === 'books' ? causeInBooks(trouble, code) : causeInCrm(trouble), code };
}

function causeInBooks({ kind }: ZohoTrouble, code: string): TroubleCause {
  switch (kind) {
    case 'revoked':
      return 'connection.revoked';
    case 'unreadable':
      return 'connection.unreadable';
    case 'refused':
      return 'books.refused';
    case 'unreachable':
      return MAKES_NO_SENSE.has(code) ? 'books.not_understood' : 'books.unreachable';
    case 'rate_limited':
      if (DAY_USED_UP.has(code)) return 'budget.day';
      return code === BLOCKED ? 'budget.blocked' : 'budget.minute';
  }
}

function causeInCrm({ kind }: ZohoTrouble): TroubleCause {
  if (kind === 'unreachable') return 'crm.unreachable';
  return kind === 'rate_limited' ? 'crm.rate_limited' : 'crm.refused';
}

function codeOf({ detail: { code, status } }: ZohoTrouble): string {
  if (code !== undefined && (NUMBER.test(code) || OWN_CODES.test(code))) return code;
  return status === undefined ? 'other' : `http_${status}`;
}

/** Of a database's error the class, e.g. `57P01`; of anything else of ours no more than that it failed. */
function codeOfOwn(trouble: unknown): string {
  const code = trouble instanceof Error && 'code' in trouble ? trouble.code : undefined;
  return typeof code === 'string' && (/^[0-9A-Z]{5}$/.test(code) || OWN_CODES.test(code)) ? code : 'other';
}

/** Which work the background names so; what it says of the ledger's own reads holds an id and is not kept. */
export function areaOf(reading: string): TroubleArea {
  if (reading === 'changes' || reading === 'lease' || reading === 'installs') return 'changes';
  if (reading === 'customer' || reading === 'people' || reading === 'requests') return reading;
  return reading === 'links' || reading === 'after a link' || reading === 'a link left behind'
    ? 'links'
    : 'reading';
}
