import type { Ledger } from '../ledger/ledger.ts';
import type { Database } from '../store/database.ts';
import type { LookBehind } from './look-behind.ts';
import { overlay } from './overlay.ts';

interface Needs {
  readonly ledger: Ledger;
  readonly database: Database;
  readonly lookBehind: LookBehind;
}

/** The ledger with our links laid over what Books says: whoever reads it counts shares without knowing of links. */
export const createLinkedLedger = ({ ledger, database, lookBehind }: Needs): Ledger => ({
  suggest: (question) => ledger.suggest(question),
  hint: (install, hint) => ledger.hint(install, hint),

  async read(question) {
    const answer = await ledger.read(question);
    const { install } = question;
    if (answer.state === 'not_linked' || !install.books) return answer;
    const of = { installId: install.id, organisationId: install.books.organisationId };
    const { books, doubts } = await overlay(database, of, answer.books);
    const looking = lookBehind(question, doubts);
    return { ...answer, books, readingOn: answer.readingOn || looking };
  },
});
