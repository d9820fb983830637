import type { Database } from '../store/database.ts';
import { removeLeftLedgers, removeStragglers } from '../store/erase-install.ts';
import { type ErasureRow, openErasures } from '../store/erasures.ts';
import type { Erase } from './erase.ts';
import { createLanes } from './lanes.ts';
import type { RevokeTokens } from './revoke-tokens.ts';

/** Whatever was under way when something ended has ended itself by then. */
const LATE_MS = 24 * 3_600_000;
/** How many installs of one data centre are carried on with at once. */
const AT_ONCE = 4;

interface Needs {
  readonly database: Database;
  readonly revokeTokens: RevokeTokens;
  readonly erase: Erase;
  readonly clock: () => Date;
  /** Aborted when the server stops: what is left is another's. */
  readonly stopping: AbortSignal;
  readonly onTrouble: (trouble: unknown) => void;
}

/**
 * Carries on with every uninstalling: at the start, from time to time, and on as many servers as there are. A data
 * centre that does not answer keeps nobody but its own waiting, and what is under way is not begun a second time.
 */
export function createSweep({ database, revokeTokens, erase, clock, stopping, onTrouble }: Needs) {
  const inLane = createLanes(AT_ONCE);
  const underWay = new Map<string, Promise<void>>();

  async function carryOn(erasure: ErasureRow): Promise<void> {
    try {
      // Due, no token is waited for any more: what Zoho did not confirm is erased all the same.
      const none = !stopping.aborted && (await revokeTokens(erasure));
      if (none && !stopping.aborted && erasure.dueAt <= clock()) await erase(erasure);
    } catch (trouble) {
      onTrouble(trouble);
    }
  }

  function begun(erasure: ErasureRow): Promise<void> {
    const work = inLane(erasure.dataCentre, () => carryOn(erasure)).finally(() =>
      underWay.delete(erasure.id),
    );
    underWay.set(erasure.id, work);
    return work;
  }

  async function tidy(): Promise<void> {
    const since = new Date(clock().getTime() - LATE_MS);
    await removeStragglers(database, since);
    await removeLeftLedgers(database, since);
  }

  /** Until everything that was found is done, also what an earlier run began. */
  return async (): Promise<void> => {
    const open = await openErasures(database);
    await Promise.all(open.map((erasure) => underWay.get(erasure.id) ?? begun(erasure)));
    if (!stopping.aborted) await tidy();
  };
}
