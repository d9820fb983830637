import { BooksStarted } from '../../server/contract/settings.ts';
import { ask } from './ask.ts';
import { createPopupFlow, type PopupFlow } from './popup-flow.ts';

/** Connecting Zoho Books in a window of its own. @param onConnected called once Books has been connected */
export function createBooksConnection(onConnected: () => Promise<void>): PopupFlow {
  return createPopupFlow({
    start: () => ask('/api/v1/settings/books/start', BooksStarted, { method: 'POST', body: {} }),
    finish: async ({ type }) => {
      if (type === 'customer360.books-connected') await onConnected();
    },
  });
}
