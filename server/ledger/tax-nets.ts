import type { CustomerId, DocumentId } from '../domain/documents.ts';
import type { Install } from '../identity/install.ts';
import type { Database } from '../store/database.ts';
import { wantLedgerCustomers } from '../store/ledger-customers.ts';
import { addToLedgerDocuments, invoicesWithoutNet } from '../store/ledger-documents.ts';
import type { Books } from '../zoho/books/books.ts';
import { keyOf } from './key.ts';
import { isGone } from './refresh.ts';

interface Needs {
  readonly database: Database;
  readonly booksFor: (install: Install) => Promise<Books>;
  readonly clock: () => Date;
}

/** Lists do not tell an invoice's tax, nor what it was made from; its own page does, one call per version, when there is nothing better to do. */
export function createTaxNets({ database, booksFor, clock }: Needs) {
  return {
    /** One invoice: those on deals first, then the newest. False when none is owed. @throws ZohoTrouble */
    async step(install: Install): Promise<boolean> {
      const of = keyOf(install);
      const [invoice] = await invoicesWithoutNet(database, of, 1);
      if (!invoice) return false;
      const { documentId, customerId, type } = invoice;
      const { version } = invoice.body as { version?: string }; // safe because the ledger wrote it from a document
      try {
        const books = await booksFor(install);
        const { net, contents } = await books.details('invoice', documentId as DocumentId, 'backfill'); // safe as above
        await addToLedgerDocuments(database, of, [
          { type, documentId, version: version ?? null, more: { net }, contents },
        ]);
      } catch (trouble) {
        if (!isGone(trouble)) throw trouble;
        // Deletes leave no trace in lists of changes: this is one way to hear of them.
        const since = clock();
        await wantLedgerCustomers(database, of, [
          { customerId: customerId as CustomerId, why: 'full', since },
        ]);
        return false;
      }
      return true;
    },
  };
}
