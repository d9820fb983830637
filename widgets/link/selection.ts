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
}

/** By `keyOf`, in the order of picking. */
export type Selection = ReadonlyMap<string, Picked>;

export const keyOf = ({ type, id }: Pick<DocumentRow, 'type' | 'id'>): string => `${type}:${id}`;

export function toggled(selection: Selection, document: DocumentRow): Selection {
  const key = keyOf(document);
  const next = new Map(selection);
  if (!next.delete(key) && next.size < MOST_AT_ONCE) next.set(key, { document, share: null });
  return next;
}

/** All of them, or none when all are picked already. */
export function toggledAll(selection: Selection, documents: readonly DocumentRow[]): Selection {
  const next = new Map(selection);
  if (documents.every((document) => next.has(keyOf(document)))) {
    for (const document of documents) next.delete(keyOf(document));
    return next;
  }
  for (const document of documents) {
    if (next.size >= MOST_AT_ONCE) break;
    if (!next.has(keyOf(document))) next.set(keyOf(document), { document, share: null });
  }
  return next;
}

export function withShare(selection: Selection, key: string, share: string | null): Selection {
  const picked = selection.get(key);
  return picked ? new Map(selection).set(key, { ...picked, share }) : selection;
}

/** Currency in which a share can be typed; `null` where the whole amount is not known exactly either. */
export const shareCurrencyOf = ({ total }: DocumentRow): string | null =>
  total?.level === 'exact' ? total.money.currency : null;

/** `undefined`: none was typed. `null`: what was typed is no amount. */
function shareOf({ document, share }: Picked): string | null | undefined {
  const currency = shareCurrencyOf(document);
  if (share === null || share.trim() === '' || currency === null) return undefined;
  return decimalOf(share, currency);
}

export const isShareWrong = (picked: Picked): boolean => shareOf(picked) === null;

/** What is asked of the server. Nothing is sent while a share is no amount, so such a share is merely left out. */
export function asked(selection: Selection): LinkDocuments['documents'] {
  return [...selection.values()].flatMap((picked) => {
    const ref = linkableRef(picked.document);
    const share = shareOf(picked);
    const seenDeal = picked.document.dealId ?? null;
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
