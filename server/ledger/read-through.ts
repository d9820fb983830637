import type { CustomerBook, CustomerId, DealId } from '../domain/documents.ts';
import type { Install } from '../identity/install.ts';
import type { LedgerKey } from '../store/snapshots.ts';
import type { Books, CustomerMatch, LinkableType } from '../zoho/books/books.ts';
import { ZohoTrouble } from '../zoho/trouble.ts';
import { belongs, createCustomerLinks, ownerName } from './customer-links.ts';
import type { CustomerSnapshot, DealDocuments, SnapshotStore } from './customer-snapshot.ts';
import type { Ledger, LedgerAnswer, LedgerQuestion, Owner, SuggestedCustomer, Trouble } from './ledger.ts';
import { missingParts, readFigureInputs, readRest } from './read-customer.ts';

/** Documents older than this are shown as stale and read again behind the answer. @see domain rule B5 */
const FRESH_MS = 15 * 60_000;
/** A person may ask for newer figures this often per customer: it protects the organisation's call budget. */
const NEWER_MS = 20_000;
/** Books' list of expenses has no column for the deal. @see https://www.zoho.com/books/api/v3/expenses/ */
const NEVER_TOLD = ['expense'] as const;
/** After a failed background read, leave Books alone for this long. */
const REST_AFTER_TROUBLE_MS = 30_000;

interface Needs {
  readonly store: SnapshotStore;
  /** The organisation's connected Books. Throws `ZohoTrouble` when its grant cannot be used. */
  readonly booksFor: (install: Install) => Promise<Books>;
  readonly clock: () => Date;
  /** Called with what went wrong in reads nobody waits for. */
  readonly onTrouble: (
    trouble: unknown,
    about: { readonly install: string; readonly reading: string },
  ) => void;
}

/**
 * The ledger of the first slice: a snapshot per customer, read through from Books on first sight and again behind
 * the answer when it is stale. A warm view asks Books nothing.
 */
