import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../store/database.ts';
import { endLease, takeLease } from '../store/leases.ts';
import { ZohoTrouble } from '../zoho/trouble.ts';
import type { Trouble } from './ledger.ts';

/** After a failed read, leave Books alone for this long. */
export const REST_AFTER_TROUBLE_MS = 30_000;
/** How long a server may take to read a customer before another one tries. */
const ALONE_MS = 20_000;
const LOOK_AGAIN_MS = 150;

interface Needs {
  readonly database: Database;
  readonly clock: () => Date;
  /** Called with what went wrong in reads nobody waits for. */
  readonly onTrouble: (
    trouble: unknown,
    about: { readonly install: string; readonly reading: string },
  ) => void;
}

/** Reads under way: each kind once per key, in this process and, where it is asked for, in all of them. */
export function createFlights({ database, clock, onTrouble }: Needs) {
  const running = new Map<string, Promise<unknown>>();
  const lastTrouble = new Map<string, { readonly kind: Trouble; readonly at: number }>();

  /** One read of a kind at a time per key; everyone who asks meanwhile shares it. */
  function once<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const underWay = running.get(key) as Promise<Result> | undefined; // safe because a key names one kind of work
    if (underWay) return underWay;
    const started = work().finally(() => running.delete(key));
    running.set(key, started);
    return started;
  }

  function behind(key: string, installId: string, work: () => Promise<unknown>): void {
    const trouble = lastTrouble.get(key);
    if (running.has(key) || (trouble && clock().getTime() - trouble.at < REST_AFTER_TROUBLE_MS)) return;
    once(key, work).then(
      () => lastTrouble.delete(key),
      (cause: unknown) => {
        lastTrouble.set(key, { kind: troubleOf(cause), at: clock().getTime() });
        onTrouble(cause, { install: installId, reading: key });
      },
    );
  }

  /**
   * One at a time among all servers of the database: the others wait for what it brings. A server that dies in the
   * midst of it holds the others up for twenty seconds at most.
   * @param landed what the work brings, once it is there
   */
  async function alone<Result>(
    name: string,
    { work, landed }: { work: () => Promise<Result>; landed: () => Promise<Result | null> },
  ): Promise<Result> {
    const lease = { name: `fill|${name}`, holder: randomUUID() };
    for (let waited = 0; waited < ALONE_MS; waited += LOOK_AGAIN_MS) {
      const now = clock();
      if (await takeLease(database, { ...lease, until: new Date(now.getTime() + ALONE_MS) }, now)) {
        try {
          return (waited > 0 ? await landed() : null) ?? (await work());
        } finally {
          await endLease(database, lease);
        }
      }
      await sleep(LOOK_AGAIN_MS);
      const there = await landed();
      if (there !== null) return there;
    }
    return work();
  }

  return {
    once,
    behind,
    alone,
    /** The reads under way right now. */
    underWay: (): ReadonlySet<string> => new Set(running.keys()),
    isRunning: (key: string): boolean => running.has(key),
    /** What went wrong last. @param goodAt what is known to be right as of later makes it a thing of the past */
    troubleOf(key: string, goodAt: Date): Trouble | null {
      const last = lastTrouble.get(key);
      return last && last.at >= goodAt.getTime() ? last.kind : null;
    },
  };
}
export type Flights = ReturnType<typeof createFlights>;

/** What to tell of a read that failed. */
export function troubleOf(cause: unknown): Trouble {
  if (!(cause instanceof ZohoTrouble)) return 'books_unreachable';
  // By an administrator, while the one who asks still believed otherwise.
  if (cause.detail.code === 'paused') return 'paused';
  switch (cause.kind) {
    case 'rate_limited':
      return 'books_rate_limited';
    case 'refused':
    case 'revoked':
    case 'unreadable':
      return 'books_refused';
    case 'unreachable':
      return 'books_unreachable';
  }
}
