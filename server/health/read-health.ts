import { BackfillList, type Health } from '../contract/health.ts';
import type { ConnectedBooks, Install } from '../identity/install.ts';
import { freshMs } from '../ledger/age.ts';
import { keyOf, leaseOf } from '../ledger/key.ts';
import { passDueAt } from '../ledger/pass-due.ts';
import type { LedgerHealth } from '../ledger/progress.ts';
import type { Database } from '../store/database.ts';
import { type BooksGrantRow, booksGrant } from '../store/grants.ts';
import { comparison, leaseHeld } from '../store/health.ts';
import { type LedgerProgress, ledgerProgress } from '../store/ledger-progress.ts';
import { installState } from '../store/life-cycle.ts';
import type { TroubleRow } from '../store/troubles.ts';
import type { GovernorUsage } from '../zoho/governor-usage.ts';
import { mayHelpToRetry } from './causes.ts';
import { RETRY_PAUSE_MS } from './retry.ts';
import type { Troubles } from './troubles.ts';
import { verdictOf } from './verdict.ts';

const HOUR_MS = 3_600_000;
/** Books is known to tell us of changes while it has within this time. */
const TOLD_MS = 24 * HOUR_MS;
/** What counts as lately where copies are compared: a rotation of all customers takes longer than a night. */
const LATELY_MS = 7 * 24 * HOUR_MS;
const MOST_DIFFERING = 20;
/** Work that is tried again by itself within this time: what has not failed since is hardly failing still. */
const TRIED_AGAIN_MS = 30 * 60_000;

interface Needs {
  readonly database: Database;
  readonly clock: () => Date;
  /** Whether the consent for Books can be used. */
  readonly grantState: (installId: string) => Promise<'none' | 'good' | 'revoked' | 'unreadable'>;
  readonly mayLink: (installId: string) => Promise<boolean>;
  readonly ledgerHealth: (install: Install) => Promise<LedgerHealth>;
  readonly booksUsage: (install: Install, books: ConnectedBooks) => Promise<GovernorUsage>;
  readonly troubles: Pick<Troubles, 'recent'>;
  /** Whether servers like this one work in the background at all. */
  readonly isBackgroundOn: boolean;
}

/** Everything an administrator may know of how an install stands. Never an amount, and nothing is asked of Zoho. */
export function createReadHealth(needs: Needs): (install: Install) => Promise<Health> {
  const { database, clock, troubles } = needs;

  async function connectionOf(install: Install): Promise<Health['connection']> {
    const [state, grant, mayLink, standing] = await Promise.all([
      needs.grantState(install.id),
      booksGrant(database, install.id),
      needs.mayLink(install.id),
      installState(database, install.id),
    ]);
    return connection(install, { state, grant, mayLink, stoppedAt: standing?.at ?? null });
  }

  async function followerOf(install: Install, now: Date): Promise<Health['follower']> {
    const held = install.books ? await leaseHeld(database, leaseOf(keyOf(install)), now) : null;
    if (held) return { state: 'following', server: held.holder.slice(0, 8) };
    return { state: needs.isBackgroundOn ? 'nobody' : 'off', server: null };
  }

  async function callsOf(install: Install): Promise<Health['calls']> {
    if (!install.books) return null;
    const { minute, day, refused, limitAnswers, shutUntil } = await needs.booksUsage(install, install.books);
    const { byPurpose, ...today } = day;
    const own = Object.values(byPurpose).reduce((sum, calls) => sum + calls, 0);
    return {
      minute,
      day: { ...today, others: Math.max(0, day.used - own) },
      byPurpose,
      refused,
      limitAnswers,
      shutUntil: instant(shutUntil),
    };
  }

  async function differencesOf(
    install: Install,
    differing: number,
    now: Date,
  ): Promise<Health['differences']> {
    const since = new Date(now.getTime() - LATELY_MS);
    const {
      lastAt,
      differing: customers,
      ...counts
    } = await comparison(database, keyOf(install), {
      since,
      most: MOST_DIFFERING,
    });
    return {
      ...counts,
      lastAt: instant(lastAt),
      differing,
      customers: customers.map(({ customerId: id, name, crmAccountId, checkedAt }) => ({
        id,
        name,
        crmAccountId,
        checkedAt: instant(checkedAt),
      })),
    };
  }

  return async (install) => {
    const now = clock();
    const [connection, follower, calls, recent, progress, ledger] = await Promise.all([
      connectionOf(install),
      followerOf(install, now),
      callsOf(install),
      troubles.recent(install.id),
      install.books ? ledgerProgress(database, keyOf(install)) : null,
      install.books ? needs.ledgerHealth(install) : null,
    ]);
    const facts = {
      at: now.toISOString(),
      connection,
      follower,
      // a server may hold the work still, and none of it is done without a connection
      freshness: freshnessOf(progress, connection.state === 'good' && follower.state === 'following', now),
      calls,
      ledger: ledger && ledgerPart(ledger, progress),
      differences: ledger && (await differencesOf(install, ledger.differing, now)),
      troubles: recent.map((row) => troubleView(row, now)),
      retryFrom: retryFrom(progress, now),
    };
    return { ...facts, verdict: verdictOf(facts) };
  };
}

