import type { InBooks, LinkDocuments } from '../contract/links.ts';
import { Problem } from '../contract/problem.ts';
import type { DealId, DocumentId } from '../domain/documents.ts';
import { isPositive, money } from '../domain/money.ts';
import { ZohoTrouble } from '../zoho/trouble.ts';
import { type DealAsked, dealAsked, type LinkingNeeds } from './deal-asked.ts';
import type { DocumentName, ObstacleRaw } from './linked-document.ts';
import { inBooksTold, type LinkRequest, orderOf, readAgain, withCustomers } from './one-document.ts';
import { linkableRows, nameOf } from './overlay.ts';
import type { Sight } from './sight.ts';

type Wanted = LinkDocuments['documents'][number];

export type LinkResultRaw = { readonly document: DocumentName } & (
  | { readonly outcome: 'linked'; readonly inBooks: InBooks; readonly altered: boolean }
  | { readonly outcome: 'refused'; readonly obstacles: readonly ObstacleRaw[] }
);

/** @throws Problem `request.invalid` for what no dialog of ours sends: the same document twice, a share of nothing */
export function checkWanted(documents: readonly Wanted[]): void {
  const names = new Set(documents.map(({ type, id }) => `${type}/${id}`));
  const nothing = documents.some(({ share }) => share !== undefined && !isPositive(money('XXX', share)));
  if (names.size < documents.length || nothing) throw new Problem('request.invalid');
}

/**
 * Naming a share would tell, by what is answered, how much a document comes to.
 * @throws Problem `request.invalid` for a share named by somebody who does not see amounts exactly
 */
export function checkShares(documents: readonly Wanted[], { totals }: Pick<Sight, 'totals'>): void {
  if (!totals && documents.some(({ share }) => share !== undefined)) throw new Problem('request.invalid');
}

/** Documents changed at the same time: Books lets an organisation have five calls in process, and we are not alone. */
const AT_ONCE = 3;

/** Links documents to a deal: each has an outcome of its own. */
export async function linkDocuments(
  needs: LinkingNeeds,
  request: LinkRequest,
  documents: readonly Wanted[],
): Promise<readonly LinkResultRaw[]> {
  const asked = await dealAsked(needs, request.caller, request.dealId, request.sight);
  const inTheWay = await beforeAll(needs, asked);
  const results: LinkResultRaw[] = [];
  const waiting = [...documents.entries()];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [at, wanted] = next;
      const document = { type: wanted.type, id: wanted.id as DocumentId }; // safe because the contract checked it
      results[at] = inTheWay
        ? { document, outcome: 'refused', obstacles: [inTheWay] }
        : await linkOne(needs, request, { asked, document, wanted });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (results.some(({ outcome }) => outcome === 'linked')) readAgain(needs, asked);
  return results;
}

/** What concerns the deal, and so every document. CRM is asked afresh: a yes of a minute ago is none for a change. */
async function beforeAll(
  { crmFor }: LinkingNeeds,
  { caller, seen, dealId }: DealAsked,
): Promise<ObstacleRaw | null> {
  if ((await crmFor(caller).deal(dealId)) === null) return { code: 'deal_gone' };
  if (seen.account === 'none') return { code: 'deal_without_account' };
  return null;
}

async function linkOne(
  needs: LinkingNeeds,
  request: LinkRequest,
  of: { readonly asked: DealAsked; readonly document: DocumentName; readonly wanted: Wanted },
): Promise<LinkResultRaw> {
  const { asked, document, wanted } = of;
  // There, but not for this person: it answers like one that is not.
  if (!request.sight.types.has(document.type) || isHidden(asked, document))
    return { document, outcome: 'refused', obstacles: [{ code: 'document_gone' }] };
  const seenDeal = wanted.seenDeal as DealId | null | undefined; // safe because the contract checked it
  const order = orderOf(needs, withCustomers(asked), request, {
    document,
    asked: {
      action: 'link',
      share: wanted.share ?? null,
      mayMove: seenDeal ? await seesDeal(needs, asked, seenDeal) : false,
      ...(seenDeal === undefined ? {} : { seenDeal }),
    },
  });
  try {
    const outcome = await needs.change.change(order);
    if (outcome.outcome === 'refused') return { document, ...outcome };
    const inBooks = await inBooksTold(needs, request.caller, outcome.inBooks);
    return { document, outcome: 'linked', inBooks, altered: outcome.altered };
  } catch (trouble) {
    // The other documents of the request may fare better.
    if (trouble instanceof ZohoTrouble && trouble.service === 'books')
      return { document, outcome: 'refused', obstacles: [{ code: 'books_unreachable' }] };
    throw trouble;
  }
}

const isHidden = ({ overlay, documents }: DealAsked, { type, id }: DocumentName): boolean =>
  !documents.has(nameOf(type, id)) &&
  overlay.books.some((book) => linkableRows(book).some((row) => row.type === type && row.id === id));

const seesDeal = async ({ access }: LinkingNeeds, { caller }: DealAsked, dealId: DealId): Promise<boolean> =>
  (await access.recordSeenBy(caller, { module: 'Deals', recordId: dealId }, 'now')) !== null;
