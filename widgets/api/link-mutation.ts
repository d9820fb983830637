import { mutationOptions, type QueryClient } from '@tanstack/react-query';
import { type DocumentRef, type LinkDocuments, LinkResults, Unlinked } from '../../server/contract/links.ts';
import { tell } from './ask.ts';
import { type Request, understood } from './send.ts';

/**
 * The last action, unless it has succeeded: repeating it repeats its key, so the server does it once and says what came
 * of it. Any other action in between may have taken it back, and then it is a new one.
 */
let unanswered: { readonly action: string; readonly key: string } | null = null;

/** Key of every change of links that is on its way. */
export const LINKING = ['link'];

const linksOf = (dealId: string): string => `/api/v1/deals/${dealId}/links`;

/**
 * Documents per request. Each costs the server several calls to Zoho, and the rest of a large selection would be waited
 * for longer than `send` waits.
 */
const AT_ONCE = 5;

/**
 * Links documents to a deal, a few per request. Each has an outcome of its own: some may be refused while others are
 * linked. Repeated after a failure, those that were done before answer as they did then.
 * @param onProgress told how many have an answer
 */
export const linkMutation = (dealId: string, onProgress: (done: number) => void) =>
  mutationOptions({
    mutationKey: LINKING,
    mutationFn: ({ documents }: LinkDocuments) => {
      const path = linksOf(dealId);
      return keyed([path, documents], async (key) => {
        const results: LinkResults['results'] = [];
        for (let from = 0; from < documents.length; from += AT_ONCE) {
          onProgress(from);
          const body = { documents: documents.slice(from, from + AT_ONCE) };
          const answer = understood(LinkResults, await tellWith(key, path, { method: 'POST', body }));
          results.push(...answer.results);
          // Books has no more room, or is not there: the others would fare no better.
          if (answer.results.length > 0 && answer.results.every(isUnreachable))
            return { results: [...results, ...documents.slice(from + AT_ONCE).map(unreachable)] };
        }
        return { results };
      });
    },
    onSettled: reread,
  });

type Result = LinkResults['results'][number];

const isUnreachable = (result: Result): boolean =>
  result.outcome === 'refused' && result.obstacles.some(({ code }) => code === 'books_unreachable');

const unreachable = ({ type, id }: DocumentRef): Result => ({
  outcome: 'refused',
  document: { type, id },
  obstacles: [{ code: 'books_unreachable' }],
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

/** Takes a document off a deal that was deleted in CRM. */
export const removeGoneMutation = (accountId: string) =>
  mutationOptions({
    mutationKey: LINKING,
    mutationFn: ({ document: { type, id }, dealId }: { document: DocumentRef; dealId: string }) =>
      once(`/api/v1/accounts/${accountId}/links/${type}/${id}`, { method: 'DELETE', body: { dealId } }),
    onSettled: reread,
  });

const pathOf = (dealId: string, { type, id }: DocumentRef): string => `${linksOf(dealId)}/${type}/${id}`;

const once = (path: string, request: Request): Promise<unknown> =>
  keyed([request.method, path, request.body], (key) => tellWith(key, path, request));

const tellWith = (key: string, path: string, request: Request): Promise<unknown> =>
  tell(path, { ...request, headers: { 'idempotency-key': key } });

async function keyed<Answer>(what: unknown, work: (key: string) => Promise<Answer>): Promise<Answer> {
  const action = JSON.stringify(what);
  const key = unanswered?.action === action ? unanswered.key : crypto.randomUUID();
  unanswered = { action, key };
  const answer = await work(key);
  if (unanswered.key === key) unanswered = null;
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
