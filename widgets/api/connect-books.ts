import { type BooksRedeem, type BooksStart, BooksStarted } from '../../server/contract/settings.ts';
import { ask, tell } from './ask.ts';
import { challengeOf, newVerifier } from './challenge.ts';
import { createPopupFlow, type PopupFlow } from './popup-flow.ts';

/**
 * Connecting Zoho Books in a window of its own. The consent given there connects nothing until this page redeems it.
 * @param onConnected called once Books has been connected
 */
export function createBooksConnection(onConnected: () => Promise<void>): PopupFlow {
  const verifiers = new Map<string, string>();
  return createPopupFlow({
    start: async () => {
      const verifier = newVerifier();
      const body: BooksStart = { challenge: await challengeOf(verifier) };
      const started = await ask('/api/v1/settings/books/start', BooksStarted, { method: 'POST', body });
      verifiers.set(started.tx, verifier);
      return started;
    },
    finish: async (message) => {
      const verifier = verifiers.get(message.tx);
      if (message.type !== 'customer360.books-connected' || verifier === undefined) return;
      const body: BooksRedeem = { tx: message.tx, code: message.code, verifier };
      await tell('/api/v1/settings/books/redeem', { method: 'POST', body });
      await onConnected();
    },
  });
}
