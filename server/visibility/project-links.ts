import type { DocumentType } from '../contract/figures.ts';
import type {
  AccountDeals,
  LinkPreview,
  LinkResults,
  LinkRow,
  Links,
  Suggestions,
  Unlinked,
} from '../contract/links.ts';
import { PAGE_SIZE } from '../domain/document-list.ts';
import { differenceLevel, withRowsInOrder } from './columns.ts';
import { strictest } from './levels.ts';
import type {
  AccountDealsRaw,
  ChangedRaw,
  LinkPreviewRaw,
  LinkResultsRaw,
  LinksRaw,
  SuggestionsRaw,
  UnlinkedRaw,
} from './links-raw.ts';
import type { Policy } from './policy.ts';
import { projectLadder, projectRow } from './project-figures.ts';
import type { DocumentHref } from './raw.ts';

/** Answers about links, built up from nothing as `project()` does; only `project.ts` seals them. */

export function linksSeen(raw: LinksRaw, policy: Policy): Links {
  const sees = ({ row }: { row: { type: DocumentType } }): boolean => isSeen(row.type, policy);
  const inOrder = [false, true].flatMap((back) =>
    withRowsInOrder(
      raw.links.filter(({ takenBack }) => takenBack === back),
      policy,
    ),
  );
  return {
    deal: { id: raw.deal.id, name: raw.deal.name },
    mayLink: raw.mayLink,
    ...(raw.reconnect ? { reconnect: true as const } : {}),
    links: inOrder.filter(sees).map((link) => linkSeen(link, policy, raw.documentHref)),
    undo: raw.undo.filter(sees).map(({ undoId, row, until }) => ({
      undoId,
      document: projectRow(row, policy, raw.documentHref),
      until: until.toISOString(),
    })),
  };
}

const isSeen = (type: DocumentType, { levels, documentTypes }: Policy): boolean =>
  levels.documents !== 'hidden' && documentTypes.has(type);

function linkSeen(
  { row, inBooks, origin, by, at, share, takenBack }: LinksRaw['links'][number],
  policy: Policy,
  href?: DocumentHref,
): LinkRow {
  // A share is an amount of the document, and looks as those do.
  const shared = share && projectRow({ ...row, total: share }, policy).total;
  return {
    document: projectRow(row, policy, href),
    inBooks: { ...inBooks },
    origin,
    ...(by === null ? {} : { by }),
    ...(at === null ? {} : { at: at.toISOString() }),
    ...(shared ? { share: shared } : {}),
    ...(takenBack ? { takenBack: true as const } : {}),
  };
}

export function linkSuggestionsSeen(raw: SuggestionsRaw, policy: Policy): Suggestions {
  return {
    suggestions: raw.suggestions
      .filter(({ row }) => isSeen(row.type, policy))
      .map(({ row, customer, reference, reasons, obstacles }) => ({
        document: projectRow(row, policy, raw.documentHref),
        customer: { id: customer.id, name: customer.name },
        ...(reference === null ? {} : { reference }),
        reasons: [...reasons],
        obstacles: [...obstacles],
      })),
    total: policy.levels.documents === 'hidden' ? 0 : raw.total,
    page: raw.page,
    pageSize: PAGE_SIZE,
  };
}

export const linkPreviewSeen = (raw: LinkPreviewRaw, policy: Policy): LinkPreview => ({
  before: projectLadder(raw.before, policy),
  after: projectLadder(raw.after, { ...policy, levels: { ...policy.levels, ...differenceLevels(policy) } }),
  obstacles: raw.obstacles.map(({ document: { type, id }, obstacles }) => ({
    document: { type, id },
    obstacles: [...obstacles],
  })),
});

/** With a preview of one document, the ladder would tell its amount: so it is told no better than that. */
function differenceLevels(policy: Policy): Partial<Policy['levels']> {
  const { levels } = policy;
  const invoices = differenceLevel(policy, ['invoice']);
  return {
    quoted: strictest([levels.quoted, differenceLevel(policy, ['estimate', 'sales_order'])]),
    invoiced: strictest([levels.invoiced, invoices]),
    dealCollected: strictest([levels.dealCollected, invoices]),
    leftToInvoice: strictest([levels.leftToInvoice, invoices]),
    overInvoiced: strictest([levels.overInvoiced, invoices]),
  };
}

export const accountDealsSeen = (raw: AccountDealsRaw, policy: Policy): AccountDeals => ({
  deals: raw.deals.map(({ id, name, stage, ladder }) => {
    const amount = projectLadder(ladder, policy).dealAmount;
    return { id, name, stage, ...(amount ? { amount } : {}) };
  }),
});

/** What became of links somebody asked for: the documents they named, and nothing of what is in them. */
export const linkResultsSeen = (results: LinkResultsRaw): LinkResults => ({
  results: results.map((result) => {
    const document = { type: result.document.type, id: result.document.id };
    return result.outcome === 'linked'
      ? {
          outcome: result.outcome,
          document,
          inBooks: { ...result.inBooks },
          ...(result.altered ? { altered: true as const } : {}),
        }
      : { outcome: result.outcome, document, obstacles: [...result.obstacles] };
  }),
});

export const unlinkedSeen = ({ undoId, until, inBooks }: UnlinkedRaw): Unlinked => ({
  undoId,
  until: until.toISOString(),
  inBooks: { ...inBooks },
});

export const changedSeen = ({ inBooks }: ChangedRaw): Pick<Unlinked, 'inBooks'> => ({
  inBooks: { ...inBooks },
});
