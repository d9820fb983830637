import type { Install } from '../identity/install.ts';
import { openIntentOf } from '../store/link-intents.ts';
import { activeLinks, markOutdated, saveSeenDocument, seenDocument } from '../store/links.ts';
import type { BooksDocument, Priority } from '../zoho/books/books.ts';
import { enterFound, seenRow, vanished } from './carry-out.ts';
import type { DocumentName } from './linked-document.ts';
import { type ChangeNeeds, keyOf } from './order.ts';
import { settled } from './settle.ts';

/**
 * Looks at a document's own page and enters what it says: a deal somebody changed in Books, a document that is gone.
 * A list row may be older than our own last write, so only the page decides.
 */
export function createNotice({
  database,
  booksFor,
  audit,
  clock,
}: Pick<ChangeNeeds, 'database' | 'booksFor' | 'audit' | 'clock'>) {
  /**
   * @param rowMark the list row that raised the question, see `rowMark`
   * @throws ZohoTrouble; answers the page, `null` when there is none any more
   */
  return async function look(
    install: Install,
    document: DocumentName,
    { priority, rowMark }: { readonly priority: Priority; readonly rowMark?: string },
  ): Promise<BooksDocument | null> {
    const of = keyOf({ install, document });
    const before = await seenDocument(database, of);
    const page = await (await booksFor(install)).document(document.type, document.id, priority);
    await database.transaction(async (on) => {
      // Whoever is changing the document looks at it themselves, and what they find is newer.
      if (await openIntentOf(on, of)) return;
      if (JSON.stringify(await seenDocument(on, of, 'for update')) !== JSON.stringify(before)) return;
      const active = await activeLinks(on, of);
      const found = page ? settled(page, before, active) : vanished(active);
      await enterFound({ audit, clock }, on, of, found);
      if (page) await saveSeenDocument(on, of, seenRow(page, found, clock()));
      else if (before)
        await saveSeenDocument(on, of, { ...before, ...found, booksDeal: null, seenAt: clock() });
      if (page && rowMark !== undefined && markOf(page) !== rowMark) await markOutdated(on, of, rowMark);
    });
    return page;
  };
}
export type Look = ReturnType<typeof createNotice>;

/** What of a list row, or of a page, is compared to see whether they are the same state of the document. */
export const markOf = ({
  type,
  dealId,
  version,
}: {
  readonly type: string;
  readonly dealId: string | null;
  readonly version?: string | null | undefined;
}): string => `${type === 'expense' ? '' : (dealId ?? '')}|${version ?? ''}`;
