import type { CustomerId } from '../domain/documents.ts';
import type { Install } from '../identity/install.ts';
import type { Database } from '../store/database.ts';
import { forgetLedgerCustomer, markLedgerCustomerChecked } from '../store/ledger-customers.ts';
import type { Books, CustomerDetail } from '../zoho/books/books.ts';
import { ZohoTrouble } from '../zoho/trouble.ts';
import type { CustomerSnapshot, KnownCustomer, LedgerStore, ListName } from './customer-snapshot.ts';
import type { Fill } from './fill.ts';
import { keyOf } from './key.ts';
import { isRefusal, keepKnown } from './read-customer.ts';
import { tiesWithBooks } from './self-check.ts';

interface Needs {
  readonly database: Database;
  readonly store: LedgerStore;
  readonly booksFor: (install: Install) => Promise<Books>;
  readonly fill: Fill;
  readonly clock: () => Date;
}

type Why = KnownCustomer['wantedWhy'] | 'check';

/** Brings single customers up to date behind everybody's back, and holds them against Books' own sums. */
export function createRefresh({ database, store, booksFor, fill, clock }: Needs) {
  /** What the feed cannot bring: the customer's own page, its payments, and refunds where a credit note changed. */
  async function partly(
    books: Books,
    snapshot: CustomerSnapshot,
    { detail, why }: { detail: CustomerDetail; why: Why },
  ): Promise<{ snapshot: CustomerSnapshot; lists: readonly ListName[] }> {
    const { customer, crmAccountId, crmContactId } = detail;
    const { book } = snapshot;
    const onlyPage = { ...snapshot, crmAccountId, crmContactId, book: { ...book, customer } };
    if (why === 'check' || why === 'page') return { snapshot: onlyPage, lists: [] };
    const payments = await books.payments(customer, 'feed');
    const warnings = new Set([...snapshot.warnings, ...payments.warnings]);
    const wantsRefunds = why === 'credit_note' && book.creditNoteRefunds !== null;
    const refunds = wantsRefunds ? await refundsOf(books, onlyPage) : null;
    for (const warning of refunds?.warnings ?? []) warnings.add(warning);
    return {
      snapshot: {
        ...onlyPage,
        warnings: [...warnings],
        book: {
          ...onlyPage.book,
          payments: keepKnown(payments.rows, book.payments, (row, before) => ({
            ...row,
            applications: row.applications ?? before.applications,
          })),
          ...(refunds ? { creditNoteRefunds: refunds.rows } : {}),
        },
      },
      lists: refunds ? ['payments', 'creditNoteRefunds'] : ['payments'],
    };
  }

  async function refundsOf(books: Books, { book }: CustomerSnapshot) {
    if (book.creditNotes.length === 0) return { rows: [], warnings: [] };
    try {
      return await books.creditNoteRefunds(book.customer, 'feed');
    } catch (trouble) {
      if (isRefusal(trouble)) return null;
      throw trouble;
    }
  }

  /** @throws ZohoTrouble, and then the customer is as it was, and still wanted */
  async function bring(install: Install, id: CustomerId, because?: 'check'): Promise<void> {
    const of = keyOf(install);
    const { customers, state } = await store.known(of, { customerIds: [id] });
    const known = customers.get(id);
    if (!known) return;
    const why = because ?? known.wantedWhy;
    const books = await booksFor(install);
    // Nobody waits for the nightly check; a change somebody made is wanted soon.
    const priority = because ? 'backfill' : 'feed';
    const askedAt = clock();
    const detail = await books.customer(id, priority).catch((trouble: unknown) => {
      if (isGone(trouble)) return null;
      throw trouble;
    });
    if (!detail) return forgetLedgerCustomer(database, of, id);
    const filling = { install, id, known, state };

    let snapshot: CustomerSnapshot;
    let wasFull = !known.snapshot || why === 'full' || why === 'new';
    let differed = false;
    if (known.snapshot && !wasFull) {
      const part = await partly(books, known.snapshot, { detail, why });
      snapshot = part.snapshot;
      // Sums that never tied would have everything read again at each change; the nightly check still tries.
      differed = !tiesWithBooks(snapshot);
      wasFull = differed && (known.ties !== false || why === 'check');
      if (!wasFull)
        await store.save(of, snapshot, {
          lists: part.lists,
          askedAt,
          wishes: known.wishes,
          facts: detail.facts,
        });
    }
    if (wasFull) {
      snapshot = await fill.fromLists(filling, { detail, askedAt, books }, priority);
      if (known.snapshot && why === 'full') {
        await fill.rest(install, { ...snapshot, restReadAt: null }, undefined);
      }
    }
    const after = (await store.known(of, { customerIds: [id] })).customers.get(id)?.snapshot;
    if (after)
      await markLedgerCustomerChecked(database, of, {
        customerId: id,
        at: askedAt,
        ties: tiesWithBooks(after),
        differed,
      });
  }

  /** A customer whose lists the backfill has read: its own page completes it. */
  async function complete(install: Install, id: CustomerId): Promise<void> {
    const of = keyOf(install);
    const { customers, state } = await store.known(of, { customerIds: [id] });
    const known = customers.get(id);
    if (!known || known.snapshot) return;
    try {
      const askedAt = clock();
      const snapshot = await fill.figures({ install, id, known, state }, () => true, 'backfill');
      if (snapshot)
        await markLedgerCustomerChecked(database, of, {
          customerId: id,
          at: askedAt,
          ties: tiesWithBooks(snapshot),
        });
    } catch (trouble) {
      if (!isGone(trouble)) throw trouble;
      await forgetLedgerCustomer(database, of, id);
    }
  }

  return { bring, complete };
}
export type Refresh = ReturnType<typeof createRefresh>;

/** Books has no such customer any more. */
export const isGone = (trouble: unknown): boolean =>
  trouble instanceof ZohoTrouble &&
  trouble.kind === 'refused' &&
  (trouble.detail.status === 404 || trouble.detail.code === '1002' || trouble.detail.code === '5');
