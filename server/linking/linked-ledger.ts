import type { Install } from '../identity/install.ts';
import type { Ledger, LedgerQuestion } from '../ledger/ledger.ts';
import type { Database } from '../store/database.ts';
import type { Look } from './notice.ts';
import { type Doubt, nameOf, overlay } from './overlay.ts';

/** Pages looked at per view, one Books call each, behind the answer. */
const LOOKS_PER_PASS = 40;
/** After a look that failed, leave Books alone for this long. */
const REST_AFTER_TROUBLE_MS = 30_000;

interface Needs {
  readonly ledger: Ledger;
  readonly database: Database;
  readonly look: Look;
  readonly clock: () => Date;
  readonly onTrouble: (
    trouble: unknown,
    about: { readonly install: string; readonly reading: string },
  ) => void;
}

/** The ledger with our links laid over what Books says: whoever reads it counts shares without knowing of links. */
export function createLinkedLedger({ ledger, database, look, clock, onTrouble }: Needs): Ledger {
  const looking = new Set<string>();
  const restUntil = new Map<string, number>();

  /** Expenses cost a call each, so only the view of a deal asks for them. */
  function lookBehind({ install, dealId }: LedgerQuestion, doubts: readonly Doubt[]): boolean {
    const due = doubts.filter(({ type }) => dealId !== undefined || type !== 'expense');
    const key = `${install.id}|${install.books?.organisationId ?? ''}`;
    if (due.length === 0 || (restUntil.get(key) ?? 0) > clock().getTime()) return false;
    const fresh = due
      .slice(0, LOOKS_PER_PASS)
      .filter(({ type, id }) => !looking.has(`${key}|${nameOf(type, id)}`));
    for (const { type, id } of fresh) looking.add(`${key}|${nameOf(type, id)}`);
    lookAt(install, fresh, key).catch((trouble: unknown) => {
      restUntil.set(key, clock().getTime() + REST_AFTER_TROUBLE_MS);
      onTrouble(trouble, { install: install.id, reading: 'links' });
    });
    return true;
  }

  async function lookAt(install: Install, doubts: readonly Doubt[], key: string): Promise<void> {
    try {
      for (const { type, id, rowMark } of doubts)
        await look(install, { type, id }, { priority: 'background', rowMark });
    } finally {
      for (const { type, id } of doubts) looking.delete(`${key}|${nameOf(type, id)}`);
    }
  }

  return {
    suggest: (question) => ledger.suggest(question),

    async read(question) {
      const answer = await ledger.read(question);
      const { install } = question;
      if (answer.state === 'not_linked' || !install.books) return answer;
      const of = { installId: install.id, organisationId: install.books.organisationId };
      const { books, doubts } = await overlay(database, of, answer.books);
      const lookingOn = lookBehind(question, doubts);
      return { ...answer, books, readingOn: answer.readingOn || lookingOn };
    },
  };
}
