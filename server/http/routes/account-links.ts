import type { FastifyInstance } from 'fastify';
import * as z from 'zod/mini';
import { AccountLinkRef, AccountLinks, RemoveGone } from '../../contract/account-links.ts';
import { AccountDeals, AccountDealsQuery, Done } from '../../contract/links.ts';
import { ZohoId } from '../../contract/record.ts';
import { dealLadder } from '../../domain/deal-ladder.ts';
import type { DealId } from '../../domain/documents.ts';
import { definitionsOf } from '../../identity/install.ts';
import { projectAccountDeals, projectAccountLinks, projectChanged } from '../../visibility/project.ts';
import { changing, hrefFor, type LinksNeeds } from './changing-links.ts';
import { seeing } from './link-sight.ts';

const AccountRef = z.strictObject({ accountId: ZohoId });

/** Links as seen from an account: its deals, what needs a decision, and what deleted deals left behind. */
export function accountLinksRoutes(app: FastifyInstance, needs: LinksNeeds): void {
  const { linking } = needs;
  const config = { right: 'session' } as const;

  app.get(
    '/api/v1/accounts/:accountId/deals',
    {
      config: { ...config, audit: 'deals.read' },
      schema: { params: AccountRef, querystring: AccountDealsQuery, response: { 200: AccountDeals } },
    },
    async (request) => {
      const { caller, policy } = await seeing(request, needs);
      const { accountId } = AccountRef.parse(request.params);
      const { q = '' } = AccountDealsQuery.parse(request.query);
      const { dealAmount: amountTax } = definitionsOf(caller.install);
      const basis = { baseCurrency: caller.install.crmCurrency, amountTax };
      const deals = (await linking.accountDeals(caller, { accountId, q })).map((deal) => ({
        ...deal,
        ladder: dealLadder(
          { ...deal, id: deal.id as DealId, closingDate: null }, // safe because CRM gave it as the id of a deal
          'not_linked',
          basis,
        ),
      }));
      return projectAccountDeals({ deals }, policy);
    },
  );

  app.get(
    '/api/v1/accounts/:accountId/links',
    {
      config: { ...config, audit: 'links.read' },
      schema: { params: AccountRef, response: { 200: AccountLinks } },
    },
    async (request) => {
      const { caller, policy, sight } = await seeing(request, needs);
      const { accountId } = AccountRef.parse(request.params);
      const raw = await linking.accountLinks({ caller, accountId, sight });
      return projectAccountLinks({ ...raw, documentHref: hrefFor(request) }, policy);
    },
  );

  app.delete(
    '/api/v1/accounts/:accountId/links/:type/:documentId',
    {
      config: { ...config, replays: true, auditedBehind: ['link.removed'] },
      schema: { params: AccountLinkRef, body: RemoveGone, response: { 200: Done } },
    },
    async (request) => {
      const { dealId } = RemoveGone.parse(request.body);
      const asked = await changing(request, needs);
      return projectChanged(
        await linking.removeGone({ ...asked, ...AccountLinkRef.parse(request.params), dealId }),
      );
    },
  );
}
