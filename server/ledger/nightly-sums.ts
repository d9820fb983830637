import type { CalendarDay } from '../domain/calendar-day.ts';
import type { Install } from '../identity/install.ts';
import type { Database } from '../store/database.ts';
import { ledgerProgress, saveFollowed } from '../store/ledger-progress.ts';
import type { WholeLists } from '../zoho/books/whole-lists.ts';
import { applyContacts } from './apply-page.ts';
import { keyOf } from './key.ts';

/** Beside the cursors of the change feed: the night, and the page of the contact list that is next. */
const SUMS = 'nightly_sums';
/** 20,000 customers; those beyond are held against Books one by one, in rotation. */
const MAX_PAGES = 100;
const OVER = 0;

interface Needs {
  readonly database: Database;
  readonly wholeFor: (install: Install) => Promise<WholeLists>;
  readonly clock: () => Date;
}

/**
 * Every customer's sums once a night, by the list of contacts: a deleted document moves no stamp, so in a list by stamps
 * its customer may stay behind the pages that passes read. Goes on where another server stopped.
 */
export function createNightlySums({ database, wholeFor, clock }: Needs) {
  return {
    /** One page. False when this night's are through, or the backfill is not. @throws ZohoTrouble */
    async step(install: Install, night: CalendarDay): Promise<boolean> {
      const of = keyOf(install);
      const { cursors, backfill } = await ledgerProgress(database, of);
      const [begun, next] = (cursors[SUMS] ?? '').split(' ');
      const page = begun === night ? Number(next) : 1;
      if (!backfill.doneAt || page === OVER) return false;
      const whole = await wholeFor(install);
      const askedAt = clock();
      const { rows, hasMore } = await whole.contacts({ page }, 'backfill');
      const baseCurrency = install.books?.currency ?? '';
      // Only sums count here: what changed of late is for the change feed.
      await applyContacts(
        database,
        of,
        { rows, askedAt, since: askedAt, isListed: true, baseCurrency },
        (on) =>
          saveFollowed(on, of, {
            to: null,
            cursors: { [SUMS]: `${night} ${hasMore && page < MAX_PAGES ? page + 1 : OVER}` },
          }),
      );
      return true;
    },
  };
}
export type NightlySums = ReturnType<typeof createNightlySums>;