function connection(
  { books, state: standing }: Install,
  {
    state,
    grant,
    mayLink,
    stoppedAt,
  }: {
    state: 'none' | 'good' | 'revoked' | 'unreadable';
    grant: BooksGrantRow | null;
    mayLink: boolean;
    /** When an administrator, or the Marketplace, last changed the state of the install. */
    stoppedAt: Date | null;
  },
): Health['connection'] {
  const since = instant(grant?.grantedAt ?? null);
  const cannot = { reason: null, since: null, mayLink: false } as const;
  if (standing !== 'active')
    return {
      ...cannot,
      state: standing === 'paused' ? 'paused' : 'disabled',
      since: instant(stoppedAt),
    };
  if (state === 'none') return { ...cannot, state: 'not_connected' };
  if (state !== 'good')
    return { ...cannot, state: 'reconnect', reason: state, since: instant(grant?.revokedAt ?? null) };
  return { state: books ? 'good' : 'choose_organisation', reason: null, since, mayLink };
}

function freshnessOf(progress: LedgerProgress | null, isHeld: boolean, now: Date): Health['freshness'] {
  const { followedTo = null, toldAt = null } = progress ?? {};
  const toldWithinDay = toldAt !== null && now.getTime() - toldAt.getTime() <= TOLD_MS;
  if (!progress || !followedTo)
    return { followedTo: null, goodUntil: null, nextPassAt: null, toldAt: instant(toldAt), toldWithinDay };
  const state = {
    followedTo,
    toldAt,
    heldUntil: isHeld ? new Date(now.getTime() + 1) : null,
    listedAt: null,
  };
  return {
    followedTo: followedTo.toISOString(),
    goodUntil: new Date(followedTo.getTime() + freshMs(state, now)).toISOString(),
    nextPassAt: isHeld ? passDueAt(progress, followedTo, now).toISOString() : null,
    toldAt: instant(toldAt),
    toldWithinDay,
  };
}

function ledgerPart(ledger: LedgerHealth, progress: LedgerProgress | null): NonNullable<Health['ledger']> {
  const { customers, filled, documents, wanted, backfill } = ledger;
  return {
    customers,
    filled,
    documents,
    wanted,
    backfill: {
      ...backfill,
      list: BackfillList.options.find((list) => list === progress?.backfill.module) ?? null,
      pages: progress?.backfill.pages ?? 0,
      expectedEnd: instant(backfill.expectedEnd),
    },
  };
}

function troubleView(row: TroubleRow, now: Date): Health['troubles'][number] {
  // safe because only `troubles.ts` writes them, from the contract's own lists
  const { area, cause } = row as TroubleRow & Pick<Health['troubles'][number], 'area' | 'cause'>;
  const isQuiet = area !== 'changes' && now.getTime() - row.lastAt.getTime() > TRIED_AGAIN_MS;
  return {
    area,
    cause,
    code: row.code,
    count: row.count,
    firstAt: row.firstAt.toISOString(),
    lastAt: row.lastAt.toISOString(),
    state: row.endedAt ? 'over' : isQuiet ? 'not_again' : 'going_on',
    endedAt: instant(row.endedAt),
    reference: row.reference,
    retry: !row.endedAt && area !== 'requests' && mayHelpToRetry(cause),
  };
}

function retryFrom(progress: LedgerProgress | null, now: Date): string | null {
  const from = (progress?.retryAt?.getTime() ?? 0) + RETRY_PAUSE_MS;
  return from > now.getTime() ? new Date(from).toISOString() : null;
}

const instant = (at: Date | null): string | null => at?.toISOString() ?? null;
