import type { FastifyInstance } from 'fastify';
import {
  DealRef,
  Done,
  LinkDocuments,
  LinkPreview,
  LinkRef,
  LinkResults,
  Links,
  ResolveConflict,
  RetryRequest,
  Suggestions,
  SuggestQuery,
  UndoRequest,
  Unlinked,
  UnlinkRequest,
} from '../../contract/links.ts';
import { checkShares, checkWanted } from '../../linking/link-documents.ts';
import {
  projectChanged,
  projectLinkPreview,
  projectLinkResults,
  projectLinks,
  projectSuggestions,
  projectUnlinked,
} from '../../visibility/project.ts';
import { accountLinksRoutes } from './account-links.ts';
import { changing, hrefFor, type LinksNeeds } from './changing-links.ts';
import { seeing } from './link-sight.ts';

/** Links between deals and documents. Reading is for everybody who sees the deal; changing is a right of its own. */
export function linksRoutes(app: FastifyInstance, needs: LinksNeeds): void {
  readingRoutes(app, needs);
  changingRoutes(app, needs);
  accountLinksRoutes(app, needs);
}

function readingRoutes(app: FastifyInstance, needs: LinksNeeds): void {
  const { linking } = needs;
  const config = { right: 'session' } as const;

  app.get(
    '/api/v1/deals/:dealId/links',
    { config: { ...config, audit: 'links.read' }, schema: { params: DealRef, response: { 200: Links } } },
    async (request) => {
      const { caller, policy, sight } = await seeing(request, needs);
      const { dealId } = DealRef.parse(request.params);
      const raw = await linking.list({ caller, dealId, sight });
      const reconnect = sight.mayLink && !(await needs.mayWriteBooks(caller.install.id));
      return projectLinks(
        { ...raw, mayLink: sight.mayLink, reconnect, documentHref: hrefFor(request) },
        policy,
      );
    },
  );

  app.get(
    '/api/v1/deals/:dealId/links/suggestions',
    {
      config: { ...config, audit: 'links.suggested' },
      schema: { params: DealRef, querystring: SuggestQuery, response: { 200: Suggestions } },
    },
    async (request) => {
      const { caller, policy, sight } = await seeing(request, needs);
      const { dealId } = DealRef.parse(request.params);
      const raw = await linking.suggest({ caller, dealId, sight, query: SuggestQuery.parse(request.query) });
      const suggestions = await Promise.all(
        raw.suggestions.map(async (one) => ({
          ...one,
          obstacles: await linking.told(caller, one.obstacles),
        })),
      );
      return projectSuggestions({ ...raw, suggestions, documentHref: hrefFor(request) }, policy);
    },
  );

  app.post(
    '/api/v1/deals/:dealId/links/preview',
    {
      config: { ...config, reading: true, audit: 'links.previewed' },
      schema: { params: DealRef, body: LinkDocuments, response: { 200: LinkPreview } },
    },
    async (request) => {
      const { documents } = LinkDocuments.parse(request.body);
      checkWanted(documents);
      const { caller, policy, sight } = await seeing(request, needs);
      checkShares(documents, sight);
      const { dealId } = DealRef.parse(request.params);
      const raw = await linking.preview({ caller, dealId, sight, documents });
      const obstacles = await Promise.all(
        raw.obstacles.map(async ({ document, obstacles: found }) => ({
          document,
          obstacles: await linking.told(caller, found),
        })),
      );
      return projectLinkPreview({ ...raw, obstacles }, policy);
    },
  );
}

function changingRoutes(app: FastifyInstance, needs: LinksNeeds): void {
  const { linking } = needs;
  const config = {
    right: 'session',
    replays: true,
    auditedBehind: ['link.created', 'link.removed', 'link.restored', 'link.refused'],
  } as const;

  app.post(
    '/api/v1/deals/:dealId/links',
    { config, schema: { params: DealRef, body: LinkDocuments, response: { 200: LinkResults } } },
    async (request) => {
      const { documents } = LinkDocuments.parse(request.body);
      checkWanted(documents);
      const asked = await changing(request, needs);
      checkShares(documents, asked.sight);
      const { dealId } = DealRef.parse(request.params);
      const results = await linking.link({ ...asked, dealId }, documents);
      return projectLinkResults(
        await Promise.all(
          results.map(async (result) =>
            result.outcome === 'linked'
              ? result
              : { ...result, obstacles: await linking.told(asked.caller, result.obstacles) },
          ),
        ),
      );
    },
  );

  app.delete(
    '/api/v1/deals/:dealId/links/:type/:documentId',
    { config, schema: { params: LinkRef, body: UnlinkRequest, response: { 200: Unlinked } } },
    async (request) => {
      const { reason = null } = UnlinkRequest.parse(request.body);
      const asked = await changing(request, needs);
      return projectUnlinked(await linking.unlink({ ...asked, ...LinkRef.parse(request.params) }, reason));
    },
  );

  app.post(
    '/api/v1/deals/:dealId/links/undo',
    { config, schema: { params: DealRef, body: UndoRequest, response: { 200: Done } } },
    async (request) => {
      const asked = await changing(request, needs);
      const { undoId } = UndoRequest.parse(request.body);
      return projectChanged(await linking.undo({ ...asked, ...DealRef.parse(request.params) }, undoId));
    },
  );

  app.post(
    '/api/v1/deals/:dealId/links/:type/:documentId/retry',
    { config, schema: { params: LinkRef, body: RetryRequest, response: { 200: Done } } },
    async (request) => {
      const asked = await changing(request, needs);
      return projectChanged(await linking.retry({ ...asked, ...LinkRef.parse(request.params) }));
    },
  );

  app.post(
    '/api/v1/deals/:dealId/links/:type/:documentId/resolve',
    { config, schema: { params: LinkRef, body: ResolveConflict, response: { 200: Done } } },
    async (request) => {
      const asked = await changing(request, needs);
      const { keep } = ResolveConflict.parse(request.body);
      return projectChanged(await linking.resolve({ ...asked, ...LinkRef.parse(request.params) }, keep));
    },
  );
}
