import type { Customer360, CustomerSuggestion, DocumentsPage, Freshness } from '../contract/customer-360.ts';
import { FIRST_ROWS, PAGE_SIZE, pageOfRows, typesOf } from '../domain/document-list.ts';
import type { Policy } from './policy.ts';
import { projectFigures, projectLadder, projectRow } from './project-figures.ts';
import type { Customer360Raw, DocumentsRaw, LinkedRaw, NotLinkedRaw } from './raw.ts';

declare const projected: unique symbol;

/** An answer that went through a policy. Only this file can make one, so a route cannot answer with anything else. */
export type Projected<Answer> = Answer & { readonly [projected]: true };

/** Builds the answer for one person up from nothing: what the policy hides is not in it. */
export function project(raw: Customer360Raw, policy: Policy): Projected<Customer360> {
  const { record, today, viewer, ladder } = raw;
  const asked = {
    record: { module: record.module, id: record.id, name: record.name },
    today,
    viewer: { template: viewer.template, administrator: viewer.administrator },
  };
  const onDeal = ladder ? { ladder: projectLadder(ladder, policy.levels) } : {};
  if (raw.state === 'not_linked') {
    const suggestions = suggestionsSeen(raw.suggestions, policy);
    return seal<Customer360>({ ...asked, state: 'not_linked', reason: raw.reason, suggestions, ...onDeal });
  }
  return seal<Customer360>({
    ...asked,
    state: 'linked',
    customers: raw.customers.map(({ id, name, currency, href }) => ({
      id,
      name,
      currency,
      ...(href ? { href } : {}),
    })),
    currency: raw.figures.currency,
    baseCurrency: raw.figures.baseCurrency,
    ...documentsSeen(raw, policy),
    figures: projectFigures(raw.figures, policy.levels),
    ...onDeal,
    freshness: freshnessOf(raw.freshness, policy),
  });
}

/** A similar name would let somebody look through the organisation's customers by naming a record after a part. */
function suggestionsSeen(suggestions: NotLinkedRaw['suggestions'], { levels }: Policy): CustomerSuggestion[] {
  const seen = ({ evidence }: CustomerSuggestion): boolean =>
    levels.suggestions === 'exact' || (levels.suggestions !== 'hidden' && evidence === 'same_name');
  return suggestions.filter(seen).map(({ customerId, name, evidence }) => ({ customerId, name, evidence }));
}

/** Whoever may not see documents is not told whether there are any, how many, or which words they carry. */
function documentsSeen({ figures, rows, documentHref, warnings }: LinkedRaw, { levels }: Policy) {
  if (levels.documents === 'hidden') {
    return { hasTransactions: true, documents: { rows: [], total: 0, types: [] }, warnings: [] };
  }
  return {
    hasTransactions: figures.hasTransactions,
    documents: {
      rows: rows.slice(0, FIRST_ROWS).map((row) => projectRow(row, levels, documentHref)),
      total: rows.length,
      types: [...typesOf(rows)],
    },
    warnings: [...warnings],
  };
}

/** One page of the document list. A hidden list is an empty one. */
export function projectDocuments(raw: DocumentsRaw, policy: Policy): Projected<DocumentsPage> {
  const { levels } = policy;
  const rows = levels.documents === 'hidden' ? [] : raw.rows;
  return seal<DocumentsPage>({
    rows: pageOfRows(rows, raw.page).map((row) => projectRow(row, levels, raw.documentHref)),
    total: rows.length,
    page: raw.page,
    pageSize: PAGE_SIZE,
    freshness: freshnessOf(raw.freshness, policy),
  });
}

/**
 * The age of figures is nobody's secret, but still copied member by member. Which documents are still to be read tells
 * that there are some.
 */
const freshnessOf = (
  { state, knownGoodAt, refetchAfterSeconds, trouble, missing }: Freshness,
  { levels }: Policy,
): Freshness => ({
  state,
  knownGoodAt,
  ...(refetchAfterSeconds === undefined ? {} : { refetchAfterSeconds }),
  ...(trouble === undefined ? {} : { trouble }),
  missing: levels.documents === 'hidden' ? [] : [...missing],
});

const seal = <Answer>(answer: Answer): Projected<Answer> => answer as Projected<Answer>; // safe because only project builds answers
