import type { Install } from '../identity/install.ts';
import type { Database } from '../store/database.ts';
import { noteViewed } from '../store/ledger-progress.ts';
import type { Unchanged } from '../store/unchanged.ts';
import type { ConnectedOrganisation } from '../zoho/books/client.ts';
import { createBackfill } from './backfill.ts';
import { createFill } from './fill.ts';
import { createFlights } from './flights.ts';
import { createFollow } from './follow.ts';
import { createHint } from './hint.ts';
import { keyOf } from './key.ts';
import type { Ledger } from './ledger.ts';
import { createLedgerStore } from './ledger-store.ts';
import { createNightlySums } from './nightly-sums.ts';
import { type LedgerHealth, ledgerHealth } from './progress.ts';
import { createReadLedger } from './read-ledger.ts';
import { createRefresh } from './refresh.ts';
import { createTaxNets } from './tax-nets.ts';
import { createLedgerWorker, type LedgerWorker } from './worker.ts';

interface Needs {
  readonly database: Database;
  /** The organisation's connected Books. Throws `ZohoTrouble` when its grant cannot be used. */
  readonly booksFor: (install: Install) => Promise<ConnectedOrganisation>;
  readonly installs: () => Promise<readonly Install[]>;
  /** Whether the day still has calls for what nobody waits for. */
  readonly mayBackfill: (install: Install) => boolean | Promise<boolean>;
  readonly clock: () => Date;
  readonly unchanged?: Unchanged;
  /** Called with what went wrong in reads nobody waits for. */
  readonly onTrouble: (
    trouble: unknown,
    about: { readonly install: string; readonly reading: string },
  ) => void;
  /** Called when everything that was due has been read. */
  readonly onWell?: (install: Install, at: Date) => void;
}

export interface WholeLedger extends Ledger {
  readonly worker: LedgerWorker;
  health(install: Install): Promise<LedgerHealth>;
}

/** The local copy of Books with everything that keeps it: reads, change feed, backfill and self-check. */
export function createLedger(needs: Needs): WholeLedger {
  const { database, booksFor, clock, onTrouble } = needs;
  const store = createLedgerStore(database);
  const flights = createFlights({ database, clock, onTrouble });
  const fill = createFill({ store, booksFor, clock });
  const wholeFor = async (install: Install) => (await booksFor(install)).whole;
  const refresh = createRefresh({ database, store, booksFor, fill, clock });
  return {
    ...createReadLedger({
      store,
      flights,
      fill,
      booksFor,
      clock,
      ...(needs.unchanged ? { unchanged: needs.unchanged } : {}),
      onView: (install) => {
        noteViewed(database, keyOf(install), clock()).catch((trouble: unknown) =>
          onTrouble(trouble, { install: install.id, reading: 'views' }),
        );
      },
    }),
    worker: createLedgerWorker({
      ...needs,
      follow: createFollow({ database, wholeFor, clock }),
      refresh,
      backfill: createBackfill({ database, wholeFor, refresh, clock }),
      nightlySums: createNightlySums({ database, wholeFor, clock }),
      taxNets: createTaxNets({ database, booksFor, clock }),
    }),
    hint: createHint({ database, store, clock }),
    health: (install) => ledgerHealth(database, install, clock()),
  };
}
