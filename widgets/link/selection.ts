import type { DocumentRow } from '../../server/contract/figures.ts';
import {
  type DocumentRef,
  LinkableType,
  type LinkDocuments,
  type Obstacle,
} from '../../server/contract/links.ts';
import { decimalOf } from './decimal-text.ts';

/** The server takes no more at once. */
export const MOST_AT_ONCE = 50;

/** A document somebody has picked, and how much of it is meant. */
export interface Picked {
  readonly document: DocumentRow;
  /** The deal's share as typed; `null`: all that no other deal has. */
  readonly share: string | null;
  /** Name of the deal it is on now; linking all of it takes it from there. */
  readonly from: string | null;
}

/** A document that can be picked, and what stood in its way when it was shown. */
export interface Pickable {
  readonly document: DocumentRow;
  readonly obstacles: readonly Obstacle[];
}

/** By `keyOf`, in the order of picking. */
export type Selection = ReadonlyMap<string, Picked>;

export const keyOf = ({ type, id }: Pick<DocumentRow, 'type' | 'id'>): string => `${type}:${id}`;

export function picked({ document, obstacles }: Pickable): Picked {
  const elsewhere = obstacles.find(({ code }) => code === 'linked_elsewhere');
  const from = elsewhere?.code === 'linked_elsewhere' ? (elsewhere.deal?.name ?? null) : null;
  return { document, share: null, from };
}

export function toggled(selection: Selection, pickable: Pickable): Selection {
  const key = keyOf(pickable.document);
  const next = new Map(selection);
  if (!next.delete(key) && next.size < MOST_AT_ONCE) next.set(key, picked(pickable));
  return next;
}

/** All of them, or none when all are picked already. */
export function toggledAll(selection: Selection, pickables: readonly Pickable[]): Selection {
  const next = new Map(selection);
  const keys = pickables.map(({ document }) => keyOf(document));
  if (keys.every((key) => next.has(key))) {
    for (const key of keys) next.delete(key);
    return next;
  }
  for (const pickable of pickables) {
    const key = keyOf(pickable.document);
    if (next.size < MOST_AT_ONCE && !next.has(key)) next.set(key, picked(pickable));
  }
  return next;
}

/** What was refused, as it stands by now: somebody else may just have linked it. */
export function stillPicked(
  selection: Selection,
  refused: readonly string[],
  now: readonly Pickable[],
): Selection {
  return new Map(
    [...selection]
      .filter(([key]) => refused.includes(key))
      .map(([key, one]) => {
        const newer = now.find(({ document }) => keyOf(document) === key);
        return [key, newer ? { ...picked(newer), share: one.share } : one];
      }),
  );
}

export function withShare(selection: Selection, key: string, share: string | null): Selection {
  const one = selection.get(key);
  return one ? new Map(selection).set(key, { ...one, share }) : selection;
}

/** Currency in which a share can be typed; `null` where the whole amount is not known exactly either. */
export const shareCurrencyOf = ({ total }: DocumentRow): string | null =>
  total?.level === 'exact' ? total.money.currency : null;

/** `undefined`: none was typed. `null`: what was typed is no amount. */
function shareOf({ document, share }: Pick<Picked, 'document' | 'share'>): string | null | undefined {
  const currency = shareCurrencyOf(document);
  if (share === null || share.trim() === '' || currency === null) return undefined;
  return decimalOf(share, currency);
}

export const isShareWrong = (of: Pick<Picked, 'document' | 'share'>): boolean => shareOf(of) === null;

/** What is asked of the server. Nothing is sent while a share is no amount, so such a share is merely left out. */
export function asked(selection: Selection): LinkDocuments['documents'] {
  return [...selection.values()].flatMap((one) => {
    const ref = linkableRef(one.document);
    const share = shareOf(one);
    const seenDeal = one.document.dealId ?? null;
    return ref ? [{ ...ref, ...(share ? { share } : {}), seenDeal }] : [];
  });
}

/** `null` for types Books holds no deal on. */
export function linkableRef({ type, id }: Pick<DocumentRow, 'type' | 'id'>): DocumentRef | null {
  const linkable = LinkableType.safeParse(type);
  return linkable.success ? { type: linkable.data, id } : null;
}

/** A smaller share, or Books' good will, may still overcome the others; the server has the last word on all. */
const FINAL: ReadonlySet<Obstacle['code']> = new Set([
  'other_customer',
  'already_linked',
  'deal_without_account',
  'deal_gone',
  'voided',
  'document_gone',
  'no_right',
]);

/** Whether picking the document could lead nowhere. */
export const isBlocked = (obstacles: readonly Obstacle[]): boolean =>
  obstacles.some(({ code }) => FINAL.has(code));
