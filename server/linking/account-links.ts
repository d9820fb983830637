import type { InBooks } from '../contract/links.ts';
import type { Caller } from '../identity/caller.ts';
import { recentLinks } from '../store/links.ts';
import { type AccountAsked, accountAsked } from './account-asked.ts';
import { inBooksOf } from './carry-out.ts';
import { type LinkableRow, type LinkingNeeds, noticeGoneDeals } from './deal-asked.ts';
import { inBooksTold } from './one-document.ts';
import { nameOf } from './overlay.ts';
import type { Sight } from './sight.ts';
import { UNDO_MS } from './undo-window.ts';

interface NamedDeal {
  readonly id: string;
  readonly name: string;
}

export interface AccountLinksRaw {
  readonly attention: readonly (
    | { readonly what: 'deal_gone'; readonly row: LinkableRow; readonly dealId: string }
    | {
        readonly what: 'in_books';
        readonly row: LinkableRow;
        /** `null` where the person may not open it. */
        readonly deal: NamedDeal | null;
        readonly inBooks: InBooks;
      }
  )[];
  readonly recent: readonly {
    readonly did: 'linked' | 'unlinked';
    readonly row: LinkableRow;
    readonly deal: NamedDeal;
    readonly undoId: string;
    readonly until: Date;
  }[];
}

interface Asking {
  readonly caller: Caller;
  readonly accountId: string;
  readonly sight: Sight;
}

/** What of an account's links needs a decision, and what was done a moment ago. @throws Problem `record.not_found` */
export async function accountLinks(needs: LinkingNeeds, of: Asking): Promise<AccountLinksRaw> {
  const asked = await accountAsked(needs, of);
  const { caller, overlay, rows } = asked;
  const unknown = rows.flatMap(asked.dealsOn).filter((dealId) => !overlay.gone.has(dealId));
  // Each deal is noticed once, so this ends.
  if (await noticeGoneDeals(needs, caller, unknown)) return accountLinks(needs, of);
  const dealNamed = async (dealId: string | undefined): Promise<NamedDeal | null> => {
    const deal = dealId && (await needs.access.recordSeenBy(caller, { module: 'Deals', recordId: dealId }));
    return deal ? { id: deal.id, name: deal.name } : null;
  };
  const gone = rows.flatMap((row) =>
    asked
      .dealsOn(row)
      .filter((dealId) => overlay.gone.has(dealId))
      .map((dealId) => ({ what: 'deal_gone' as const, row, dealId })),
  );
  const inBooks = await Promise.all(
    rows.flatMap((row) => {
      const found = unsettled(asked, row);
      return found ? [inBooksRow(needs, { caller, row, ...found, dealNamed })] : [];
    }),
  );
  return { attention: [...gone, ...inBooks], recent: await recent(needs, asked, dealNamed) };
}

async function inBooksRow(
  needs: LinkingNeeds,
  {
    caller,
    row,
    dealId,
    inBooks,
    dealNamed,
  }: {
    readonly caller: Caller;
    readonly row: LinkableRow;
    readonly dealId: string | undefined;
    readonly inBooks: InBooks;
    readonly dealNamed: (dealId: string | undefined) => Promise<NamedDeal | null>;
  },
) {
  return {
    what: 'in_books' as const,
    row,
    deal: await dealNamed(dealId),
    inBooks: await inBooksTold(needs, caller, inBooks),
  };
}

/** Where Books and we disagree about a document. One whose deal is gone is decided about as such. */
function unsettled(
  { overlay, dealsOn }: AccountAsked,
  row: LinkableRow,
): { dealId: string | undefined; inBooks: InBooks } | null {
  const name = nameOf(row.type, row.id);
  const seen = overlay.seen.get(name);
  if (!seen || seen.inBooks === 'settled' || dealsOn(row).some((dealId) => overlay.gone.has(dealId)))
    return null;
  const dealId = overlay.active.get(name)?.[0]?.dealId ?? seen.booksDeal ?? undefined;
  const document = { dealId: seen.booksDeal as LinkableRow['dealId'] }; // safe because only checked ids are stored
  return { dealId, inBooks: inBooksOf(dealId ?? '', null, { ...seen, document }) };
}

async function recent(
  needs: LinkingNeeds,
  { caller, of, rows, overlay }: AccountAsked,
  dealNamed: (dealId: string) => Promise<NamedDeal | null>,
): Promise<AccountLinksRaw['recent']> {
  const links = await recentLinks(needs.database, of, {
    documentIds: rows.map(({ id }) => id),
    madeBy: caller.crmUserId,
    since: new Date(needs.clock().getTime() - UNDO_MS),
  });
  const rowOf = new Map(rows.map((row) => [nameOf(row.type, row.id), row]));
  const found = await Promise.all(
    links.map(async ({ id, type, documentId, dealId, madeAt, removedAt }) => {
      const row = rowOf.get(nameOf(type, documentId));
      const at = removedAt ?? madeAt;
      // There is nothing left to put back where another deal has the whole of it by now.
      const again = overlay.active
        .get(nameOf(type, documentId))
        ?.some((link) => link.dealId === dealId || link.share === null);
      if (!row || !at || overlay.gone.has(dealId) || (removedAt && again)) return [];
      const deal = await dealNamed(dealId);
      const did = removedAt ? ('unlinked' as const) : ('linked' as const);
      return deal ? [{ did, row, deal, undoId: id, until: new Date(at.getTime() + UNDO_MS) }] : [];
    }),
  );
  return found.flat();
}
