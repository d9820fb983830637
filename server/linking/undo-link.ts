import { Problem } from '../contract/problem.ts';
import { LINKABLE_TYPES } from '../domain/deal-shares.ts';
import { dealLink } from '../store/links.ts';
import type { LinkingNeeds } from './deal-asked.ts';
import { done, type LinkRequest } from './one-document.ts';
import type { Outcome } from './order.ts';
import { UNDO_MS } from './undo-window.ts';

/**
 * Restores a link that was taken back, exactly as it was.
 * @throws Problem `record.not_found`, `link.undo_over`, `link.changed`
 */
export async function undoLink(
  needs: LinkingNeeds,
  request: LinkRequest,
  undoId: string,
): Promise<Extract<Outcome, { outcome: 'done' }>> {
  const { books, id: installId } = request.caller.install;
  if (!books) throw new Problem('books.not_connected');
  const link = await dealLink(needs.database, { installId, organisationId: books.organisationId }, undoId);
  const type = LINKABLE_TYPES.find((one) => one === link?.type);
  if (!link || !type || link.dealId !== request.dealId) throw new Problem('record.not_found');
  const { removedAt, documentId } = link;
  const late = removedAt !== null && needs.clock().getTime() - removedAt.getTime() > UNDO_MS;
  if (late || (removedAt !== null && link.removedBecause !== 'unlinked')) throw new Problem('link.undo_over');
  return done(needs, { ...request, type, documentId }, { action: 'restore', linkId: undoId });
}
