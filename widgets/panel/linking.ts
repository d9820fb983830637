import type { ReactNode } from 'react';
import type { DocumentRow } from '../../server/contract/figures.ts';

/** What linking adds to a list of documents on an account. */
export interface DocumentLinking {
  readonly actionOf: (row: DocumentRow) => ReactNode;
  /** Beside the heading of the list. */
  readonly action: ReactNode;
  /** Below the list, and asks the server: only once the whole list is asked for, or somebody began to link. */
  readonly foot: ReactNode;
  readonly begun: boolean;
}

/** What linking adds to the panel. */
export interface Linking {
  /** Below the steps of a deal. */
  readonly ofDeal?: ReactNode;
  readonly ofDocuments?: DocumentLinking;
}
