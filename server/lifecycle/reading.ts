import type { InstallState } from '../contract/lifecycle.ts';
import type { Database } from '../store/database.ts';
import { installState } from '../store/life-cycle.ts';
import { ZohoTrouble } from '../zoho/trouble.ts';

/**
 * Lets a call to Books go only while its install is active, whatever the one who asks believed when it began: a pass
 * that is under way ends at its next call.
 */
export function createMayRead(database: Database) {
  return async (installId: string): Promise<void> => {
    const now = await installState(database, installId);
    if (now?.state !== 'active')
      throw new ZohoTrouble('books', 'unreachable', { code: codeOf(now?.state ?? 'uninstalling') });
  };
}

/** How the rest of the server tells these from a Books that does not answer. */
const codeOf = (state: InstallState): string => (state === 'paused' ? 'paused' : 'switched_off');
