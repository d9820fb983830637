import type { CustomerId, DocumentId } from '../domain/documents.ts';
import type { Install } from '../identity/install.ts';
import type { Database } from '../store/database.ts';
import { wantLedgerCustomers } from '../store/ledger-customers.ts';
import {
  addToLedgerDocuments,
  invoicesWithoutNet,
  type LedgerDocumentRow,
} from '../store/ledger-documents.ts';
import type { Books } from '../zoho/books/books.ts';
import { keyOf } from './key.ts';
import { isGone } from './refresh.ts';
import type { Setbacks } from './setbacks.ts';

interface Needs {
  readonly database: Database;
  readonly booksFor: (install: Install) => Promise<Books>;
  readonly clock: () => Date;
}

/** Lists do not tell an invoice's tax, nor what it was made from; its own page does, one call per version, when there is nothing better to do. */
export function createTaxNets({ database, booksFor, clock }: Needs) {
  async function read(install: Install, invoice: LedgerDocumentRow): Promise<void> {
    const of = keyOf(install);
    const { documentId, customerId, type } = invoice;
    const { version } = invoice.body as { version?: string }; // safe because the ledger wrote it from a document
    const books = await booksFor(install);
    const page = await books
      .details('invoice', documentId as DocumentId, 'backfill')
      .catch((trouble: unknown) => {
        if (isGone(trouble)) return null;
        throw trouble;
      }); // safe as above
    if (page) {
      const { net, contents } = page;
      const learnt = { type, documentId, version: version ?? null, more: { net }, contents };
      await addToLedgerDocuments(database, of, [learnt]);
    } else {
      // Deletes leave no trace in lists of changes: this is one way to hear of them.
      const since = clock();
      await wantLedgerCustomers(database, of, [{ customerId: customerId as CustomerId, why: 'full', since }]);
    }
  }

  return {
    /**
     * One invoice: those on deals first, then the newest, but none that Books could not give a while ago. False when
     * none is owed. @throws ZohoTrouble
     */
    async step(install: Install, setbacks: Setbacks<DocumentId>): Promise<boolean> {
      const some = { limit: 1, except: setbacks.except() };
      const [invoice] = await invoicesWithoutNet(database, keyOf(install), some);
      if (!invoice) return false;
      await setbacks.attempt(invoice.documentId as DocumentId, () => read(install, invoice)); // safe because the ledger wrote it
      return true;
    },
  };
}
export type TaxNets = ReturnType<typeof createTaxNets>;
