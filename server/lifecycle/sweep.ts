import type { Database } from '../store/database.ts';
import { removeLeftLedgers, removeStragglers } from '../store/erase-install.ts';
import { openErasures } from '../store/erasures.ts';
import type { Erase } from './erase.ts';
import type { RevokeTokens } from './revoke-tokens.ts';

/** Whatever was under way when something ended has ended itself by then. */
const LATE_MS = 24 * 3_600_000;

interface Needs {
  readonly database: Database;
  readonly revokeTokens: RevokeTokens;
  readonly erase: Erase;
  readonly clock: () => Date;
  readonly onTrouble: (trouble: unknown) => void;
}

/** Carries on with every uninstalling: at the start, from time to time, and on as many servers as there are. */
export function createSweep({ database, revokeTokens, erase, clock, onTrouble }: Needs) {
  return async (): Promise<void> => {
    for (const erasure of await openErasures(database))
      try {
        // Due, no token is waited for any more: what Zoho did not confirm is erased all the same.
        const none = await revokeTokens(erasure);
        if (none && erasure.dueAt <= clock()) await erase(erasure);
      } catch (trouble) {
        onTrouble(trouble);
      }
    const since = new Date(clock().getTime() - LATE_MS);
    await removeStragglers(database, since);
    await removeLeftLedgers(database, since);
  };
}
