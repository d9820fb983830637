import type { LedgerProgress } from '../store/ledger-progress.ts';
import { isTold } from './age.ts';

const MINUTE_MS = 60_000;
/** Between two passes over all changes: seven calls each while changes fit a page. */
const PASS_MS = 9 * MINUTE_MS;
/** … where Books tells us of changes by itself, and no pass has found one it kept from us. */
const PASS_TOLD_MS = 45 * MINUTE_MS;
/** … and while nobody has looked for an hour: whoever looks then has one made at once. */
const PASS_IDLE_MS = 120 * MINUTE_MS;
const IDLE_AFTER_MS = 60 * MINUTE_MS;

/** Whether all changes are to be followed now: it is time, or somebody wants to see whether it works again. */
export function isPassDue(progress: LedgerProgress, now: Date): boolean {
  const { followedTo, retryAt } = progress;
  if (!followedTo || (retryAt && retryAt > followedTo)) return true;
  return passDueAt(progress, followedTo, now) <= now;
}

/** When all changes are followed next; earlier once somebody looks, later while Books tells of its changes by itself. */
export function passDueAt(
  { viewedAt, toldAt }: Pick<LedgerProgress, 'viewedAt' | 'toldAt'>,
  followedTo: Date,
  now: Date,
): Date {
  const isIdle = !viewedAt || now.getTime() - viewedAt.getTime() > IDLE_AFTER_MS;
  const every = isIdle ? PASS_IDLE_MS : isTold({ toldAt }, now) ? PASS_TOLD_MS : PASS_MS;
  return new Date(followedTo.getTime() + every);
}
