import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { dayIn } from '../domain/calendar-day.ts';
import type { CustomerId, DocumentId } from '../domain/documents.ts';
import type { Install } from '../identity/install.ts';
import type { Database } from '../store/database.ts';
import { endLease, takeLease } from '../store/leases.ts';
import { ledgerCustomerToCheck, wantedLedgerCustomers } from '../store/ledger-customers.ts';
import { endHints, type LedgerProgress, ledgerProgress } from '../store/ledger-progress.ts';
import { ZohoTrouble } from '../zoho/trouble.ts';
import { isTold } from './age.ts';
import type { BackfillWork } from './backfill.ts';
import { type Follow, isFollowedKind } from './follow.ts';
import { keyOf, leaseOf, nameOf } from './key.ts';
import type { NightlySums } from './nightly-sums.ts';
import { isPassDue } from './pass-due.ts';
import type { Refresh } from './refresh.ts';
import { createSetbacks, isCustomersOwn, isDocumentsOwn, type Setbacks } from './setbacks.ts';
import type { TaxNets } from './tax-nets.ts';

const MINUTE_MS = 60_000;
/** A server that dies is replaced after this long. */
const LEASE_MS = 30_000;
/** How often the holder looks what there is to do: hints and wishes wait no longer. */
const LOOK_MS = 5_000;
/** After trouble that does not say for how long. */
const TROUBLE_MS = MINUTE_MS;
/** How long stopping waits for calls under way, which may themselves wait for their turn. */
const STOP_MS = 3_000;
/** Pages, customers and invoices nobody waits for, per look: what is wanted meanwhile comes first. */
const STEPS_PER_LOOK = 25;
/** Customers held against Books' own sums in a night, and the hours of the organisation's night. */
const CHECKS_PER_NIGHT = 50;
/** … where Books tells us of changes, deletes among them. */
const CHECKS_PER_NIGHT_TOLD = 25;
const NIGHT_ENDS_AT = 6;
const CUSTOMER_LEFT_ALONE_MS = 15 * MINUTE_MS;
/** Nobody waits for a document's own page. */
const DOCUMENT_LEFT_ALONE_MS = 6 * 60 * MINUTE_MS;

/** What of an organisation could not be read for reasons of its own. */
interface OfInstall {
  readonly customers: Setbacks<CustomerId>;
  readonly documents: Setbacks<DocumentId>;
}

interface Needs {
  readonly database: Database;
  readonly clock: () => Date;
  readonly follow: Follow;
  readonly refresh: Refresh;
  readonly backfill: BackfillWork;
  readonly nightlySums: NightlySums;
  readonly taxNets: TaxNets;
  /** Installs with connected Books. */
  readonly installs: () => Promise<readonly Install[]>;
  /** Whether the day still has calls for what nobody waits for. */
  readonly mayBackfill: (install: Install) => boolean | Promise<boolean>;
  readonly onTrouble: (
    trouble: unknown,
    about: { readonly install: string; readonly reading: string },
  ) => void;
  /** Called when a look went well from beginning to end; what was failing is over. */
  readonly onWell?: (install: Install, at: Date) => void;
}

export interface LedgerWorker {
  /** One look at one organisation: everything that is due, as long as this server holds its lease. */
  tick(install: Install): Promise<void>;
  /** Looks at all organisations from time to time, until it is stopped. */
  start(): void;
  /** Begins nothing more, waits a moment for what is under way, and gives the leases back. */
  stop(): Promise<void>;
}

