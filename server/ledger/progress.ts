import type { Install } from '../identity/install.ts';
import type { Database } from '../store/database.ts';
import { ledgerProgress, ledgerStanding } from '../store/ledger-progress.ts';
import { keyOf } from './key.ts';

/** How complete and how current the local copy of an organisation's Books is. */
export interface LedgerHealth {
  readonly customers: number;
  readonly filled: number;
  readonly documents: number;
  /** Customers whose change in Books is known and not read yet. */
  readonly wanted: number;
  /** Customers whose documents did not come to Books' own sums when they were last compared. */
  readonly differing: number;
  /** Every change before this instant is in the figures, or its customer is among the wanted. */
  readonly followedTo: Date | null;
  readonly backfill: {
    readonly state: 'waiting' | 'lists' | 'customers' | 'done';
    /** Customers; `total` is known once all of them are listed. */
    readonly done: number;
    readonly total: number | null;
    /** Customers an hour since it began; `null` before there is anything to count. */
    readonly rate: number | null;
    readonly expectedEnd: Date | null;
  };
}

export async function ledgerHealth(database: Database, install: Install, now: Date): Promise<LedgerHealth> {
  const of = keyOf(install);
  const { followedTo, backfill } = await ledgerProgress(database, of);
  const { customers, filled, documents, wanted, differing } = await ledgerStanding(database, of);
  const { module, startedAt, doneAt, listedAt } = backfill;
  const hours = listedAt && !doneAt ? (now.getTime() - listedAt.getTime()) / 3_600_000 : 0;
  const rate = hours > 0 && filled > 0 ? filled / hours : null;
  const left = customers - filled;
  return {
    customers,
    filled,
    documents,
    wanted,
    differing,
    followedTo,
    backfill: {
      state: doneAt ? 'done' : listedAt ? 'customers' : startedAt ? 'lists' : 'waiting',
      done: filled,
      total: module === null || module === 'contact' ? null : customers,
      rate: rate === null ? null : Math.round(rate * 10) / 10,
      expectedEnd: rate === null || left === 0 ? null : new Date(now.getTime() + (left / rate) * 3_600_000),
    },
  };
}
