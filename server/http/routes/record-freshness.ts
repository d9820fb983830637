import type { Freshness } from '../../contract/customer-360.ts';
import type { UnknownReason } from '../../domain/amount.ts';
import type { LedgerAnswer } from '../../ledger/ledger.ts';
import { missingSeen } from '../../visibility/asides.ts';
import { seesAll } from '../../visibility/seen-books.ts';

export type LinkedAnswer = Extract<LedgerAnswer, { state: 'linked' }>;

/** After this many seconds the panel asks again while more is being read. */
const READING_ON_SECONDS = 2;
/** … and while Books is in trouble. */
const TROUBLE_SECONDS = 30;

/** Quotes or orders that are missing while nothing is being read were refused, or not answered. */
export function quotesUnknown({ missing, readingOn, trouble }: LinkedAnswer): UnknownReason {
  const stopped = !readingOn && (missing.includes('quotes') || missing.includes('sales_orders'));
  if (!stopped) return 'still_reading';
  return trouble === 'books_rate_limited' ? trouble : 'books_unreachable';
}

/**
 * What is read, or could not be, of documents somebody does not see is nothing to them: it tells that they are there.
 * So whoever does not see all of them hears of reading where all figures are read anew, or where something they are shown
 * waits for it. Asking for newer figures is answered alike whether or not anything else is still owed.
 */
export function freshnessOf(
  answer: LinkedAnswer,
  { wantsNewer, ...seen }: Parameters<typeof missingSeen>[1] & { readonly wantsNewer: boolean },
): Freshness {
  const missing = missingSeen([...answer.missing], seen);
  // That reading is paused says nothing of anybody's documents.
  const isPaused = answer.trouble === 'paused';
  const concerns = isPaused || !answer.fresh || missing.length > 0 || seesAll(seen.policy);
  const { readingOn, trouble } = concerns ? answer : { readingOn: wantsNewer, trouble: null };
  const again = readingOn ? READING_ON_SECONDS : trouble && !isPaused ? TROUBLE_SECONDS : null;
  return {
    state: answer.fresh ? 'fresh' : 'stale',
    knownGoodAt: answer.knownGoodAt.toISOString(),
    missing: [...missing],
    ...(again === null ? {} : { refetchAfterSeconds: again }),
    ...(trouble ? { trouble } : {}),
  };
}
