import type { LinkingNeeds } from './deal-asked.ts';
import { type DocumentRequest, done } from './one-document.ts';
import type { Outcome } from './order.ts';

/** Offers Books once more what it has not taken, or has not let go of. Nothing is written where nothing is owed. */
export const retryLink = (
  needs: LinkingNeeds,
  request: DocumentRequest,
): Promise<Extract<Outcome, { outcome: 'done' }>> => done(needs, request, { action: 'retry' });
