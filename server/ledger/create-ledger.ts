import type { CustomerId } from '../domain/documents.ts';
import type { Install } from '../identity/install.ts';
import type { Database } from '../store/database.ts';
import { wantLedgerCustomers } from '../store/ledger-customers.ts';
import { noteHint, noteViewed } from '../store/ledger-progress.ts';
import type { ConnectedOrganisation } from '../zoho/books/client.ts';
import { createBackfill } from './backfill.ts';
import { createFill } from './fill.ts';
import { createFlights } from './flights.ts';
import { createFollow, isFollowedKind } from './follow.ts';
import { keyOf } from './key.ts';
import type { Ledger } from './ledger.ts';
import { createLedgerStore } from './ledger-store.ts';
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
  /** Called with what went wrong in reads nobody waits for. */
  readonly onTrouble: (
    trouble: unknown,
    about: { readonly install: string; readonly reading: string },
  ) => void;
}

/** Somebody says that something changed in Books; that it did is looked up there. */
interface ChangeHint {
  readonly customerIds: readonly string[];
  /** Kinds of document, e.g. `invoice`; of payments the invoices they settle change too. */
  readonly types: readonly string[];
  /** Something is gone, and only reading the customers in full can tell what. */
  readonly deleted?: boolean;
  /** We changed it ourselves: it says nothing about Books telling us of changes. */
  readonly own?: boolean;
}

export interface WholeLedger extends Ledger {
  readonly worker: LedgerWorker;
  /** Costs no call; the server that follows the organisation looks within seconds. */
  hint(install: Install, hint: ChangeHint): Promise<void>;
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
      taxNets: createTaxNets({ database, booksFor, clock }),
    }),
    async hint(install, { customerIds, types, deleted, own }) {
      const of = keyOf(install);
      const at = clock();
      const why = deleted ? 'full' : types.includes('credit_note') ? 'credit_note' : 'changed';
      // Quotes, orders and expenses are in their own list of changes, and move nothing else.
      const moves = deleted || types.length === 0 || types.some((type) => BALANCES.has(type));
      const wishes = moves
        ? customerIds.map((id) => ({ customerId: id as CustomerId, why, since: at }) as const)
        : [];
      await wantLedgerCustomers(database, of, wishes);
      const lists = deleted ? [] : types.flatMap((type) => (BALANCES.has(type) ? [type, 'invoice'] : [type]));
      await noteHint(database, of, { types: [...new Set(lists)].filter(isFollowedKind), at, told: !own });
    },
    health: (install) => ledgerHealth(database, install, clock()),
  };
}

/** Kinds that move what a customer owes. */
const BALANCES: ReadonlySet<string> = new Set(['invoice', 'payment', 'credit_note']);
