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
  /** Whether Books still has it. */
  async function read(install: Install, invoice: LedgerDocumentRow): Promise<boolean> {
    const of = keyOf(install);
    // safe because the ledger wrote them, from a document
    const { version } = invoice.body as { version?: string };
    const [documentId, customerId] = [invoice.documentId as DocumentId, invoice.customerId as CustomerId];
    const books = await booksFor(install);
    try {
      const { net, contents } = await books.details('invoice', documentId, 'backfill');
      await addToLedgerDocuments(database, of, [
        { type: invoice.type, documentId, version: version ?? null, more: { net }, contents },
      ]);
      return true;
    } catch (trouble) {
      if (!isGone(trouble)) throw trouble;
      // Deletes leave no trace in lists of changes: this is one way to hear of them.
      await wantLedgerCustomers(database, of, [{ customerId, why: 'full', since: clock() }]);
      return false;
    }
  }

  return {
    /**
     * One invoice: those on deals first, then the newest, but none that Books could not give a while ago. False when
     * none is owed, or its customer has to be read first. @throws ZohoTrouble
     */
    async step(install: Install, setbacks: Setbacks<DocumentId>): Promise<boolean> {
      const some = { limit: 1, except: setbacks.except() };
      const [invoice] = await invoicesWithoutNet(database, keyOf(install), some);
      if (!invoice) return false;
      let isThere = true;
      // safe because the ledger wrote it
      await setbacks.attempt(invoice.documentId as DocumentId, async () => {
        isThere = await read(install, invoice);
      });
      return isThere;
    },
  };
}
export type TaxNets = ReturnType<typeof createTaxNets>;
