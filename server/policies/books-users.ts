import type { Caller } from '../identity/caller.ts';
import type { Install } from '../identity/install.ts';
import { type BooksUserRow, booksUser, noteBooksUsersTrouble, saveBooksUsers } from '../store/books-users.ts';
import type { Database } from '../store/database.ts';
import { alwaysRead, type Unchanged } from '../store/unchanged.ts';
import type { BooksPeople, BooksUser } from '../zoho/books/books.ts';
import { ZohoTrouble } from '../zoho/trouble.ts';

/** The list is read again after this long, when somebody asks for a panel. */
const READ_AGAIN_MS = 15 * 60_000;

/** How far a user sees in Books: all customers with their amounts, or less than that. */
type Reach = 'everything' | 'part';

/**
 * Who works in the install's Books, so that nobody sees more here than there. A list that was never read caps nobody:
 * many organisations do not let us read their settings, and would otherwise see nothing at all; the policy says which
 * it is. A list once read holds until the next.
 */
export interface BooksUsers {
  /** `null`: has no user in Books, or none that we know of. Never waits for Books. */
  reachOf(caller: Caller): Promise<Reach | null>;
  /** Reads the list behind whatever is going on. */
  readSoon(install: Install): void;
  /** When it was last read, and what went wrong since. */
  state(install: Install): Promise<Pick<BooksUserRow, 'readAt' | 'trouble'>>;
}

interface Needs {
  readonly database: Database;
  readonly booksFor: (install: Install) => Promise<BooksPeople>;
  readonly clock: () => Date;
  readonly unchanged?: Unchanged;
  /** Called with what went wrong where nobody waits. */
  readonly onTrouble: (trouble: unknown, install: string) => void;
}

export function createBooksUsers({
  database,
  booksFor,
  clock,
  onTrouble,
  unchanged = alwaysRead,
}: Needs): BooksUsers {
  const reading = new Set<string>();

  async function read(install: Install): Promise<void> {
    const organisationId = install.books?.organisationId;
    if (organisationId === undefined) return;
    const at = clock();
    const on = { installId: install.id, organisationId };
    try {
      const users = await (await booksFor(install)).users('background');
      await saveBooksUsers(database, on, { reaches: reachByEmail(users), at });
    } catch (trouble) {
      if (!(trouble instanceof ZohoTrouble)) throw trouble;
      await noteBooksUsersTrouble(database, on, { trouble: trouble.kind, at });
      throw trouble;
    }
  }

  function readSoon(install: Install): void {
    if (install.state !== 'active' || reading.has(install.id)) return;
    reading.add(install.id);
    read(install)
      .catch((trouble: unknown) => onTrouble(trouble, install.id))
      .finally(() => reading.delete(install.id));
  }

  return {
    readSoon,

    async reachOf({ install, email }) {
      if (!install.books) return null;
      const address = folded(email);
      const row = await unchanged(`booksUser|${install.id}|${address}`, () =>
        booksUser(database, install.id, address),
      );
      if (!row || clock().getTime() - row.triedAt.getTime() >= READ_AGAIN_MS) readSoon(install);
      return row === null || row.reach === null ? null : row.reach === 'everything' ? 'everything' : 'part';
    },

    async state(install) {
      const row = await booksUser(database, install.id, '');
      return { readAt: row?.readAt ?? null, trouble: row?.trouble ?? null };
    },
  };
}

/** The least of all users with that address. */
function reachByEmail(users: readonly BooksUser[]): ReadonlyMap<string, Reach> {
  const reaches = new Map<string, Reach>();
  for (const user of users) {
    const email = folded(user.email);
    if (email !== '' && reaches.get(email) !== 'part') reaches.set(email, reachOfUser(user));
  }
  return reaches;
}

/**
 * Administrators and staff see all of Books. What a role an organisation made itself may see Books does not tell, and
 * whoever is not active sees nothing there.
 */
const reachOfUser = ({ role, status, ownCustomersOnly }: BooksUser): Reach =>
  status === 'active' && (role === 'admin' || role === 'staff') && !ownCustomersOnly ? 'everything' : 'part';

const folded = (email: string): string => email.normalize('NFKC').trim().toLowerCase();
