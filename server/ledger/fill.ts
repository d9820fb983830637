import type { Customer, CustomerId, DealId } from '../domain/documents.ts';
import type { CurrencyCode, DecimalText } from '../domain/money.ts';
import type { Install } from '../identity/install.ts';
import type { LedgerState } from '../store/ledger-documents.ts';
import type { Books, CustomerDetail, Priority } from '../zoho/books/books.ts';
import { isFollowed } from './age.ts';
import type { CustomerSnapshot, KnownCustomer, LedgerStore } from './customer-snapshot.ts';
import { keyOf } from './key.ts';
import { FIGURE_LISTS, readFigureInputs, readRest } from './read-customer.ts';
import { tiesWithBooks } from './self-check.ts';

interface Needs {
  readonly store: LedgerStore;
  /** The organisation's connected Books. Throws `ZohoTrouble` when its grant cannot be used. */
  readonly booksFor: (install: Install) => Promise<Books>;
  readonly clock: () => Date;
}

export interface Filling {
  readonly install: Install;
  readonly id: CustomerId;
  readonly known: KnownCustomer | undefined;
  readonly state: LedgerState;
}

/** Reads customers from Books into the local copy. All throw `ZohoTrouble`. */
export function createFill({ store, booksFor, clock }: Needs) {
  /**
   * A customer's figures, from its own page and three lists. Where the backfill has read all lists already, and they
   * come to what the page says, the page is enough.
   * @param wanted asked with the customer's own page before anything is stored; false: answers `null`
   */
  async function figures(
    filling: Filling,
    wanted: (detail: CustomerDetail) => Promise<boolean> | boolean,
    priority: Priority,
  ): Promise<CustomerSnapshot | null> {
    const books = await booksFor(filling.install);
    const askedAt = clock();
    const detail = await books.customer(filling.id, priority);
    if (!(await wanted(detail))) return null;
    return (
      (await fromBackfill(filling, detail)) ??
      (await fromLists(filling, { detail, askedAt, books }, priority))
    );
  }

  async function fromLists(
    { install, known, state }: Filling,
    page: { readonly detail: CustomerDetail; readonly askedAt: Date; readonly books: Books },
    priority: Priority,
  ): Promise<CustomerSnapshot> {
    const { detail, askedAt, books } = page;
    const earlier = known?.snapshot ?? null;
    const restIsFollowed = isFollowed(state, askedAt);
    const snapshot = await readFigureInputs(books, { detail, earlier, askedAt, restIsFollowed }, priority);
    await store.save(keyOf(install), snapshot, {
      lists: FIGURE_LISTS,
      askedAt,
      wishes: known?.wishes ?? 0,
      facts: detail.facts,
    });
    return snapshot;
  }

  /** `null`: its lists are not all there, or do not come to what Books says. */
  async function fromBackfill(
    { install, known, state: { listedAt, followedTo } }: Filling,
    { customer, crmAccountId, crmContactId, facts }: CustomerDetail,
  ): Promise<CustomerSnapshot | null> {
    // Only a pass that began after the last page proves that nothing slipped through between pages.
    if (!known?.listed || !listedAt || !followedTo || followedTo < listedAt) return null;
    const { listed } = known;
    const rated = <Row extends Rated>(rows: readonly Row[]) => withPresentRates(rows, customer);
    const book = {
      ...listed.book,
      customer,
      estimates: listed.book.estimates && rated(listed.book.estimates),
      salesOrders: listed.book.salesOrders && rated(listed.book.salesOrders),
      expenses: listed.book.expenses && rated(listed.book.expenses),
      invoices: rated(listed.book.invoices),
      creditNotes: rated(listed.book.creditNotes),
      creditNoteRefunds: listed.book.creditNotes.length === 0 ? [] : null,
    };
    if (!tiesWithBooks({ book, warnings: listed.warnings })) return null;
    const readAt = followedTo.toISOString();
    const snapshot: CustomerSnapshot = {
      ...listed,
      book,
      crmAccountId,
      crmContactId,
      readAt,
      restReadAt: readAt,
      warnings: listed.warnings.map((warning) =>
        customer.exchangeRate === null ? warning : warning.replace(/:no_exchange_rate$/, ':present_rate'),
      ),
    };
    await store.saveDetails(keyOf(install), listed.book, book);
    await store.save(keyOf(install), snapshot, {
      lists: [],
      askedAt: followedTo,
      wishes: known.wishes,
      facts,
    });
    return snapshot;
  }

  /** What the figures can wait for. What was read before trouble came is stored, then the trouble is thrown. */
  async function rest(
    install: Install,
    snapshot: CustomerSnapshot,
    dealId: DealId | undefined,
  ): Promise<void> {
    const askedAt = clock();
    const read = await readRest(await booksFor(install), snapshot, dealId);
    await store.saveRest(keyOf(install), read.snapshot, { lists: read.lists, askedAt });
    await store.saveDetails(keyOf(install), snapshot.book, read.snapshot.book, read.details);
    if (read.trouble) throw read.trouble;
  }

  return { figures, fromLists, rest };
}
export type Fill = ReturnType<typeof createFill>;

interface Rated {
  readonly total: { readonly currency: CurrencyCode };
  readonly exchangeRate: DecimalText | null;
}

/** The contact list does not tell the customer's rate, so documents without their own waited for its page. */
const withPresentRates = <Row extends Rated>(rows: readonly Row[], customer: Customer): readonly Row[] =>
  rows.map((row) =>
    row.exchangeRate === null && row.total.currency === customer.currency
      ? { ...row, exchangeRate: customer.exchangeRate }
      : row,
  );
