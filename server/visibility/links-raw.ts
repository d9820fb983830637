import type { DocumentRef, InBooks, Obstacle, SuggestionReason } from '../contract/links.ts';
import type { DealLadderRaw } from '../domain/deal-ladder.ts';
import type { DocumentRowRaw } from '../domain/document-list.ts';
import type { DecimalText, Money } from '../domain/money.ts';
import type { DocumentHref } from './raw.ts';

/** What answers about links can be built from. Nothing of it leaves the server but through `project`. */
export interface LinksRaw {
  readonly deal: { readonly id: string; readonly name: string };
  readonly links: readonly {
    readonly row: DocumentRowRaw;
    readonly inBooks: InBooks;
    readonly origin: 'person' | 'automation' | 'books';
    readonly by: string | null;
    readonly at: Date | null;
    /** Net; `null` when the deal has the whole of it. */
    readonly share: Money | null;
    readonly takenBack: boolean;
  }[];
  readonly undo: readonly { readonly undoId: string; readonly row: DocumentRowRaw; readonly until: Date }[];
  readonly mayLink: boolean;
  readonly reconnect: boolean;
  readonly documentHref?: DocumentHref | undefined;
}

export interface SuggestionsRaw {
  readonly suggestions: readonly {
    readonly row: DocumentRowRaw;
    readonly customer: { readonly id: string; readonly name: string };
    readonly reference: string | null;
    /** Found with nothing but what this person sees. */
    readonly reasons: readonly SuggestionReason[];
    readonly obstacles: readonly Obstacle[];
    /** Of a document in another currency than the organisation's: units of that one per unit, and the total by it. */
    readonly booked?: { readonly rate: DecimalText; readonly base: Money } | null;
  }[];
  readonly total: number;
  /** 1-based. */
  readonly page: number;
  readonly documentHref?: DocumentHref | undefined;
}

export interface LinkPreviewRaw {
  readonly before: DealLadderRaw;
  readonly after: DealLadderRaw;
  readonly obstacles: readonly {
    readonly document: {
      readonly type: 'invoice' | 'estimate' | 'sales_order' | 'expense';
      readonly id: string;
    };
    readonly obstacles: readonly Obstacle[];
  }[];
}

export interface AccountLinksRaw {
  readonly attention: readonly (
    | { readonly what: 'deal_gone'; readonly row: DocumentRowRaw; readonly dealId: string }
    | {
        readonly what: 'in_books';
        readonly row: DocumentRowRaw;
        /** Named only to those who may open it. */
        readonly deal: { readonly id: string; readonly name: string } | null;
        readonly inBooks: InBooks;
      }
  )[];
  readonly recent: readonly {
    readonly did: 'linked' | 'unlinked';
    readonly row: DocumentRowRaw;
    readonly deal: { readonly id: string; readonly name: string };
    readonly undoId: string;
    readonly until: Date;
  }[];
  readonly documentHref?: DocumentHref | undefined;
}

export interface AccountDealsRaw {
  readonly deals: readonly {
    readonly id: string;
    readonly name: string;
    readonly stage: string;
    /** As on a ladder of its own. */
    readonly ladder: DealLadderRaw;
  }[];
}

/** What became of changes; each of them may know more of a document than is told. */
export type LinkResultsRaw = readonly (
  | {
      readonly outcome: 'linked';
      readonly document: DocumentRef;
      readonly inBooks: InBooks;
      readonly altered?: boolean | undefined;
    }
  | {
      readonly outcome: 'refused';
      readonly document: DocumentRef;
      readonly obstacles: readonly Obstacle[];
    }
)[];

export interface UnlinkedRaw {
  readonly undoId: string;
  readonly until: Date;
  readonly inBooks: InBooks;
}

export interface ChangedRaw {
  readonly inBooks: InBooks;
}
