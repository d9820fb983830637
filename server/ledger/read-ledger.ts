import type { CustomerBook, CustomerId, DealId } from '../domain/documents.ts';
import type { Install } from '../identity/install.ts';
import type { LedgerState } from '../store/ledger-documents.ts';
import type { Unchanged } from '../store/unchanged.ts';
import type { Books, CustomerDetail, CustomerMatch, LinkableType } from '../zoho/books/books.ts';
import { ZohoTrouble } from '../zoho/trouble.ts';
import { FRESH_MS, freshMs, isFollowed, knownGoodAt } from './age.ts';
import { belongs, createCustomerLinks, ownerName } from './customer-links.ts';
import type { CustomerSnapshot, DealDocuments, KnownCustomer, LedgerStore } from './customer-snapshot.ts';
import type { Fill } from './fill.ts';
import { type Flights, troubleOf } from './flights.ts';
import { keyOf, nameOf } from './key.ts';
import type { Ledger, LedgerAnswer, LedgerQuestion, Owner, SuggestedCustomer, Trouble } from './ledger.ts';
import { missingParts } from './read-customer.ts';
import { createWhoseCustomers } from './whose-customers.ts';

/** Books' list of expenses has no column for the deal. @see https://www.zoho.com/books/api/v3/expenses/ */
const NEVER_TOLD = ['expense'] as const;
/** A person may ask for newer figures this often per customer: it protects the organisation's call budget. */
const NEWER_MS = 20_000;
/** How often it is noted that somebody looks. */
const VIEW_NOTED_MS = 5 * 60_000;

interface Needs {
  readonly store: LedgerStore;
  readonly flights: Flights;
  readonly fill: Fill;
  /** The organisation's connected Books. Throws `ZohoTrouble` when its grant cannot be used. */
  readonly booksFor: (install: Install) => Promise<Books>;
  readonly clock: () => Date;
  readonly unchanged?: Unchanged;
  /** Somebody looks at this organisation. */
  readonly onView: (install: Install) => void;
}

interface Read {
  readonly id: CustomerId;
  readonly known: KnownCustomer & { readonly snapshot: CustomerSnapshot };
}

/**
 * Answers from the local copy. What nobody has looked at and the backfill has not reached is read from Books at once;
 * what is stale is read again behind the answer, unless a server follows all changes anyway.
 */
