import type { Obstacle } from '../contract/links.ts';
import type { LinkableDocument } from '../domain/deal-shares.ts';
import type { DealId, DealShare, DocumentId } from '../domain/documents.ts';
import { type Money, money } from '../domain/money.ts';
import type { DealLinkRow, SeenDocumentRow } from '../store/links.ts';
import type { BooksDocument } from '../zoho/books/books.ts';

export interface DocumentName {
  readonly type: LinkableDocument;
  readonly id: DocumentId;
}

/** As it is stored and compared; a deal's name and visibility are added for whoever asks. */
export type ObstacleRaw =
  | { readonly code: Exclude<Obstacle['code'], 'linked_elsewhere'> }
  | {
      readonly code: 'linked_elsewhere';
      readonly dealId: DealId | null;
      readonly by?: string | undefined;
      /** ISO instant. */
      readonly at?: string | undefined;
    };

/** One deal on a document, by our links or by Books' word alone. */
export interface Holder extends DealShare {
  /** `null`: only Books says so. */
  readonly link: DealLinkRow | null;
}

export const shareOf = (link: DealLinkRow, currency: string): DealShare => ({
  dealId: link.dealId as DealId, // safe because only checked ids are stored
  net: link.share === null ? null : money(currency, link.share),
});

/** What is known of a document before it is changed: its page of this moment, and our links. */
export interface Situation {
  readonly document: BooksDocument;
  readonly seen: SeenDocumentRow | null;
  /** Links of ours that hold. */
  readonly active: readonly DealLinkRow[];
  /** Deals among the holders that CRM has deleted. */
  readonly gone: ReadonlySet<string>;
}

/**
 * Who has the document. Where Books names a deal of its own making against ours (a conflict), Books' deal counts
 * until somebody decides; where Books has not yet let go of a deal that was taken back, nobody has it.
 */
export function holdersOf({
  document,
  seen,
  active,
  gone,
}: Pick<Situation, 'active' | 'gone'> & {
  readonly document: Pick<BooksDocument, 'dealId' | 'total'>;
  readonly seen: Pick<SeenDocumentRow, 'inBooks'> | null;
}): readonly Holder[] {
  const byBooks: readonly Holder[] = document.dealId
    ? [{ dealId: document.dealId, net: null, link: null }]
    : [];
  const holders =
    seen?.inBooks === 'conflict'
      ? byBooks
      : active.length > 0
        ? active.map((link) => ({ ...shareOf(link, document.total.currency), link }))
        : seen?.inBooks === 'not_yet'
          ? []
          : byBooks;
  return holders.filter(({ dealId }) => !gone.has(dealId));
}

/** Numbers that may only change by somebody's own doing, never by a link. */
export function isAltered(before: BooksDocument, after: BooksDocument): boolean {
  const differs = (a: Money | null, b: Money | null): boolean => JSON.stringify(a) !== JSON.stringify(b);
  return (
    differs(before.total, after.total) ||
    differs(before.balance, after.balance) ||
    differs(before.net, after.net) ||
    before.lineCount !== after.lineCount ||
    before.customerId !== after.customerId ||
    before.status !== after.status
  );
}
