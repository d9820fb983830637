import type { AccountLinks } from '../contract/account-links.ts';
import type { Customer360, CustomerSuggestion, DocumentsPage } from '../contract/customer-360.ts';
import type {
  AccountDeals,
  LinkPreview,
  LinkResults,
  Links,
  Suggestions,
  Unlinked,
} from '../contract/links.ts';
import { FIRST_ROWS, PAGE_SIZE, pageOfRows, typesOf } from '../domain/document-list.ts';
import { currencyTold, freshnessOf, warningsSeen } from './asides.ts';
import { inOrderSeen } from './columns.ts';
import type {
  AccountDealsRaw,
  AccountLinksRaw,
  ChangedRaw,
  LinkPreviewRaw,
  LinkResultsRaw,
  LinksRaw,
  SuggestionsRaw,
  UnlinkedRaw,
} from './links-raw.ts';
import type { Policy } from './policy.ts';
import { accountLinksSeen } from './project-account-links.ts';
import { projectFigures, projectLadder, projectRow } from './project-figures.ts';
import {
  accountDealsSeen,
  changedSeen,
  linkPreviewSeen,
  linkResultsSeen,
  linkSuggestionsSeen,
  linksSeen,
  unlinkedSeen,
} from './project-links.ts';
import { withBookedRates } from './project-rates.ts';
import type { Customer360Raw, DocumentsRaw, LinkedRaw, NotLinkedRaw } from './raw.ts';

declare const projected: unique symbol;

/** An answer that went through a policy. Only this file can make one, so a route cannot answer with anything else. */
export type Projected<Answer> = Answer & { readonly [projected]: true };

/** Builds the answer for one person up from nothing: what the policy hides is not in it. */
export function project(raw: Customer360Raw, policy: Policy): Projected<Customer360> {
  const { record, today, viewer, ladder, preview } = raw;
  const asked = {
    record: { module: record.module, id: record.id, name: record.name },
    today,
    viewer: {
      template: policy.template,
      administrator: viewer.administrator,
      ...(policy.mayLink ? { mayLink: true } : {}),
      ...(policy.onlyVisibleDeals ? { onlyVisibleDeals: true } : {}),
    },
    ...(preview ? { preview: { role: preview.role, profile: preview.profile } } : {}),
  };
  const onDeal = ladder ? { ladder: projectLadder(ladder, policy) } : {};
  if (raw.state === 'filling')
    return seal<Customer360>({ ...asked, state: 'filling', refetchAfterSeconds: raw.refetchAfterSeconds });
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
    currency: currencyTold(raw, policy),
    baseCurrency: raw.figures.baseCurrency,
    ...documentsSeen(raw, policy),
    figures: projectFigures(raw.figures, policy),
    definitions: definitionsUsed(raw.definitions, policy),
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
function documentsSeen(raw: LinkedRaw, policy: Policy) {
  const { figures, rows, documentHref } = raw;
  if (policy.levels.documents === 'hidden') {
    return { hasTransactions: true, documents: { rows: [], total: 0, types: [] }, warnings: [] };
  }
  const seen = rowsSeen(rows, policy);
  return {
    hasTransactions: figures.hasTransactions,
    documents: {
      rows: seen.slice(0, FIRST_ROWS).map((row) => projectRow(row, policy, documentHref)),
      total: seen.length,
      types: [...typesOf(seen)],
    },
    warnings: warningsSeen(raw, policy),
  };
}

/** Limits of the grade say nothing of a customer, but are of no use without it. What the limits are in money stays here. */
function definitionsUsed(
  { lifetimeValue, grade }: LinkedRaw['definitions'],
  { levels }: Policy,
): Extract<Customer360, { state: 'linked' }>['definitions'] {
  if (levels.verdict === 'hidden') return { lifetimeValue };
  const { overdueSomeDays, overdueLongDays, lateDays, approvalDaysLate } = grade;
  return { lifetimeValue, grade: { overdueSomeDays, overdueLongDays, lateDays, approvalDaysLate } };
}

/** One page of the document list. A hidden list is an empty one. */
export function projectDocuments(raw: DocumentsRaw, policy: Policy): Projected<DocumentsPage> {
  const rows = rowsSeen(raw.rows, policy);
  return seal<DocumentsPage>({
    rows: pageOfRows(rows, raw.page).map((row) => projectRow(row, policy, raw.documentHref)),
    total: rows.length,
    page: raw.page,
    pageSize: PAGE_SIZE,
    freshness: freshnessOf(raw.freshness, policy),
    ...(raw.preview ? { preview: { role: raw.preview.role, profile: raw.preview.profile } } : {}),
  });
}

export const projectLinks = (raw: LinksRaw, policy: Policy): Projected<Links> => seal(linksSeen(raw, policy));
export const projectSuggestions = (raw: SuggestionsRaw, policy: Policy): Projected<Suggestions> =>
  seal(withBookedRates(linkSuggestionsSeen(raw, policy), raw));
export const projectLinkPreview = (raw: LinkPreviewRaw, policy: Policy): Projected<LinkPreview> =>
  seal(linkPreviewSeen(raw, policy));
export const projectAccountDeals = (raw: AccountDealsRaw, policy: Policy): Projected<AccountDeals> =>
  seal(accountDealsSeen(raw, policy));
export const projectAccountLinks = (raw: AccountLinksRaw, policy: Policy): Projected<AccountLinks> =>
  seal(accountLinksSeen(raw, policy));

/** Changes answer with nothing a policy could hide, and all the same with nothing but what is built here. */
export const projectLinkResults = (raw: LinkResultsRaw): Projected<LinkResults> => seal(linkResultsSeen(raw));
export const projectUnlinked = (raw: UnlinkedRaw): Projected<Unlinked> => seal(unlinkedSeen(raw));
export const projectChanged = (raw: ChangedRaw): Projected<Pick<Unlinked, 'inBooks'>> =>
  seal(changedSeen(raw));

function rowsSeen(rows: DocumentsRaw['rows'], policy: Policy): DocumentsRaw['rows'] {
  if (policy.levels.documents === 'hidden') return [];
  return inOrderSeen(
    rows.filter(({ type }) => policy.documentTypes.has(type)),
    policy,
  );
}

const seal = <Answer>(answer: Answer): Projected<Answer> => answer as Projected<Answer>; // safe because only project builds answers
