import type { InBooks } from '../contract/links.ts';
import { Problem } from '../contract/problem.ts';
import { activeLinks } from '../store/links.ts';
import { dealAsked, type LinkingNeeds } from './deal-asked.ts';
import { type DocumentRequest, done } from './one-document.ts';
import { UNDO_MS } from './undo-window.ts';

export interface UnlinkedRaw {
  readonly undoId: string;
  readonly until: Date;
  readonly inBooks: InBooks;
}

/**
 * Takes a document off a deal, here and in Books. What an automation of ours linked is only taken back with a reason.
 * @throws Problem `record.not_found`, `link.changed`, `request.invalid`
 */
export async function unlinkDocument(
  needs: LinkingNeeds,
  request: DocumentRequest,
  reason: string | null,
): Promise<UnlinkedRaw> {
  const { books, id: installId } = request.caller.install;
  if (!books) throw new Problem('books.not_connected');
  const of = {
    installId,
    organisationId: books.organisationId,
    type: request.type,
    documentId: request.documentId,
  };
  const own = (await activeLinks(needs.database, of)).find(({ dealId }) => dealId === request.dealId);
  if (own?.origin === 'automation' && !reason?.trim()) {
    // Asking for a reason tells that there is a link: only whoever sees the document on this deal is asked.
    const { caller, dealId, sight } = request;
    const { rows } = await dealAsked(needs, caller, dealId, sight, 'now');
    const sees = rows.some(({ type, id }) => type === request.type && id === request.documentId);
    throw new Problem(sees ? 'request.invalid' : 'record.not_found');
  }
  const { undoId, inBooks } = await done(needs, request, {
    action: 'unlink',
    reason: reason?.trim() || null,
  });
  if (undoId === null) throw new Error('A link was taken back and left no tombstone');
  return { undoId, until: new Date(needs.clock().getTime() + UNDO_MS), inBooks };
}
