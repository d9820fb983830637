import type { ReactNode } from 'react';
import type { DocumentRow } from '../../server/contract/figures.ts';

/** What linking adds to a list of documents on an account. */
export interface DocumentLinking {
  /** `null` when the name is not known. */
  readonly dealNameOf: (dealId: string) => string | null;
  readonly actionOf: (row: DocumentRow) => ReactNode;
  /** Beside the heading of the list. */
  readonly action: ReactNode;
  /** Somebody reads the whole list: names of deals are worth asking for. */
  readonly onWholeList: () => void;
}

/** What linking adds to the panel. */
export interface Linking {
  /** Below the steps of a deal. */
  readonly ofDeal?: ReactNode;
  readonly ofDocuments?: DocumentLinking;
}
