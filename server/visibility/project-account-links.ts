import type { AccountLinks } from '../contract/account-links.ts';
import type { DocumentRowRaw } from '../domain/document-list.ts';
import { withRowsInOrder } from './columns.ts';
import type { AccountLinksRaw } from './links-raw.ts';
import type { Policy } from './policy.ts';
import { projectRow } from './project-figures.ts';

/** What of an account's links needs a decision, built up from nothing; only `project.ts` seals it. */
export function accountLinksSeen(
  { attention, recent, documentHref }: AccountLinksRaw,
  policy: Policy,
): AccountLinks {
  const { levels, documentTypes } = policy;
  const sees = ({ row }: { row: DocumentRowRaw }): boolean =>
    levels.documents !== 'hidden' && documentTypes.has(row.type);
  const seen = (row: DocumentRowRaw) => projectRow(row, policy, documentHref);
  const inOrder = (['deal_gone', 'in_books'] as const).flatMap((what) =>
    withRowsInOrder(
      attention.filter((one) => one.what === what),
      policy,
    ),
  );
  return {
    attention: inOrder.filter(sees).map((one) =>
      one.what === 'deal_gone'
        ? { what: one.what, document: seen(one.row), dealId: one.dealId }
        : {
            what: one.what,
            document: seen(one.row),
            inBooks: { ...one.inBooks },
            ...(one.deal ? { deal: { id: one.deal.id, name: one.deal.name } } : {}),
          },
    ),
    recent: recent.filter(sees).map(({ did, row, deal: { id, name }, undoId, until }) => ({
      document: seen(row),
      deal: { id, name },
      ...(did === 'linked' ? { did } : { did, undoId, until: until.toISOString() }),
    })),
  };
}
