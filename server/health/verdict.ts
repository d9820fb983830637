import type { Health } from '../contract/health.ts';

const MINUTE_MS = 60_000;
/** Longer without a pass than any pause between two of them, see `ledger/pass-due`. */
const SILENT_MS = 135 * MINUTE_MS;
/** After connecting, so long until the first pass may be expected. */
const STARTING_MS = 15 * MINUTE_MS;
/** A pause that ends sooner is no news. */
const LONG_PAUSE_MS = 15 * MINUTE_MS;

type Facts = Omit<Health, 'verdict'>;
type Verdict = Health['verdict'];

/** Whether Books cannot be called for so long that figures age. */
export function isBudgetGone({ at, calls }: Pick<Facts, 'at' | 'calls'>): boolean {
  if (!calls) return false;
  // in a pause nothing is left of the day either, however short it is
  if (calls.shutUntil === null) return calls.day.left === 0;
  return Date.parse(calls.shutUntil) - Date.parse(at) > LONG_PAUSE_MS;
}

/** How long nothing has been followed, in milliseconds; since it was connected, where nothing ever was. */
export function silentMs({
  at,
  freshness,
  connection,
}: Pick<Facts, 'at' | 'freshness' | 'connection'>): number {
  const since = freshness.followedTo ?? connection.since;
  return since === null ? 0 : Math.max(0, Date.parse(at) - Date.parse(since));
}

/** The one thing to know first, and what follows from it: what keeps everything else from working comes first. */
export function verdictOf(facts: Facts): Verdict {
  const { connection, follower, freshness, calls, differences, troubles } = facts;
  const verdict = (
    state: Verdict['state'],
    reason: Verdict['reason'],
    more: Partial<Verdict> = {},
  ): Verdict => ({
    state,
    reason,
    cause: null,
    since: null,
    until: null,
    ...more,
  });
  if (connection.state === 'paused' || connection.state === 'disabled')
    return verdict('attention', connection.state, { since: connection.since });
  if (connection.state !== 'good')
    return verdict('broken', connection.state, {
      since: connection.state === 'reconnect' ? connection.since : null,
    });

  const silent = silentMs(facts);
  const since = freshness.followedTo;
  if (isBudgetGone(facts))
    return verdict(silent > SILENT_MS ? 'broken' : 'attention', 'budget', {
      until: calls?.shutUntil ?? null,
    });
  const failing = troubles.find(({ area, state }) => area === 'changes' && state === 'going_on');
  if (failing)
    return verdict(silent > SILENT_MS ? 'broken' : 'attention', 'trouble', {
      cause: failing.cause,
      since: failing.firstAt,
    });
  if (follower.state === 'off') return verdict('attention', 'background_off');
  if (freshness.followedTo === null && silent < STARTING_MS) return verdict('well', 'starting');
  if (follower.state === 'nobody')
    return verdict(silent > SILENT_MS ? 'broken' : 'attention', 'nobody_follows', { since });
  if (silent > SILENT_MS) return verdict('broken', 'silent', { since });

  if (differences !== null && differences.differing > 0) return verdict('attention', 'differences');
  const other = troubles.find(({ state, area }) => state === 'going_on' && area !== 'requests');
  if (other) return verdict('attention', 'trouble', { cause: other.cause, since: other.firstAt });
  if (!connection.mayLink) return verdict('attention', 'reconnect_to_link');
  if (facts.ledger?.backfill.state !== 'done')
    return verdict('well', 'filling', { until: facts.ledger?.backfill.expectedEnd ?? null });
  return verdict('well', 'well');
}
