import type { LedgerState } from '../store/ledger-documents.ts';
import type { KnownCustomer } from './customer-snapshot.ts';

const MINUTE_MS = 60_000;
/** Documents older than this are shown as stale and read again behind the answer. @see domain rule B5 */
export const FRESH_MS = 15 * MINUTE_MS;
/** Where Books tells us of changes by itself, passes are rarer and what was not told of stays good in between. */
const FRESH_TOLD_MS = 50 * MINUTE_MS;
/** A server that has not got through for so long is no help; customers are read one by one again. */
const FOLLOWED_MS = 135 * MINUTE_MS;
/** Hints this recent mean that Books' webhooks are set up and reach us. */
const TOLD_MS = 24 * 60 * MINUTE_MS;

/** Whether a server is following all changes in Books, so that nobody's view has to read anything again. */
export const isFollowed = ({ heldUntil, followedTo }: LedgerState, now: Date): boolean =>
  heldUntil !== null &&
  heldUntil > now &&
  followedTo !== null &&
  now.getTime() - followedTo.getTime() <= FOLLOWED_MS;

/** Whether Books tells us of its changes. */
export const isTold = ({ toldAt }: Pick<LedgerState, 'toldAt'>, now: Date): boolean =>
  toldAt !== null && now.getTime() - toldAt.getTime() <= TOLD_MS;

export const freshMs = (state: LedgerState, now: Date): number =>
  isFollowed(state, now) && isTold(state, now) ? FRESH_TOLD_MS : FRESH_MS;

/**
 * When a customer's figures were last known to be right, which is not when they were last asked for: a pass over all
 * changes proves every customer it did not name, and one it named is right until its change only.
 */
export function knownGoodAt(
  { wantedSince, snapshot }: Pick<KnownCustomer, 'wantedSince'> & { readonly snapshot: { readAt: string } },
  { followedTo }: Pick<LedgerState, 'followedTo'>,
): Date {
  const proved = Math.max(Date.parse(snapshot.readAt), followedTo?.getTime() ?? 0);
  return new Date(wantedSince ? Math.min(proved, wantedSince.getTime()) : proved);
}