/** Keeps the local copies current: one server per organisation at a time, by a lease that passes on when it dies. */
export function createLedgerWorker(needs: Needs): LedgerWorker {
  const { database, clock, follow, refresh, backfill, nightlySums, taxNets, mayBackfill, onTrouble } = needs;
  const holder = randomUUID();
  const quiet = new Map<string, { readonly since: number; readonly until: number }>();
  const underWay = new Map<string, Promise<void>>();
  /** Until when this server has a lease, as it last renewed it. */
  const held = new Map<string, number>();
  const setbacks = new Map<string, OfInstall>();
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const hold = async (name: string): Promise<boolean> => {
    if (stopped) return false;
    const now = clock();
    // Nobody else takes it before its end, so it need not be written down at each step.
    if ((held.get(name) ?? 0) - now.getTime() > LEASE_MS / 2) return true;
    const until = new Date(now.getTime() + LEASE_MS);
    const mine = await takeLease(database, { name, holder, until }, now);
    if (mine) held.set(name, until.getTime());
    else held.delete(name);
    return mine;
  };

  function setbacksOf(install: Install): OfInstall {
    const known = setbacks.get(nameOf(install));
    if (known) return known;
    const common = {
      clock,
      onTrouble: (trouble: unknown) => onTrouble(trouble, { install: install.id, reading: 'customer' }),
    };
    const made = {
      customers: createSetbacks<CustomerId>({
        ...common,
        leftAloneMs: CUSTOMER_LEFT_ALONE_MS,
        isOwn: isCustomersOwn,
      }),
      documents: createSetbacks<DocumentId>({
        ...common,
        leftAloneMs: DOCUMENT_LEFT_ALONE_MS,
        isOwn: isDocumentsOwn,
      }),
    };
    setbacks.set(nameOf(install), made);
    return made;
  }

  /** A pass over all changes when it is due, or over the kinds that somebody said changed. */
  async function look(install: Install, progress: LedgerProgress): Promise<void> {
    const of = keyOf(install);
    const now = clock();
    const { hinted, hintedAt } = progress;
    if (isPassDue(progress, now)) {
      if (hintedAt) await endHints(database, of, hintedAt);
      await follow.all(install, hinted);
    } else if (hinted.length > 0 && hintedAt) {
      await follow.some(install, hinted.filter(isFollowedKind));
      await endHints(database, of, hintedAt);
    }
  }

  async function fulfilWishes(install: Install, goesOn: () => Promise<boolean>): Promise<void> {
    const setbacks = setbacksOf(install).customers;
    const some = { limit: STEPS_PER_LOOK, except: setbacks.except() };
    for (const wanted of await wantedLedgerCustomers(database, keyOf(install), some)) {
      if (!(await goesOn())) return;
      const id = wanted as CustomerId; // safe because the ledger wrote it
      await setbacks.attempt(id, () => refresh.bring(install, id));
    }
  }

  async function spendSpareTime(install: Install, goesOn: () => Promise<boolean>): Promise<void> {
    const { customers, documents } = setbacksOf(install);
    for (let steps = 0; steps < STEPS_PER_LOOK; steps += 1) {
      if (!(await goesOn()) || !(await mayBackfill(install))) return;
      const did =
        (await backfill.step(install, customers)) ||
        (await nightly(install)) ||
        (await taxNets.step(install, documents));
      if (!did) return;
    }
  }

  /** What no list of changes tells: everybody's sums, then single customers by their own pages. */
  async function nightly(install: Install): Promise<boolean> {
    const now = clock();
    const since = nightOf(install, now);
    if (!since) return false;
    return (await nightlySums.step(install, dayIn(zoneOf(install), now))) || (await check(install, since));
  }

  /** In rotation, a customer whose turn it is this night. */
  async function check(install: Install, since: Date): Promise<boolean> {
    const told = isTold(await ledgerProgress(database, keyOf(install)), since);
    const most = told ? CHECKS_PER_NIGHT_TOLD : CHECKS_PER_NIGHT;
    const setbacks = setbacksOf(install).customers;
    const question = { since, most, except: setbacks.except() };
    const id = (await ledgerCustomerToCheck(database, keyOf(install), question)) as CustomerId | null; // safe because the ledger wrote it
    if (id !== null) await setbacks.attempt(id, () => refresh.bring(install, id, 'check'));
    return id !== null;
  }

  async function lookAt(install: Install): Promise<void> {
    const of = keyOf(install);
    const name = nameOf(install);
    if (!(await hold(leaseOf(of)))) return;
    const startedAt = clock();
    const rest = quiet.get(name);
    if (rest && rest.until > startedAt.getTime()) {
      const { retryAt } = await ledgerProgress(database, of);
      if (!retryAt || retryAt.getTime() < rest.since) return;
      setbacksOf(install).customers.forget();
    }
    let mine = true;
    // Calls may wait for the budget for longer than the lease lasts.
    const renewing = setInterval(() => {
      hold(leaseOf(of)).then(
        (still) => {
          mine = still;
        },
        (trouble: unknown) => onTrouble(trouble, { install: install.id, reading: 'lease' }),
      );
    }, LEASE_MS / 3);
    renewing.unref();
    const goesOn = async (): Promise<boolean> => mine && !stopped && (await hold(leaseOf(of)));
    try {
      const progress = await ledgerProgress(database, of);
      await look(install, progress);
      await fulfilWishes(install, goesOn);
      await spendSpareTime(install, goesOn);
      // The backfill's last page, and what it found, are proved by a pass of their own.
      const { backfill: state, followedTo } = await ledgerProgress(database, of);
      if (state.listedAt && !state.doneAt && (!followedTo || followedTo < state.listedAt) && (await goesOn()))
        await follow.all(install);
      quiet.delete(name);
      needs.onWell?.(install, startedAt);
    } catch (trouble) {
      const since = clock().getTime();
      quiet.set(name, { since, until: since + pauseMs(trouble) });
      onTrouble(trouble, { install: install.id, reading: 'changes' });
    } finally {
      clearInterval(renewing);
    }
  }

  function tick(install: Install): Promise<void> {
    const name = nameOf(install);
    const running = underWay.get(name);
    if (running) return running;
    const started = lookAt(install).finally(() => underWay.delete(name));
    underWay.set(name, started);
    return started;
  }

  async function lookAround(): Promise<void> {
    for (const install of await needs.installs()) {
      if (stopped) return;
      tick(install).catch((trouble: unknown) =>
        onTrouble(trouble, { install: install.id, reading: 'lease' }),
      );
    }
  }

  return {
    tick,
    start() {
      timer = setInterval(() => {
        lookAround().catch((trouble: unknown) => onTrouble(trouble, { install: '', reading: 'installs' }));
      }, LOOK_MS);
      timer.unref();
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      // Whatever is cut off here another server does again; nothing old is ever put over something new.
      await Promise.race([Promise.allSettled(underWay.values()), sleep(STOP_MS, undefined, { ref: false })]);
      for (const name of held.keys()) await endLease(database, { name, holder });
    },
  };
}

const zoneOf = ({ books }: Install) => books?.timeZone ?? 'UTC';

/** The beginning of the organisation's night, if it is night there. */
function nightOf(install: Install, now: Date): Date | null {
  const timeZone = zoneOf(install);
  const hour = Number(
    new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' }).format(now),
  );
  if (hour >= NIGHT_ENDS_AT) return null;
  const midnight = new Date(now.getTime() - (hour + 1) * 60 * MINUTE_MS);
  // An hour early never counts a check twice, for by day none is made.
  return dayIn(timeZone, midnight) === dayIn(timeZone, now)
    ? new Date(midnight.getTime() - 60 * MINUTE_MS)
    : midnight;
}

function pauseMs(trouble: unknown): number {
  const seconds = trouble instanceof ZohoTrouble ? trouble.detail.retryAfterSeconds : undefined;
  return seconds === undefined ? TROUBLE_MS : seconds * 1000;
}
