import type { Install } from '../identity/install.ts';
import type { Database } from '../store/database.ts';
import {
  type LedgerProgress,
  ledgerProgress,
  ledgerStanding,
  noteUntold,
  saveFollowed,
} from '../store/ledger-progress.ts';
import type { LedgerKey } from '../store/snapshots.ts';
import type { WholeLists } from '../zoho/books/whole-lists.ts';
import { ZohoTrouble } from '../zoho/trouble.ts';
import { applyContacts, applyPage, readableCustomers } from './apply-page.ts';
import { keyOf } from './key.ts';

/** Books counts seconds and writes some changes late: each pass looks again at the last minutes of the one before. */
const OVERLAP_MS = 5 * 60_000;
/** The first pass has no cursor in Books' own time; clocks differ by less. */
const FIRST_OVERLAP_MS = 60 * 60_000;
/** Books tells of a change within this time, or does not. */
const TELLING_MS = 3 * 60_000;
/** 20,000 changes of one kind in one pass: beyond it Books is answering nonsense. */
const MAX_PAGES = 100;
/** New payments of one pass, in pages; before the backfill has read the rest nearly all would seem new. */
const PAYMENT_PAGES = 10;

/** Kinds whose list tells what changed since. Payments and contacts do not. @see books-api §9 */
const CHANGED_SINCE = ['invoice', 'credit_note', 'estimate', 'sales_order', 'expense'] as const;
type Followed = (typeof CHANGED_SINCE)[number];
export const isFollowedKind = (type: string): type is Followed =>
  (CHANGED_SINCE as readonly string[]).includes(type);

interface Needs {
  readonly database: Database;
  readonly wholeFor: (install: Install) => Promise<WholeLists>;
  readonly clock: () => Date;
}

/**
 * One pass over everything that changed in an organisation's Books since the last one: a call per kind while changes
 * fit a page, however many customers there are. A pass that fails moves no cursor, so the next one begins where it did.
 */
export function createFollow({ database, wholeFor, clock }: Needs) {
  async function documents(pass: Pass, type: Followed): Promise<Cursors> {
    const { of, whole, cursors } = pass;
    const cursor = cursors[type];
    const since = cursor ? new Date(Date.parse(cursor) - OVERLAP_MS) : pass.firstSince;
    let newest = cursor ?? pass.firstSince.toISOString();
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const askedAt = clock();
      const answer = await whole.documents(
        { type, page, changedSince: since, customersOf: (ids) => readableCustomers(database, of, ids) },
        'feed',
      );
      const asked = { type, page: answer, askedAt, marks: true, isListed: pass.isListed };
      const { newsSince } = await applyPage(database, of, asked);
      if (newsSince) pass.news.push({ type, at: newsSince });
      newest = later(newest, answer.newest, askedAt);
      if (!answer.hasMore) return { [type]: newest };
    }
    throw new ZohoTrouble('books', 'unreachable', { code: 'endless_list' });
  }

  /** New payments by their date, until a page holds one we know. Older ones show in the balances they moved. */
  async function payments({ of, whole, isListed }: Pass): Promise<void> {
    for (let page = 1; page <= (isListed ? PAYMENT_PAGES : 1); page += 1) {
      const askedAt = clock();
      const answer = await whole.documents(
        {
          type: 'payment',
          page,
          newestFirst: true,
          customersOf: (ids) => readableCustomers(database, of, ids),
        },
        'feed',
      );
      const { allNew } = await applyPage(database, of, {
        type: 'payment',
        page: answer,
        askedAt,
        marks: true,
        isListed,
      });
      if (!answer.hasMore || !allNew || answer.rows.length === 0) return;
    }
  }

  /** Contacts from the last changed on, until the cursor. */
  async function contacts({
    of,
    whole,
    cursors,
    firstSince,
    isListed,
    baseCurrency,
  }: Pass): Promise<Cursors> {
    const cursor = cursors.contact;
    const since = cursor ? new Date(Date.parse(cursor) - OVERLAP_MS) : firstSince;
    let newest = cursor ?? firstSince.toISOString();
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const askedAt = clock();
      const { rows, hasMore } = await whole.contacts({ page, newestFirst: true }, 'feed');
      await applyContacts(database, of, { rows, askedAt, since, isListed, baseCurrency });
      for (const { modifiedAt } of rows) newest = later(newest, modifiedAt, askedAt);
      const last = rows.at(-1)?.modifiedAt ?? null;
      if (!hasMore || !last || last < since) return { contact: newest };
    }
    throw new ZohoTrouble('books', 'unreachable', { code: 'endless_list' });
  }

  async function begin(install: Install): Promise<Pass> {
    const of = keyOf(install);
    const { cursors, backfill } = await ledgerProgress(database, of);
    // Only the first pass needs it, and counting takes the longer the more there is.
    const isFirst = ['contact', ...CHANGED_SINCE].some((kind) => cursors[kind] === undefined);
    const oldestFill = isFirst ? (await ledgerStanding(database, of)).oldestFill : null;
    const startedAt = clock();
    const oldest = Math.min(
      ...[oldestFill, backfill.startedAt, startedAt].flatMap((at) => (at ? [at.getTime()] : [])),
    );
    return {
      of,
      whole: await wholeFor(install),
      cursors,
      firstSince: new Date(oldest - FIRST_OVERLAP_MS),
      startedAt,
      isListed: backfill.listedAt !== null,
      baseCurrency: install.books?.currency ?? '',
      news: [],
    };
  }

  return {
    /**
     * Everything. A change that is news to us though Books should have told us of it shows that not all web hooks are
     * set up, or reach us.
     * @param hinted kinds that were told of and not looked at yet
     * @throws ZohoTrouble, and then nothing counts as followed
     */
    async all(install: Install, hinted: readonly string[] = []): Promise<void> {
      const pass = await begin(install);
      // Contacts first: documents of a customer nobody knows cannot be read.
      const cursors: Record<string, string> = { ...(await contacts(pass)) };
      for (const type of CHANGED_SINCE) Object.assign(cursors, await documents(pass, type));
      await payments(pass);
      await saveFollowed(database, pass.of, { to: pass.startedAt, cursors });
      const told = pass.startedAt.getTime() - TELLING_MS;
      const isMissed = pass.news.some(({ type, at }) => !hinted.includes(type) && at.getTime() < told);
      if (isMissed) await noteUntold(database, pass.of, pass.startedAt);
    },

    /** Only kinds somebody said changed, so that they need not wait for the next pass. */
    async some(install: Install, types: readonly Followed[]): Promise<void> {
      const pass = await begin(install);
      for (const type of types)
        await saveFollowed(database, pass.of, { to: null, cursors: await documents(pass, type) });
    },
  };
}
export type Follow = ReturnType<typeof createFollow>;

type Cursors = LedgerProgress['cursors'];

interface Pass {
  readonly of: LedgerKey;
  readonly whole: WholeLists;
  readonly cursors: Cursors;
  readonly firstSince: Date;
  readonly startedAt: Date;
  readonly isListed: boolean;
  readonly baseCurrency: string;
  /** Kinds it brought changes of, and the earliest of each page. */
  readonly news: { readonly type: Followed; readonly at: Date }[];
}

/** A stamp from the future would have everything after it missed. */
function later(newest: string, told: Date | null, now: Date): string {
  const at = Math.min(told?.getTime() ?? 0, now.getTime());
  return at > Date.parse(newest) ? new Date(at).toISOString() : newest;
}
