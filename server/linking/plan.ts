import { fits, type LinkableDocument, partsOf } from '../domain/deal-shares.ts';
import type { DealId, DealShare } from '../domain/documents.ts';
import { compare, isPositive, type Money, money, rounded } from '../domain/money.ts';
import type { DealLinkRow, Removal } from '../store/links.ts';
import { type Holder, holdersOf, type ObstacleRaw, type Situation } from './linked-document.ts';

/** What somebody wants done with one document and one deal. Plain data: it is stored, and carried on after a crash. */
export type Asked =
  | {
      readonly action: 'link';
      /** Net, as decimal text; `null`: all that no other deal has. */
      readonly share: string | null;
      /** The deal the person saw on it; absent: they did not say. */
      readonly seenDeal?: DealId | null;
      /** The person sees the deal it is on, so they may take it from there. */
      readonly mayMove: boolean;
    }
  | { readonly action: 'unlink'; readonly reason: string | null }
  | { readonly action: 'restore'; readonly linkId: string }
  | { readonly action: 'retry' }
  | { readonly action: 'resolve'; readonly keep: 'books' | 'ours' };

export interface NewLink {
  readonly dealId: DealId;
  readonly share: string | null;
  readonly origin: DealLinkRow['origin'];
  /** Taken back in the same moment: Books' own link that somebody unlinks, kept so that it can be restored. */
  readonly removed?: true;
}

export type Plan =
  | { readonly kind: 'refused'; readonly obstacles: readonly ObstacleRaw[] }
  | {
      readonly kind: 'change';
      readonly ended: readonly { readonly link: DealLinkRow; readonly because: Removal }[];
      readonly added: readonly NewLink[];
      readonly restored: DealLinkRow | null;
      /** `books` lets Books' own link stand. */
      readonly inBooks: 'ours' | 'books';
    };

const refused = (...obstacles: readonly ObstacleRaw[]): Plan => ({ kind: 'refused', obstacles });
const change = (of: Partial<Omit<Extract<Plan, { kind: 'change' }>, 'kind'>>): Plan => ({
  kind: 'change',
  ended: [],
  added: [],
  restored: null,
  inBooks: 'ours',
  ...of,
});

const isVoid = ({ status }: { readonly status: string }): boolean => status === 'void';

/** What is to become of the document's links, or what stands in the way. Pure. */
export function planOf(
  asked: Asked,
  dealId: DealId,
  situation: Situation,
  tombstone: DealLinkRow | null,
): Plan {
  switch (asked.action) {
    case 'link':
      return planLink(asked, dealId, situation);
    case 'unlink':
      return planUnlink(dealId, situation);
    case 'restore':
      return planRestore(dealId, situation, tombstone);
    case 'retry':
      if (!concerns(dealId, situation)) return refused({ code: 'document_gone' });
      // Where nothing is owed, Books' own link must not be taken for one that is to go.
      return change({ inBooks: situation.seen?.inBooks === 'not_yet' ? 'ours' : 'books' });
    case 'resolve':
      if (!concerns(dealId, situation)) return refused({ code: 'document_gone' });
      return planResolve(asked.keep, situation);
  }
}

/** Whether a deal has, or had by the last look, anything to do with the document. */
const concerns = (dealId: DealId, { document, seen, active }: Situation): boolean =>
  document.dealId === dealId || seen?.booksDeal === dealId || active.some((link) => link.dealId === dealId);

/** What stands in the way of a link, before anybody's rights. @param share net; `null`: all that no other deal has */
function obstaclesTo(
  { share, dealId }: { readonly share: Money | null; readonly dealId: DealId },
  document: { readonly status: string; readonly net: Money | null; readonly type: LinkableDocument },
  holders: readonly Holder[],
): readonly ObstacleRaw[] {
  const own = holders.find((holder) => holder.dealId === dealId);
  const others = holders.filter((holder) => holder !== own);
  if (own && (share === null || sameShare(own, share))) return [{ code: 'already_linked' }];
  if (isVoid(document)) return [{ code: 'voided' }];
  if (share !== null && compare(share, rounded(share)) !== 0) return [{ code: 'share_too_precise' }];
  if (share === null) {
    const whole = others.find(({ net }) => net === null);
    if (whole) return [elsewhere(whole)];
    if (others.length === 0) return [];
  }
  if (document.net === null) return [{ code: 'net_unknown' }];
  const shares: readonly DealShare[] = [...others, { dealId, net: share }];
  const part = partsOf(shares, document.net).get(dealId);
  if (fits(shares, document.net) && part && isPositive(part)) return [];
  const [holder] = others;
  return share === null && holder ? [elsewhere(holder)] : [{ code: 'exceeds_net' }];
}

