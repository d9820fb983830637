import type { LinkingNeeds } from './deal-asked.ts';
import { type DocumentRequest, done } from './one-document.ts';
import type { Outcome } from './order.ts';

/**
 * Ends a conflict: takes over what Books says, or writes ours back. Refused when Books says something else by now.
 * @throws Problem `link.changed`
 */
export const resolveConflict = (
  needs: LinkingNeeds,
  request: DocumentRequest,
  keep: 'books' | 'ours',
): Promise<Extract<Outcome, { outcome: 'done' }>> => done(needs, request, { action: 'resolve', keep });