export function createReadLedger({
  store,
  flights,
  fill,
  booksFor,
  clock,
  onView,
  unchanged,
}: Needs): Pick<Ledger, 'read' | 'suggest'> {
  const ageMs = (readAt: string): number => clock().getTime() - Date.parse(readAt);
  const viewed = new Map<string, number>();

  const { customersOf } = createCustomerLinks({
    store,
    booksFor,
    ageMs,
    clock,
    keyOf,
    once: (install, key, work) => flights.once(`${nameOf(install)}|${key}`, work),
    behind: (install, key, work) => behind(install, `${nameOf(install)}|${key}`, work),
  });

  const whose = createWhoseCustomers({ store, customersOf, clock, ...(unchanged ? { unchanged } : {}) });

  /** Nobody's reads go on behind their answers while an administrator has paused them. */
  function behind(install: Install, key: string, work: () => Promise<unknown>): void {
    if (install.state === 'active') flights.behind(key, install.id, work);
  }

  function noteView(install: Install): void {
    const last = viewed.get(nameOf(install));
    const now = clock().getTime();
    if (last !== undefined && now - last < VIEW_NOTED_MS) return;
    viewed.set(nameOf(install), now);
    onView(install);
  }

  /**
   * Books ignores filters it does not know without a word, so the id stored on the customer itself decides, or an
   * administrator's decision over it.
   */
  const isOwners =
    (install: Install, owner: Owner) =>
    async (detail: CustomerDetail): Promise<boolean> => {
      const { id } = detail.customer;
      const decisions = await store.decisions(keyOf(install), [id]);
      return belongs(decisions.ownersOf(id, detail), owner);
    };

  /** A customer nobody has read yet; one server reads, the others wait for it. */
  async function first(install: Install, owner: Owner, id: CustomerId): Promise<Read['known'] | null> {
    const of = keyOf(install);
    const lookUp = () => store.known(of, { customerIds: [id] });
    const landed = async (): Promise<Read['known'] | null> => filled((await lookUp()).customers.get(id));
    return flights.alone(`${nameOf(install)}|${id}|${ownerName(owner)}`, {
      landed,
      work: async () => {
        const { customers, state } = await lookUp();
        const known = customers.get(id);
        const there = filled(known);
        if (there && (await belongs(there, owner))) return there;
        await fill.figures({ install, id, known, state }, isOwners(install, owner), 'interactive');
        return landed();
      },
    });
  }

  async function refresh(
    question: LedgerQuestion,
    { id, known }: Read,
    { state, readAgain }: { state: LedgerState; readAgain: boolean },
  ): Promise<void> {
    const { install, dealId } = question;
    // Also where it turns out to belong to somebody else by now: only then does the copy know, and show it no longer.
    const snapshot = readAgain
      ? await fill.figures({ install, id, known, state }, () => true, 'background')
      : known.snapshot;
    if (snapshot) await fill.rest(install, snapshot, dealId);
  }

  async function dealDocuments(
    install: Install,
    dealId: DealId,
    silent: readonly LinkableType[],
  ): Promise<DealDocuments | null> {
    if (silent.length === 0) return null;
    const stored = await store.dealDocuments(keyOf(install), dealId);
    if (!stored || ageMs(stored.readAt) > FRESH_MS || silent.some((type) => !stored.types.includes(type))) {
      behind(install, `${nameOf(install)}|deal|${dealId}`, async () => {
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
    const isPaused = install.state === 'paused';
    noteView(install);
    // What ends between here and the answer may not be in it yet.
    const underWay = flights.underWay();
    const isRunning = (key: string): boolean => underWay.has(key) || flights.isRunning(key);
    const {
      ids,
      copied,
      known: { customers: stored, state },
      trouble: askingTrouble,
    } = await whose(install, owner, question.wantsNewer === true);
    const now = clock();
    const followed = isFollowed(state, now);
    const fresh = freshMs(state, now);
    let leftOut: Trouble | null = null;
    const found = await Promise.all(
      ids.map(async (id) => {
        const key = `${nameOf(install)}|customer|${id}`;
        const there = filled(stored.get(id));
        const theirs = there && (await belongs(there, owner)) ? there : null;
        const readFirst = () =>
          flights.once(`${key}|first|${ownerName(owner)}`, () => first(install, owner, id));
        const known =
          theirs ??
          (await readFirst().catch((cause: unknown) => {
            // One the copy knows to be somebody else's keeps nobody from seeing those that are theirs.
            if (!(cause instanceof ZohoTrouble) || !there || copied.size === 0) throw cause;
            leftOut = troubleOf(cause);
            return null;
          }));
        // The read may be another person's, who sees other contacts of the account.
        if (!known || !(await belongs(known, owner))) return null;
        const goodAt = knownGoodAt(known, state);
        const age = clock().getTime() - goodAt.getTime();
        const { snapshot } = known;
        const owed = missingParts(snapshot, question.dealId).some(
          (part) => !snapshot.refusedParts.includes(part),
        );
        // Where a server follows all changes it looks into hints by itself.
        const isHinted = known.wantedSince !== null && !followed;
        const wantsNewer = question.wantsNewer === true || isHinted;
        const readAgain = (age > fresh && !followed) || (wantsNewer && age > NEWER_MS);
        if (readAgain || owed)
          behind(install, key, () => refresh(question, { id, known }, { state, readAgain }));
        return {
          snapshot,
          goodAt,
          readingOn: isRunning(key) || (followed && age > fresh),
          trouble: flights.troubleOf(key, goodAt),
        };
      }),
    );
    const customers = found.filter((entry) => entry !== null);
    if (customers.length === 0) return { state: 'not_linked' };

    const silent = [...new Set(customers.flatMap(({ snapshot }) => snapshot.silentAboutDeals))];
    const onDeal = question.dealId ? await dealDocuments(install, question.dealId, silent) : null;
    const goodAts = customers.map(({ goodAt }) => goodAt.getTime());
    const missing = new Set(customers.flatMap(({ snapshot }) => missingParts(snapshot, question.dealId)));
    if (question.dealId && silent.length > 0 && !onDeal) missing.add('quotes');
    return {
      state: 'linked',
      books: customers.map(({ snapshot: { book } }) =>
        question.dealId ? onDealAs(book, question.dealId, onDeal) : book,
      ),
      knownGoodAt: new Date(Math.min(...goodAts)),
      fresh: goodAts.every((at) => clock().getTime() - at <= fresh),
      readingOn:
        !isPaused &&
        (customers.some(({ readingOn }) => readingOn) ||
          (question.dealId !== undefined && isRunning(`${nameOf(install)}|deal|${question.dealId}`))),
      missing: [...missing],
      warnings: [...new Set(customers.flatMap(({ snapshot }) => snapshot.warnings))],
      dealsUntold: [...silent, ...NEVER_TOLD],
      trouble: isPaused
        ? 'paused'
        : (askingTrouble ?? leftOut ?? customers.find(({ trouble }) => trouble)?.trouble ?? null),
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

  return { read, suggest };
}

/** `null` until it has been read in full. */
function filled(known: KnownCustomer | undefined): Read['known'] | null {
  return known?.snapshot ? { ...known, snapshot: known.snapshot } : null;
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

const folded = (name: string): string => name.normalize('NFKC').trim().toLocaleLowerCase();