export function createReadThroughLedger({ store, booksFor, clock, onTrouble }: Needs): Ledger {
  const running = new Map<string, Promise<unknown>>();
  const lastTrouble = new Map<string, { readonly kind: Trouble; readonly at: number }>();

  /** One read of a kind at a time per key; everyone who asks meanwhile shares it. */
  function once<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const underWay = running.get(key) as Promise<Result> | undefined; // safe because a key names one kind of work
    if (underWay) return underWay;
    const started = work().finally(() => running.delete(key));
    running.set(key, started);
    return started;
  }

  function behind(key: string, install: Install, work: () => Promise<unknown>): void {
    const trouble = lastTrouble.get(key);
    if (running.has(key) || (trouble && clock().getTime() - trouble.at < REST_AFTER_TROUBLE_MS)) return;
    once(key, work).then(
      () => lastTrouble.delete(key),
      (cause: unknown) => {
        lastTrouble.set(key, { kind: troubleOf(cause), at: clock().getTime() });
        onTrouble(cause, { install: install.id, reading: key });
      },
    );
  }

  const ageMs = (readAt: string): number => clock().getTime() - Date.parse(readAt);

  const { customersOf } = createCustomerLinks({
    store,
    booksFor,
    ageMs,
    clock,
    keyOf,
    once: (install, key, work) => once(`${nameOf(install)}|${key}`, work),
    behind: (install, key, work) => behind(`${nameOf(install)}|${key}`, install, work),
  });

  async function readInputs(
    install: Install,
    owner: Owner,
    id: CustomerId,
    earlier: CustomerSnapshot | null,
  ): Promise<CustomerSnapshot | null> {
    const books = await booksFor(install);
    const priority = earlier ? 'background' : 'interactive';
    const detail = await books.customer(id, priority);
    // Books ignores filters it does not know without a word, so the stored id on the customer itself decides.
    if (!(await belongs(detail, owner))) return null;
    const snapshot = await readFigureInputs(books, { detail, earlier, now: clock() }, priority);
    await store.saveSnapshot(keyOf(install), snapshot);
    return snapshot;
  }

  async function refresh(
    { install, owner, dealId }: LedgerQuestion,
    id: CustomerId,
    known: { snapshot: CustomerSnapshot; readAgain: boolean },
  ): Promise<void> {
    const snapshot = known.readAgain ? await readInputs(install, owner, id, known.snapshot) : known.snapshot;
    if (!snapshot) return;
    const rest = await readRest(await booksFor(install), snapshot, dealId);
    await store.saveSnapshot(keyOf(install), rest.snapshot);
    if (rest.trouble) throw rest.trouble;
  }

  async function dealDocuments(
    install: Install,
    dealId: DealId,
    silent: readonly LinkableType[],
  ): Promise<DealDocuments | null> {
    if (silent.length === 0) return null;
    const stored = await store.dealDocuments(keyOf(install), dealId);
    if (!stored || ageMs(stored.readAt) > FRESH_MS || silent.some((type) => !stored.types.includes(type))) {
      behind(`${nameOf(install)}|deal|${dealId}`, install, async () => {
        const books = await booksFor(install);
        const documentIds = [];
        for (const type of silent)
          documentIds.push(...(await books.documentsOfDeal(type, dealId, 'background')));
        await store.saveDealDocuments(keyOf(install), dealId, {
          types: silent,
          documentIds,
          readAt: clock().toISOString(),
        });
      });
    }
    return stored;
  }

  async function read(question: LedgerQuestion): Promise<LedgerAnswer> {
    const { install, owner } = question;
    const ids = await customersOf(install, owner);
    const stored = await store.snapshots(keyOf(install), ids);
    const found = await Promise.all(
      ids.map(async (id) => {
        const key = `${nameOf(install)}|customer|${id}`;
        const { snapshot: known, hinted = false } = stored.get(id) ?? {};
        const theirs = known && (await belongs(known, owner)) ? known : null;
        const snapshot =
          theirs ??
          (await once(`${key}|first|${ownerName(owner)}`, () => readInputs(install, owner, id, null)));
        // The read may be another person's, who sees other contacts of the account.
        if (!snapshot || !(await belongs(snapshot, owner))) return null;
        const age = ageMs(snapshot.readAt);
        const owed = missingParts(snapshot, question.dealId).some(
          (part) => !snapshot.refusedParts.includes(part),
        );
        const readAgain = age > FRESH_MS || ((question.wantsNewer === true || hinted) && age > NEWER_MS);
        if (readAgain || owed) behind(key, install, () => refresh(question, id, { snapshot, readAgain }));
        return { snapshot, readingOn: running.has(key), trouble: lastTrouble.get(key)?.kind ?? null };
      }),
    );
    const customers = found.filter((entry) => entry !== null);
    if (customers.length === 0) return { state: 'not_linked' };

    const silent = [...new Set(customers.flatMap(({ snapshot }) => snapshot.silentAboutDeals))];
    const onDeal = question.dealId ? await dealDocuments(install, question.dealId, silent) : null;
    const readAts = customers.map(({ snapshot }) => Date.parse(snapshot.readAt));
    const missing = new Set(customers.flatMap(({ snapshot }) => missingParts(snapshot, question.dealId)));
    if (question.dealId && silent.length > 0 && !onDeal) missing.add('quotes');
    return {
      state: 'linked',
      books: customers.map(({ snapshot: { book } }) =>
        question.dealId ? onDealAs(book, question.dealId, onDeal) : book,
      ),
      knownGoodAt: new Date(Math.min(...readAts)),
      fresh: readAts.every((at) => clock().getTime() - at <= FRESH_MS),
      readingOn:
        customers.some(({ readingOn }) => readingOn) ||
        (question.dealId !== undefined && running.has(`${nameOf(install)}|deal|${question.dealId}`)),
      missing: [...missing],
      warnings: [...new Set(customers.flatMap(({ snapshot }) => snapshot.warnings))],
      dealsUntold: [...silent, ...NEVER_TOLD],
      trouble: customers.find(({ trouble }) => trouble)?.trouble ?? null,
    };
  }

  async function suggest({
    install,
    name,
  }: {
    install: Install;
    name: string;
  }): Promise<readonly SuggestedCustomer[]> {
    const matches = await (await booksFor(install)).customersNamed(name, 'interactive');
    const same = (match: CustomerMatch): boolean => folded(match.name) === folded(name);
    return matches
      .map(
        (match): SuggestedCustomer => ({
          id: match.id,
          name: match.name,
          evidence: same(match) ? 'same_name' : 'similar_name',
        }),
      )
      .sort(
        (a, b) =>
          Number(b.evidence === 'same_name') - Number(a.evidence === 'same_name') ||
          a.name.localeCompare(b.name),
      )
      .slice(0, 5);
  }

  return {
    read,
    suggest,
    async hint(install, customerId) {
      if (install.books) await store.hint(keyOf(install), customerId, clock());
    },
  };
}

/** Without a chosen organisation there is nothing to read, and nothing that was read counts. */
function keyOf({ id, books }: Install): LedgerKey {
  if (!books) throw new ZohoTrouble('books', 'revoked', { code: 'not_connected' });
  return { installId: id, organisationId: books.organisationId };
}

/** For reads under way: nobody may share one of another organisation. */
function nameOf(install: Install): string {
  const { installId, organisationId } = keyOf(install);
  return `${installId}|${organisationId}`;
}

/** Where lists did not carry the deal, the deal's own filter told which documents hang on it. */
function onDealAs(book: CustomerBook, dealId: DealId, documents: DealDocuments | null): CustomerBook {
  if (!documents) return book;
  const onIt = new Set(documents.documentIds);
  const marked = <Row extends { id: string; dealId: DealId | null }>(rows: readonly Row[]): readonly Row[] =>
    rows.map((row) => (onIt.has(row.id) ? { ...row, dealId } : row));
  return {
    ...book,
    invoices: marked(book.invoices),
    estimates: book.estimates && marked(book.estimates),
    salesOrders: book.salesOrders && marked(book.salesOrders),
  };
}

function troubleOf(cause: unknown): Trouble {
  if (!(cause instanceof ZohoTrouble)) return 'books_unreachable';
  switch (cause.kind) {
    case 'rate_limited':
      return 'books_rate_limited';
    case 'refused':
    case 'revoked':
    case 'unreadable':
      return 'books_refused';
    case 'unreachable':
      return 'books_unreachable';
  }
}

const folded = (name: string): string => name.normalize('NFKC').trim().toLocaleLowerCase();
