import type { InBooks } from '../contract/links.ts';
import { Problem } from '../contract/problem.ts';
import type { LinkableDocument } from '../domain/deal-shares.ts';
import type { DealId, DocumentId } from '../domain/documents.ts';
import { forgetGoneDeal, noteGoneDeal } from '../store/gone-deals.ts';
import { accountAsked } from './account-asked.ts';
import type { LinkingNeeds } from './deal-asked.ts';
import { type LinkRequest, orderOf, problemOf, readAgain } from './one-document.ts';

/** A document of an account, and the deleted deal it is still marked with. */
export interface GoneRequest extends LinkRequest {
  readonly accountId: string;
  readonly type: LinkableDocument;
  readonly documentId: string;
}

/**
 * Takes a document off a deal that CRM says was deleted, here and in Books. CRM is asked once more: a deal that came
 * back keeps its links, and is unlinked on its own page.
 * @throws Problem `record.not_found`, `link.changed`
 */
export async function removeGone(
  needs: LinkingNeeds,
  request: GoneRequest,
): Promise<{ readonly inBooks: InBooks }> {
  const { caller, accountId, sight, type, documentId, dealId } = request;
  const asked = await accountAsked(needs, { caller, accountId, sight }, 'now');
  if (!asked.rows.some((row) => row.type === type && row.id === documentId))
    throw new Problem('record.not_found');
  const { id: installId } = caller.install;
  if (!(await needs.crmFor(caller).deletedDeals()).has(dealId)) {
    await forgetGoneDeal(needs.database, installId, dealId);
    throw new Problem('link.changed');
  }
  await noteGoneDeal(needs.database, { installId, dealId, now: needs.clock() });
  const gone = { caller, dealId: dealId as DealId, customerIds: asked.customerIds }; // safe because the contract checked it
  const outcome = await needs.change.change(
    orderOf(needs, gone, request, {
      document: { type, id: documentId as DocumentId }, // safe because the contract checked it
      asked: { action: 'unlink', reason: null },
    }),
  );
  if (outcome.outcome === 'refused') throw problemOf(outcome.obstacles);
  readAgain(needs, { caller, owner: asked.owner });
  return { inBooks: outcome.inBooks };
}
