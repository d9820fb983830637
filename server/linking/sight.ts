import type { CustomerBook } from '../domain/documents.ts';

/** What a person's role lets them see and do about links. What they may not see is not there to be found or ranked by. */
export interface Sight {
  readonly mayLink: boolean;
  /** Documents at all. */
  readonly documents: boolean;
  /** Amounts of documents, exactly. */
  readonly totals: boolean;
  /** The deal's amount, exactly. */
  readonly dealAmount: boolean;
  /** The books without what the person may not see. */
  readonly seenBooks: (books: readonly CustomerBook[]) => Promise<readonly CustomerBook[]>;
}
