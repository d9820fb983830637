import type { CustomerSuggestion, Freshness } from '../contract/customer-360.ts';
import type { RecordModule } from '../contract/record.ts';
import type { CalendarDay } from '../domain/calendar-day.ts';
import type { CustomerFiguresRaw } from '../domain/customer-figures.ts';
import type { DealLadderRaw } from '../domain/deal-ladder.ts';
import type { Definitions } from '../domain/definitions.ts';
import type { DocumentRowRaw } from '../domain/document-list.ts';
import type { CurrencyCode } from '../domain/money.ts';

/** Everything an answer can be built from. Nothing of it leaves the server but through `project`. */
interface Asked {
  readonly record: { readonly module: RecordModule; readonly id: string; readonly name: string };
  readonly today: CalendarDay;
  readonly viewer: { readonly administrator: boolean };
  readonly preview?: PreviewedAs | undefined;
}

/** Ids of the role and the profile an administrator looks as. */
export interface PreviewedAs {
  readonly role: string;
  readonly profile: string;
}

/** Where a document opens in Books; absent where there is no such page. */
export type DocumentHref = (row: Pick<DocumentRowRaw, 'type' | 'id'>) => string | undefined;

export interface LinkedRaw extends Asked {
  readonly state: 'linked';
  readonly customers: readonly {
    readonly id: string;
    readonly name: string;
    readonly currency: CurrencyCode;
    readonly href?: string | undefined;
  }[];
  readonly figures: CustomerFiguresRaw;
  /** By which the figures were made. */
  readonly definitions: Definitions;
  /** On a deal. */
  readonly ladder?: DealLadderRaw | undefined;
  /** All rows, in list order: the first few go into the answer. */
  readonly rows: readonly DocumentRowRaw[];
  readonly documentHref?: DocumentHref | undefined;
  readonly warnings: readonly string[];
  readonly freshness: Freshness;
}

export interface NotLinkedRaw extends Asked {
  readonly state: 'not_linked';
  readonly reason: 'no_customer' | 'deal_without_account' | 'account_hidden';
  readonly suggestions: readonly CustomerSuggestion[];
  readonly ladder?: DealLadderRaw | undefined;
}

interface FillingRaw extends Asked {
  readonly state: 'filling';
  readonly refetchAfterSeconds: number;
  readonly ladder?: undefined;
}

export type Customer360Raw = LinkedRaw | NotLinkedRaw | FillingRaw;

export interface DocumentsRaw {
  /** All rows that match the question, in list order. */
  readonly rows: readonly DocumentRowRaw[];
  /** 1-based. */
  readonly page: number;
  readonly documentHref?: DocumentHref | undefined;
  readonly freshness: Freshness;
  readonly preview?: PreviewedAs | undefined;
}