const sameShare = ({ net }: Holder, share: Money): boolean =>
  net !== null && money(net.currency, net.amount).amount === money(share.currency, share.amount).amount;

const elsewhere = ({ dealId, link }: Holder): ObstacleRaw => ({
  code: 'linked_elsewhere',
  dealId,
  ...(link?.madeByName ? { by: link.madeByName } : {}),
  ...(link?.madeAt ? { at: link.madeAt.toISOString() } : {}),
});

type LinkAsked = Extract<Asked, { action: 'link' }>;

function planLink({ share, seenDeal, mayMove }: LinkAsked, dealId: DealId, situation: Situation): Plan {
  const { document, seen, active } = situation;
  const holders = holdersOf(situation);
  const [first] = holders;
  const amount = share === null ? null : money(document.total.currency, share);
  // A document over which Books and we disagree is decided before it goes anywhere else.
  const inDispute = seen?.inBooks === 'conflict' ? active[0] : undefined;
  if (inDispute && first?.dealId !== dealId)
    return refused(elsewhere(first ?? { dealId: inDispute.dealId as DealId, net: null, link: inDispute })); // safe because only checked ids are stored

  const obstacles = obstaclesTo({ share: amount, dealId }, document, holders);
  const moves =
    first !== undefined &&
    holders.length === 1 &&
    amount === null &&
    obstacles.length === 1 &&
    obstacles[0]?.code === 'linked_elsewhere' &&
    seenDeal === first.dealId &&
    mayMove;
  if (moves)
    return change({
      ended: active.map((link) => ({ link, because: 'moved' })),
      added: [{ dealId, share: null, origin: 'person' }],
    });
  if (obstacles.length > 0) return refused(...obstacles);
  // Somebody else's link that the person did not see is never passed over; where nobody has it, nothing is.
  if (first && seenDeal !== undefined && !holders.some((holder) => holder.dealId === seenDeal))
    return refused(elsewhere(first));
  const kept = new Set(
    holders.flatMap(({ link, dealId: holder }) => (link && holder !== dealId ? [link.id] : [])),
  );
  return change({
    // Also the deal's own former share, and links of deals that are gone.
    ended: active
      .filter(({ id }) => !kept.has(id))
      .map((link) => ({ link, because: link.dealId === dealId ? 'share_changed' : 'moved' })),
    added: [
      ...holders
        .filter((holder) => holder.link === null && holder.dealId !== dealId)
        .map((holder): NewLink => ({ dealId: holder.dealId, share: null, origin: 'books' })),
      { dealId, share, origin: 'person' },
    ],
  });
}

function planUnlink(dealId: DealId, { document, seen, active }: Situation): Plan {
  const conflict = seen?.inBooks === 'conflict';
  const own = active.find((link) => link.dealId === dealId);
  if (own)
    return change({ ended: [{ link: own, because: 'unlinked' }], inBooks: conflict ? 'books' : 'ours' });
  const byBooks = document.dealId === dealId && active.length === 0 && seen?.inBooks !== 'not_yet';
  if (!byBooks) return refused({ code: 'linked_elsewhere', dealId: document.dealId });
  return change({ added: [{ dealId, share: null, origin: 'books', removed: true }] });
}

function planRestore(dealId: DealId, situation: Situation, tombstone: DealLinkRow | null): Plan {
  if (!tombstone || tombstone.removedAt === null) return refused({ code: 'already_linked' });
  const share = tombstone.share === null ? null : money(situation.document.total.currency, tombstone.share);
  const holders = holdersOf(situation);
  const conflict = situation.seen?.inBooks === 'conflict' ? holders[0] : undefined;
  if (holders.some((holder) => holder.dealId === dealId)) return refused({ code: 'already_linked' });
  const obstacles = conflict
    ? [elsewhere(conflict)]
    : obstaclesTo({ share, dealId }, { ...situation.document, status: '' }, holders);
  if (obstacles.length > 0) return refused(...obstacles);
  return change({
    restored: tombstone,
    added: holders
      .filter((holder) => holder.link === null)
      .map((holder): NewLink => ({ dealId: holder.dealId, share: null, origin: 'books' })),
  });
}

function planResolve(keep: 'books' | 'ours', { document, seen, active }: Situation): Plan {
  if (seen?.inBooks !== 'conflict') return refused({ code: 'already_linked' });
  // Books says something else by now than what was decided about.
  if (seen.booksDeal !== document.dealId)
    return refused({ code: 'linked_elsewhere', dealId: document.dealId });
  return keep === 'ours'
    ? change({})
    : change({ ended: active.map((link) => ({ link, because: 'kept_books' })), inBooks: 'books' });
}
