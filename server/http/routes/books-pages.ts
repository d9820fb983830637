import type { DocumentType } from '../../domain/document-list.ts';
import type { ConnectedBooks, Install } from '../../identity/install.ts';
import type { DocumentHref } from '../../visibility/raw.ts';
import { DATA_CENTRES } from '../../zoho/data-centres.ts';

/** Where each kind of document opens in the Books web application. */
const PLACES: Record<DocumentType, string> = {
  invoice: 'invoices',
  estimate: 'quotes',
  sales_order: 'salesorders',
  credit_note: 'creditnotes',
  expense: 'expenses',
  payment: 'paymentsreceived',
};

/** The customer's page in Books; `undefined` where the data centre has no Books web application (a local one). */
export function customerPage(
  install: Install,
  books: ConnectedBooks,
  customerId: string,
): string | undefined {
  const app = booksApplication(install, books);
  return app && `${app}#/contacts/${customerId}`;
}

/** The page of each document in Books. */
export function documentPage(install: Install, books: ConnectedBooks): DocumentHref {
  const app = booksApplication(install, books);
  return ({ type, id }) => app && `${app}#/${PLACES[type]}/${id}`;
}

function booksApplication({ dataCentre }: Install, { organisationId }: ConnectedBooks): string | undefined {
  const centre = DATA_CENTRES.find(({ location }) => location === dataCentre);
  return centre && `${centre.books}/app/${organisationId}`;
}
