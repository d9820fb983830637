import type { InBooks } from '../contract/links.ts';
import { Problem } from '../contract/problem.ts';
import type { LinkableDocument } from '../domain/deal-shares.ts';
import type { DocumentId } from '../domain/documents.ts';
import type { Caller } from '../identity/caller.ts';
import { customerIdsOf, type DealAsked, dealAsked, type LinkingNeeds, noticeGone } from './deal-asked.ts';
import type { DocumentName, ObstacleRaw } from './linked-document.ts';
import type { Order, Outcome } from './order.ts';
import type { Asked } from './plan.ts';
import type { Sight } from './sight.ts';

/** A request about links: who asks, with which key, about which deal. */
export interface LinkRequest {
  readonly caller: Caller;
  readonly sight: Sight;
  /** `Idempotency-Key` of the request. */
  readonly key: string;
  readonly requestId: string;
  readonly dealId: string;
}

/** … and about which one document. */
export interface DocumentRequest extends LinkRequest {
  readonly type: LinkableDocument;
  readonly documentId: string;
}

export function orderOf(
  needs: LinkingNeeds,
  asked: Pick<DealAsked, 'caller' | 'dealId'> & { readonly customerIds: readonly string[] },
  request: LinkRequest,
  what: { readonly document: DocumentName; readonly asked: Asked },
): Order {
  const { caller, dealId } = asked;
  const { key, requestId } = request;
  return {
    ...what,
    install: caller.install,
    actor: { crmUserId: caller.crmUserId, name: caller.name, amr: caller.amr, requestId },
    key,
    dealId,
    customerIds: asked.customerIds,
    // Of another customer it may be of a deal that is hidden: then not even whose it is is told.
    seesCustomer: async (customerId) =>
      !request.sight.onlyVisibleDeals && (await seesCustomer(needs, caller, customerId)),
    lookForDeal: (other) => noticeGone(needs, caller, other),
    seesDeals: async (deals) => (await needs.access.dealsSeenBy(caller, deals)).size === new Set(deals).size,
    onlyVisibleDeals: request.sight.onlyVisibleDeals,
  };
}

/** A deal, with the customers its documents may be of. */
export const withCustomers = (asked: DealAsked) => ({ ...asked, customerIds: customerIdsOf(asked) });

/** Whether the account a Books customer belongs to is one the person may open. */
export async function seesCustomer(
  { customerFor, access }: LinkingNeeds,
  caller: Caller,
  customerId: string,
): Promise<boolean> {
  const { crmAccountId, crmContactId } = await customerFor(caller.install, customerId);
  if (crmAccountId !== null)
    return (await access.recordSeenBy(caller, { module: 'Accounts', recordId: crmAccountId })) !== null;
  if (crmContactId !== null)
    return (await access.recordSeenBy(caller, { module: 'Contacts', recordId: crmContactId })) !== null;
  return false;
}

/** What was done with one document of a deal. @throws Problem for whatever stands in the way */
export async function done(
  needs: LinkingNeeds,
  request: DocumentRequest,
  what: Asked,
): Promise<Extract<Outcome, { outcome: 'done' }>> {
  // A document of a kind the person does not see answers like one that is not there.
  if (!request.sight.types.has(request.type)) throw new Problem('record.not_found');
  const asked = await dealAsked(needs, request.caller, request.dealId, request.sight, 'now');
  const document = { type: request.type, id: request.documentId as DocumentId }; // safe because the route checked it
  const outcome = await needs.change.change(
    orderOf(needs, withCustomers(asked), request, { document, asked: what }),
  );
  if (outcome.outcome === 'refused') throw problemOf(outcome.obstacles);
  readAgain(needs, asked);
  return { ...outcome, inBooks: await inBooksTold(needs, request.caller, outcome.inBooks) };
}

/** The deal Books names instead of ours, by its name for those who may open it and not at all for the others. */
export async function inBooksTold(
  { access }: LinkingNeeds,
  caller: Caller,
  inBooks: InBooks,
): Promise<InBooks> {
  if (inBooks.state !== 'conflict' || inBooks.booksDeal?.id === undefined) return inBooks;
  const { id } = inBooks.booksDeal;
  const deal = await access.recordSeenBy(caller, { module: 'Deals', recordId: id });
  return { state: 'conflict', booksDeal: deal ? { id, name: deal.name } : {} };
}

export function problemOf([obstacle]: readonly ObstacleRaw[]): Problem {
  switch (obstacle?.code) {
    // A document the person may not see answers like one that is not there.
    case 'document_gone':
    case 'other_customer':
      return new Problem('record.not_found');
    case 'books_unreachable':
      return new Problem('books.unreachable');
    case 'no_right':
      return new Problem('link.no_right');
    default:
      return new Problem('link.changed');
  }
}

/** Reads the customers again behind the answer, so that lists say what Books says now. */
export function readAgain(
  { ledger, onTrouble }: LinkingNeeds,
  { caller, owner, dealId }: Pick<DealAsked, 'caller' | 'owner'> & Partial<Pick<DealAsked, 'dealId'>>,
): void {
  if (!owner) return;
  const { install } = caller;
  ledger
    .read({ install, owner, wantsNewer: true, ...(dealId ? { dealId } : {}) })
    .catch((trouble: unknown) => onTrouble(trouble, { install: install.id, reading: 'after a link' }));
}
