import type { InBooks } from '../contract/links.ts';
import { portionOf } from '../domain/deal-shares.ts';
import type { Document } from '../domain/documents.ts';
import { type Money, money } from '../domain/money.ts';
import type { Caller } from '../identity/caller.ts';
import { documentsBeingChanged } from '../store/link-intents.ts';
import { type DealLinkRow, linksOfDeal, takenBackLinks } from '../store/links.ts';
import { inBooksOf } from './carry-out.ts';
import { type DealAsked, dealAsked, type LinkableRow, type LinkingNeeds } from './deal-asked.ts';
import { inBooksTold } from './one-document.ts';
import { nameOf } from './overlay.ts';
import { wantedDeal } from './settle.ts';
import type { Sight } from './sight.ts';
import { UNDO_MS } from './undo-window.ts';

interface LinkRowRaw {
  readonly row: LinkableRow;
  readonly inBooks: InBooks;
  readonly origin: DealLinkRow['origin'];
  readonly by: string | null;
  readonly at: Date | null;
  /** Net; `null` when the deal has the whole of it. */
  readonly share: Money | null;
  /** Taken back here; Books still holds it. */
  readonly takenBack: boolean;
}

export interface LinksRaw {
  readonly deal: { readonly id: string; readonly name: string };
  readonly links: readonly LinkRowRaw[];
  readonly undo: readonly { readonly undoId: string; readonly row: LinkableRow; readonly until: Date }[];
}

/** The documents of a deal, and where each link stands. */
export async function listLinks(
  needs: LinkingNeeds,
  { caller, dealId, sight }: { readonly caller: Caller; readonly dealId: string; readonly sight: Sight },
): Promise<LinksRaw> {
  const asked = await dealAsked(needs, caller, dealId, sight);
  const since = new Date(needs.clock().getTime() - UNDO_MS);
  const own = await linksOfDeal(needs.database, asked.of, { dealId, since });
  const takenBack = await takenBackLinks(needs.database, asked.of, dealId);
  const changing = await documentsBeingChanged(needs.database, asked.of);
  const rowOf = new Map(asked.rows.map((row) => [nameOf(row.type, row.id), row]));
  const holding = new Map(
    own
      .filter(({ removedAt }) => removedAt === null)
      .map((link) => [nameOf(link.type, link.documentId), link]),
  );
  const links = asked.rows.flatMap((row) => {
    const name = nameOf(row.type, row.id);
    const link = holding.get(name) ?? null;
    const document = asked.documents.get(name);
    if (!document || (!link && portionOf(document, asked.dealId) === null)) return [];
    const inBooks = changing.has(row.id) ? WRITING : standing(asked, row, document);
    return [linkRow(row, link, { inBooks, share: shareIn(document, asked) })];
  });
  const stillInBooks = takenBack.flatMap((link) => {
    const name = nameOf(link.type, link.documentId);
    const row = rowOf.get(name);
    const reason = asked.overlay.seen.get(name)?.reason;
    if (!row || holding.has(name)) return [];
    const inBooks = changing.has(row.id) ? WRITING : standing(asked, row, asked.documents.get(name));
    return reason ? [{ ...linkRow(row, link, { inBooks, share: null }), takenBack: true }] : [];
  });
  const undo = own.flatMap(({ id, type, documentId, removedAt, removedBecause }) => {
    const row = rowOf.get(nameOf(type, documentId));
    if (!row || removedAt === null || removedBecause !== 'unlinked' || holding.has(nameOf(type, documentId)))
      return [];
    return [{ undoId: id, row, until: new Date(removedAt.getTime() + UNDO_MS) }];
  });
  const told = await Promise.all(
    [...links, ...stillInBooks].map(async (link) => ({
      ...link,
      inBooks: await inBooksTold(needs, caller, link.inBooks),
    })),
  );
  return { deal: { id: asked.seen.id, name: asked.seen.name }, links: told, undo };
}

const WRITING: InBooks = { state: 'not_yet', reason: 'writing' };

const linkRow = (
  row: LinkableRow,
  link: DealLinkRow | null,
  { inBooks, share }: Pick<LinkRowRaw, 'inBooks' | 'share'>,
): LinkRowRaw => ({
  row,
  inBooks,
  origin: link?.origin ?? 'books',
  by: link?.madeByName ?? null,
  at: link?.madeAt ?? null,
  share,
  takenBack: false,
});

function standing({ overlay, dealId }: DealAsked, row: LinkableRow, document: Document | undefined): InBooks {
  const name = nameOf(row.type, row.id);
  const seen = overlay.seen.get(name);
  if (!seen || !document) return { state: 'yes' };
  const held = seen.booksDeal as Document['dealId']; // safe because only checked ids are stored
  const sameCurrency = seen.currency === document.total.currency;
  const net = seen.net === null || !sameCurrency ? null : money(seen.currency, seen.net);
  const target = wantedDeal(overlay.active.get(name) ?? [], { total: document.total, net }, held);
  return inBooksOf(dealId, target, { ...seen, document: { dealId: held } });
}

/** `null` when the deal has the whole. */
function shareIn(document: Document, { dealId }: DealAsked): Money | null {
  const portion = document.shares ? portionOf(document, dealId) : null;
  return portion && portion.part !== portion.whole ? portion.part : null;
}
