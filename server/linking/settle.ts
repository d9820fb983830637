import { mirroredDeal } from '../domain/deal-shares.ts';
import type { DealId } from '../domain/documents.ts';
import type { DealLinkRow, Removal, SeenDocumentRow } from '../store/links.ts';
import type { BooksDocument } from '../zoho/books/books.ts';
import { shareOf } from './linked-document.ts';

/** Where a document stands once Books' word of this moment is held against what we last knew. */
export interface Settled {
  readonly inBooks: SeenDocumentRow['inBooks'];
  readonly reason: string | null;
  /** Links of ours that end by what was found. */
  readonly ended: readonly { readonly link: DealLinkRow; readonly because: Removal }[];
  /** Somebody changed in Books what our links say. */
  readonly changedOutside: boolean;
}

/** The deal our links want Books to hold; `null` for none. */
export function wantedDeal(
  active: readonly DealLinkRow[],
  { total, net }: Pick<BooksDocument, 'total' | 'net'>,
  held: DealId | null,
): DealId | null {
  return mirroredDeal(
    active.map((link) => shareOf(link, total.currency)),
    net,
    held,
  );
}

/**
 * Compares a document's page with what we knew of it. Pure. A deal in Books that neither we wrote nor knew is somebody
 * else's doing: without links of ours it simply counts, and so it does where ours only repeat what Books said;
 * against links that people made it is a conflict.
 */
export function settled(
  document: BooksDocument,
  seen: SeenDocumentRow | null,
  active: readonly DealLinkRow[],
): Settled {
  const current = document.dealId;
  const same: Settled = {
    inBooks: seen?.inBooks ?? 'settled',
    reason: seen?.reason ?? null,
    ended: [],
    changedOutside: false,
  };
  const calm: Settled = { ...same, inBooks: 'settled', reason: null };
  if (!seen) return calm;
  const known = current === seen.booksDeal;
  if (active.length === 0) return known && seen.inBooks === 'not_yet' ? same : calm;
  if (current === wantedDeal(active, document, current)) {
    // Several deals of one document: any of them may stand in Books, but only the one we put there is no news.
    return known || seen.inBooks !== 'settled' || active.length === 1
      ? calm
      : { ...calm, changedOutside: true };
  }
  if (known) return same;
  if (active.every(({ origin }) => origin === 'books'))
    return {
      ...calm,
      ended: active.map((link) => ({ link, because: 'changed_outside' })),
      changedOutside: true,
    };
  return { ...same, inBooks: 'conflict', reason: null, changedOutside: true };
}
