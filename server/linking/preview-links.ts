import type { LinkDocuments } from '../contract/links.ts';
import { type DealLadderRaw, dealLadder } from '../domain/deal-ladder.ts';
import { mirroredDeal } from '../domain/deal-shares.ts';
import type { CustomerBook, DealId, DealShare, DocumentId } from '../domain/documents.ts';
import { money } from '../domain/money.ts';
import { type LinkedAs, withLinks } from '../domain/with-links.ts';
import type { Caller } from '../identity/caller.ts';
import { definitionsOf } from '../identity/install.ts';
import {
  customerIdsOf,
  type DealAsked,
  dealAsked,
  type LinkableRow,
  type LinkingNeeds,
  noticeGoneAmong,
} from './deal-asked.ts';
import { type DocumentName, holdersOf, type ObstacleRaw, type Situation } from './linked-document.ts';
import { asSituation, cautionsFor } from './obstacles.ts';
import { seesCustomer } from './one-document.ts';
import { nameOf } from './overlay.ts';
import { type Plan, planOf } from './plan.ts';
import type { Sight } from './sight.ts';

type Wanted = LinkDocuments['documents'][number];

export interface LinkPreviewRaw {
  readonly before: DealLadderRaw;
  readonly after: DealLadderRaw;
  readonly obstacles: readonly {
    readonly document: DocumentName;
    readonly obstacles: readonly ObstacleRaw[];
  }[];
}

/**
 * Pages read per preview, one call each: of documents whose net amount nobody has read yet, and of those that are none
 * of the deal's customers'. No dialog of ours asks about more strangers, and Books has calls for a minute only.
 */
const LOOKS = 10;

/** What linking would change, and what stands in the way. Nothing is written. */
export async function previewLinks(
  needs: LinkingNeeds,
  of: {
    readonly caller: Caller;
    readonly dealId: string;
    readonly sight: Sight;
    readonly documents: readonly Wanted[];
  },
): Promise<LinkPreviewRaw> {
  const { caller, dealId, sight, documents } = of;
  const asked = await withNets(needs, await dealAsked(needs, caller, dealId, sight), { documents, sight });
  const rows = new Map(asked.rows.map((row) => [nameOf(row.type, row.id), row]));
  const next = new Map<string, LinkedAs>();
  // Of a kind somebody does not see, or where deals hide some, it answers like one that is not there.
  const mayBeTold = ({ type }: Wanted): boolean => sight.types.has(type) && !sight.onlyVisibleDeals;
  const strangers = documents
    .filter((wanted) => !rows.has(nameOf(wanted.type, wanted.id)) && mayBeTold(wanted))
    .slice(0, LOOKS);
  const obstacles = await Promise.all(
    documents.map(async (wanted) => {
      const document = { type: wanted.type, id: wanted.id as DocumentId }; // safe because the contract checked it
      const row = rows.get(nameOf(wanted.type, wanted.id));
      const found = !sight.documents
        ? []
        : row
          ? await obstaclesTo(needs, { asked, row, wanted, next })
          : [strangers.includes(wanted) ? await strange(needs, asked, document) : GONE];
      return { document, obstacles: [...(sight.mayLink ? [] : [{ code: 'no_right' } as const]), ...found] };
    }),
  );
  // Each deal is noticed once, so this ends.
  if (
    await noticeGoneAmong(
      needs,
      asked,
      obstacles.flatMap((one) => one.obstacles),
    )
  )
    return previewLinks(needs, of);
  const { dealAmount: amountTax } = definitionsOf(caller.install);
  const basis = { baseCurrency: asked.books.currency, amountTax };
  const books = asked.answer ? asked.seenBooks : 'not_linked';
  const after =
    typeof books === 'string'
      ? books
      : books.map((book: CustomerBook) =>
          withLinks(book, (type, { id }) => next.get(nameOf(type, id)) ?? null),
        );
  return {
    before: dealLadder(asked.seen.deal, books, basis),
    after: dealLadder(asked.seen.deal, after, basis),
    obstacles,
  };
}

/** Both ladders are to be told on one tax basis, and shares need the net amount. */
async function withNets(
  needs: LinkingNeeds,
  asked: DealAsked,
  { documents, sight }: { readonly documents: readonly Wanted[]; readonly sight: Sight },
): Promise<DealAsked> {
  const unread = documents.filter(({ type, id }) => asked.documents.get(nameOf(type, id))?.net === null);
  if (unread.length === 0) return asked;
  for (const { type, id } of unread.slice(0, LOOKS))
    await needs.look(asked.caller.install, { type, id: id as DocumentId }, { priority: 'interactive' }); // safe because the contract checked it
  return dealAsked(needs, asked.caller, asked.dealId, sight);
}

interface Previewed {
  readonly asked: DealAsked;
  readonly row: LinkableRow;
  readonly wanted: Wanted;
  /** Takes up what the document would be. */
  readonly next: Map<string, LinkedAs>;
}

async function obstaclesTo(
  { access }: LinkingNeeds,
  { asked, row, wanted, next }: Previewed,
): Promise<readonly ObstacleRaw[]> {
  const { caller, dealId, seen } = asked;
  const situation = asSituation(asked, row);
  const seenDeal = wanted.seenDeal as DealId | null | undefined; // safe because the contract checked it
  const mayMove = seenDeal
    ? (await access.recordSeenBy(caller, { module: 'Deals', recordId: seenDeal })) !== null
    : false;
  const plan = planOf(
    {
      action: 'link',
      share: wanted.share ?? null,
      mayMove,
      ...(seenDeal === undefined ? {} : { seenDeal }),
    },
    dealId,
    situation,
    null,
  );
  if (plan.kind === 'change') next.set(nameOf(row.type, row.id), linkedAfter(plan, situation));
  return [
    ...(seen.account === 'none' ? [{ code: 'deal_without_account' } as const] : []),
    ...(plan.kind === 'refused' ? plan.obstacles : cautionsFor(situation)),
  ];
}

/** The document as it would be. */
function linkedAfter(plan: Extract<Plan, { kind: 'change' }>, situation: Situation): LinkedAs {
  const { document } = situation;
  const ended = new Set(plan.ended.map(({ link }) => link.id));
  const shares: readonly DealShare[] = [
    ...holdersOf(situation).filter(({ link }) => link !== null && !ended.has(link.id)),
    ...plan.added.map(({ dealId, share }) => ({
      dealId,
      net: share === null ? null : money(document.total.currency, share),
    })),
  ].map(({ dealId, net }) => ({ dealId, net }));
  const [first, ...others] = shares;
  const net = document.net ? { net: document.net, sharedNet: document.net } : {};
  if (first && others.length === 0 && first.net === null) return { dealId: first.dealId, ...net };
  return { dealId: mirroredDeal(shares, document.net, document.dealId), shares, ...net };
}

const GONE: ObstacleRaw = { code: 'document_gone' };

/** A document that is none of the deal's customers': what may be told depends on whose it is. */
async function strange(
  needs: LinkingNeeds,
  asked: DealAsked,
  { type, id }: DocumentName,
): Promise<ObstacleRaw> {
  const { caller, books, seen } = asked;
  if (seen.account === 'none') return { code: 'deal_without_account' };
  if (!books) return { code: 'document_gone' };
  const page = await (await needs.booksFor(caller.install)).document(type, id, 'interactive');
  const customerId = page?.customerId ?? null;
  if (customerId === null || customerIdsOf(asked).includes(customerId)) return { code: 'document_gone' };
  return { code: (await seesCustomer(needs, caller, customerId)) ? 'other_customer' : 'document_gone' };
}
