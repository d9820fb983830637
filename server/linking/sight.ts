import type { CustomerBook } from '../domain/documents.ts';
import type { LedgerAnswer } from '../ledger/ledger.ts';

type Untold = Extract<LedgerAnswer, { state: 'linked' }>['dealsUntold'];

/** What a person's role lets them see and do about links. What they may not see is not there to be found or ranked by. */
export interface Sight {
  readonly mayLink: boolean;
  /** Documents at all. */
  readonly documents: boolean;
  /** Kinds of document at all. */
  readonly types: ReadonlySet<string>;
  /** Documents of deals the person may not open in CRM are not there for them. */
  readonly onlyVisibleDeals: boolean;
  /** Amounts of documents, exactly. */
  readonly totals: boolean;
  /** The deal's amount, exactly. */
  readonly dealAmount: boolean;
  /** The books without what the person may not see. */
  readonly seenBooks: (
    books: readonly CustomerBook[],
    /** The deal that is looked at, and types whose documents came without a word on their deal. */
    about: { readonly dealId: string; readonly untold: Untold },
  ) => Promise<readonly CustomerBook[]>;
}
