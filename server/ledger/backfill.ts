import type { CustomerId } from '../domain/documents.ts';
import type { Install } from '../identity/install.ts';
import type { Database } from '../store/database.ts';
import { unfilledLedgerCustomers } from '../store/ledger-customers.ts';
import { type Backfill, ledgerProgress, saveBackfill } from '../store/ledger-progress.ts';
import type { WholeLists } from '../zoho/books/whole-lists.ts';
import { applyContacts, applyPage, readableCustomers } from './apply-page.ts';
import { keyOf } from './key.ts';
import type { Refresh } from './refresh.ts';
import type { Setbacks } from './setbacks.ts';

/** In the order they are read: documents need their customers, the figures' lists come first. */
const MODULES = [
  'contact',
  'invoice',
  'payment',
  'credit_note',
  'estimate',
  'sales_order',
  'expense',
] as const;
type Module = (typeof MODULES)[number];
/** The last stage: customers' own pages, one call each. */
const PAGES = 'customers';

interface Needs {
  readonly database: Database;
  readonly wholeFor: (install: Install) => Promise<WholeLists>;
  readonly refresh: Refresh;
  readonly clock: () => Date;
}

/**
 * Reads an organisation's whole Books, list by list and page by page. Each page and the note that it was read are one
 * transaction, so a server killed anywhere reads at most one page again and counts nothing twice.
 */
export function createBackfill({ database, wholeFor, refresh, clock }: Needs) {
  async function readPage(install: Install, at: Backfill & { readonly module: Module }): Promise<void> {
    const of = keyOf(install);
    const { module, page } = at;
    const whole = await wholeFor(install);
    const askedAt = clock();
    if (module === 'contact') {
      const { rows, hasMore } = await whole.contacts({ page }, 'backfill');
      const contacts = { rows, askedAt, since: null, baseCurrency: install.books?.currency ?? '' };
      return applyContacts(database, of, contacts, (on) => saveBackfill(on, of, after(at, hasMore, clock())));
    }
    const customersOf = (ids: readonly CustomerId[]) => readableCustomers(database, of, ids);
    const answer = await whole.documents({ type: module, page, customersOf }, 'backfill');
    await applyPage(
      database,
      of,
      { type: module, page: answer, askedAt, marks: false, isListed: false },
      (on) => saveBackfill(on, of, after(at, answer.hasMore, clock())),
    );
  }

  return {
    /**
     * One page of a list, or one customer's own page. False when there is nothing left to read.
     * @throws ZohoTrouble, and then the same step comes again
     */
    async step(install: Install, setbacks: Setbacks<CustomerId>): Promise<boolean> {
      const of = keyOf(install);
      const { backfill, followedTo } = await ledgerProgress(database, of);
      if (backfill.doneAt) return false;
      if (backfill.module === null) {
        const startedAt = clock();
        await saveBackfill(database, of, { ...backfill, module: 'contact', page: 1, startedAt });
        return true;
      }
      if (isModule(backfill.module)) {
        await readPage(install, { ...backfill, module: backfill.module });
        return true;
      }
      // What changed while pages were read is only known after a pass that began later.
      if (!followedTo || !backfill.listedAt || followedTo < backfill.listedAt) return false;
      const except = setbacks.except();
      const [next] = await unfilledLedgerCustomers(database, of, { limit: 1, except });
      if (next === undefined) {
        if (except.length === 0) await saveBackfill(database, of, { ...backfill, doneAt: clock() });
        return false;
      }
      const id = next as CustomerId; // safe because the ledger wrote it
      await setbacks.attempt(id, () => refresh.complete(install, id));
      return true;
    },
  };
}
export type BackfillWork = ReturnType<typeof createBackfill>;

const isModule = (name: string): name is Module => (MODULES as readonly string[]).includes(name);

function after(at: Backfill & { readonly module: Module }, hasMore: boolean, now: Date): Backfill {
  const pages = at.pages + 1;
  if (hasMore) return { ...at, page: at.page + 1, pages };
  const next = MODULES[MODULES.indexOf(at.module) + 1];
  if (next) return { ...at, module: next, page: 1, pages };
  return { ...at, module: PAGES, page: 1, listedAt: now, pages };
}
