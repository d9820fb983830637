import type { LinkableDocument } from '../domain/deal-shares.ts';
import type { DealId } from '../domain/documents.ts';
import type { BooksDocument } from '../zoho/books/books.ts';
import type { DealAsked, LinkableRow } from './deal-asked.ts';
import type { ObstacleRaw, Situation } from './linked-document.ts';
import { nameOf } from './overlay.ts';

/** What is known of a document without asking Books: enough to say what would become of a link. */
export function asSituation({ overlay, documents }: DealAsked, row: LinkableRow): Situation {
  const name = nameOf(row.type, row.id);
  const document = documents.get(name);
  const seen = overlay.seen.get(name) ?? null;
  const active = overlay.active.get(name) ?? [];
  return {
    document: {
      type: row.type,
      id: row.id,
      customerId: row.customerId,
      status: document?.status ?? row.status,
      // With links of ours the last look decides; without, the row as it is shown.
      dealId:
        seen && (active.length > 0 || seen.inBooks !== 'settled')
          ? (seen.booksDeal as DealId | null)
          : row.dealId, // safe because only checked ids are stored
      total: row.total,
      balance: row.balance,
      net: document?.net ?? document?.sharedNet ?? null,
      lineCount: 0,
      contents: { itemNames: [] },
    },
    seen,
    active,
    gone: overlay.gone,
  };
}

const IN_APPROVAL: readonly string[] = ['approved', 'pending_approval'];

/** What Books will probably not take. It hinders nobody: the link then holds here, and says so. */
export function cautionsFor({
  document,
  seen,
}: {
  readonly document: Pick<BooksDocument, 'status'> & { readonly type: LinkableDocument };
  readonly seen: Situation['seen'];
}): readonly ObstacleRaw[] {
  if (seen?.reason === 'locked') return [{ code: 'locked_period' }];
  return IN_APPROVAL.includes(document.status) || seen?.reason === 'approved' ? [{ code: 'approved' }] : [];
}
