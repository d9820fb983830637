import type { Audit } from '../audit/audit.ts';
import { Problem } from '../contract/problem.ts';
import type { Caller } from '../identity/caller.ts';
import { keyOf } from '../ledger/key.ts';
import type { LedgerWorker } from '../ledger/worker.ts';
import type { Database } from '../store/database.ts';
import { askForRetry } from '../store/health.ts';

/** A pass takes seven calls and more: however often somebody presses the button, it is made twelve times an hour. */
export const RETRY_PAUSE_MS = 5 * 60_000;

interface Needs {
  readonly database: Database;
  readonly clock: () => Date;
  readonly audit: Pick<Audit, 'write'>;
  readonly worker: Pick<LedgerWorker, 'tick'>;
  readonly onTrouble: (trouble: unknown) => void;
}

type Asker = Pick<Caller, 'install' | 'crmUserId' | 'amr'>;

/**
 * Has everything that failed tried again now, by whichever server follows the organisation's changes: it finds the wish
 * within seconds. The call budget holds as ever.
 * @throws Problem `books.not_connected`; `health.too_soon` with the seconds to wait
 */
export function createRetry({ database, clock, audit, worker, onTrouble }: Needs) {
  return async function retry({ install, crmUserId: who, amr }: Asker): Promise<void> {
    if (!install.books) throw new Problem('books.not_connected');
    const now = clock();
    const notSince = new Date(now.getTime() - RETRY_PAUSE_MS);
    if (!(await askForRetry(database, keyOf(install), { now, notSince })))
      throw new Problem('health.too_soon', { retryAfterSeconds: RETRY_PAUSE_MS / 1_000 });
    await audit.write(install.id, { action: 'health.retried', who, amr, subject: 'Books', outcome: 'asked' });
    // At once, if it is this server; nobody waits for it.
    worker.tick(install).catch(onTrouble);
  };
}
export type Retry = ReturnType<typeof createRetry>;
