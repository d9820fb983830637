import type { CustomerBook } from '../domain/documents.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Database } from '../store/database.ts';
import type { LedgerKey } from '../store/snapshots.ts';
import { alwaysRead, type Unchanged } from '../store/unchanged.ts';
import type { LookBehind } from './look-behind.ts';
import { type Overlay, overlay } from './overlay.ts';

interface Needs {
  readonly ledger: Ledger;
  readonly database: Database;
  readonly lookBehind: LookBehind;
  readonly unchanged?: Unchanged;
}

/** The ledger with our links laid over what Books says: whoever reads it counts shares without knowing of links. */
export function createLinkedLedger({ ledger, database, lookBehind, unchanged = alwaysRead }: Needs): Ledger {
  /** Over the very same books links are laid once, until something changes. */
  async function laidOver(of: LedgerKey, books: readonly CustomerBook[]): Promise<Overlay> {
    const customers = books.map(({ customer }) => customer.id).join();
    const key = `overlay|${of.installId}|${of.organisationId}|${customers}`;
    const known = await unchanged(key, async () => ({ books, laid: await overlay(database, of, books) }));
    const isSame = books.length === known.books.length && books.every((book, at) => book === known.books[at]);
    return isSame ? known.laid : overlay(database, of, books);
  }

  return {
    suggest: (question) => ledger.suggest(question),
    hint: (install, hint) => ledger.hint(install, hint),

    async read(question) {
      const answer = await ledger.read(question);
      const { install } = question;
      if (answer.state === 'not_linked' || !install.books) return answer;
      const of = { installId: install.id, organisationId: install.books.organisationId };
      const { books, doubts } = await laidOver(of, answer.books);
      const looking = lookBehind(question, doubts);
      return { ...answer, books, readingOn: answer.readingOn || looking };
    },
  };
}
