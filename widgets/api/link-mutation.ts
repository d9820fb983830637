import { mutationOptions, type QueryClient } from '@tanstack/react-query';
import { type DocumentRef, type LinkDocuments, LinkResults, Unlinked } from '../../server/contract/links.ts';
import { tell } from './ask.ts';
import { type Request, understood } from './send.ts';

/** Keys of actions that have not succeeded yet: repeating one repeats its key, so the server does it once. */
const keys = new Map<string, string>();

/** Key of every change of links that is on its way. */
export const LINKING = ['link'];

const linksOf = (dealId: string): string => `/api/v1/deals/${dealId}/links`;

/** Links documents to a deal. Each has an outcome of its own: some may be refused while others are linked. */
export const linkMutation = (dealId: string) =>
  mutationOptions({
    mutationKey: LINKING,
    mutationFn: async (body: LinkDocuments) =>
      understood(LinkResults, await once(linksOf(dealId), { method: 'POST', body })),
    onSettled: reread,
  });

export const unlinkMutation = (dealId: string) =>
  mutationOptions({
    mutationKey: LINKING,
    mutationFn: async ({ document, ...body }: { document: DocumentRef; reason?: string }) =>
      understood(Unlinked, await once(pathOf(dealId, document), { method: 'DELETE', body })),
    onSettled: reread,
  });

/** Restores a link that was taken back. */
export const undoMutation = (dealId: string) =>
  mutationOptions({
    mutationKey: LINKING,
    mutationFn: (body: { undoId: string }) => once(`${linksOf(dealId)}/undo`, { method: 'POST', body }),
    onSettled: reread,
  });

/** Offers the link to Books once more. */
export const retryLinkMutation = (dealId: string) =>
  mutationOptions({
    mutationKey: LINKING,
    mutationFn: (document: DocumentRef) =>
      once(`${pathOf(dealId, document)}/retry`, { method: 'POST', body: {} }),
    onSettled: reread,
  });

/** Decides which of two links holds, ours or the one somebody made in Books. */
export const resolveLinkMutation = (dealId: string) =>
  mutationOptions({
    mutationKey: LINKING,
    mutationFn: ({ document, keep }: { document: DocumentRef; keep: 'books' | 'ours' }) =>
      once(`${pathOf(dealId, document)}/resolve`, { method: 'POST', body: { keep } }),
    onSettled: reread,
  });

const pathOf = (dealId: string, { type, id }: DocumentRef): string => `${linksOf(dealId)}/${type}/${id}`;

async function once(path: string, request: Request): Promise<unknown> {
  const action = JSON.stringify([request.method, path, request.body]);
  const key = keys.get(action) ?? crypto.randomUUID();
  keys.set(action, key);
  const answer = await tell(path, { ...request, headers: { 'idempotency-key': key } });
  keys.delete(action);
  return answer;
}

/** Also after a failure: what did not reach us may still have been done. Only the links themselves are waited for. */
function reread(
  _answer: unknown,
  _problem: unknown,
  _asked: unknown,
  _outcome: unknown,
  { client }: { client: QueryClient },
): Promise<void> {
  for (const name of ['customer-360', 'documents', 'link-suggestions'])
    void client.invalidateQueries({ queryKey: [name] });
  return client.invalidateQueries({ queryKey: ['links'] });
}
