import type { DocumentType } from '../contract/figures.ts';
import { type DocumentRowRaw, lateByDate } from '../domain/document-list.ts';
import { BALANCE_IS_PART_OF, type FigureId, totalIsPartOf, totalsOf } from './figures.ts';
import { type Level, strictest } from './levels.ts';
import type { Policy } from './policy.ts';

/** How much somebody sees of the columns of single documents: never more than of what the documents add up to. */

type Eyes = Pick<Policy, 'levels' | 'grants'>;
type Row = Pick<DocumentRowRaw, 'type' | 'status'>;

export const totalLevel = ({ levels, grants }: Eyes, row: Row): Level =>
  strictest([levels.documentTotal, ...granted(grants, totalIsPartOf(row))]);

/**
 * Unused credits are hidden from whoever sees only some deals, so what is unused of one document is as well.
 * What is still to pay of one invoice follows `open` and `overdue` already, as every derived figure does.
 */
export const balanceLevel = ({ levels, grants }: Eyes, { type }: Pick<Row, 'type'>): Level =>
  strictest([
    levels.documentBalance,
    ...granted(grants, BALANCE_IS_PART_OF[type]),
    ...(type === 'credit_note' || type === 'payment' ? [levels.unusedCredits] : []),
  ]);

/** How late a document is, and so when it was due, is told of every one of them or of none. */
export const tellsDaysLate = ({ levels }: Pick<Policy, 'levels'>): boolean =>
  levels.oldestOverdueDays === 'exact';

/** Rows, given in list order, in one that tells no more of how late they are than the rows themselves do. */
export const withRowsInOrder = <Of extends { readonly row: DocumentRowRaw }>(
  given: readonly Of[],
  policy: Pick<Policy, 'levels'>,
): readonly Of[] => (tellsDaysLate(policy) ? given : lateByDate(given, ({ row }) => row));

/** … of the document list. */
export const inOrderSeen = (
  rows: readonly DocumentRowRaw[],
  policy: Pick<Policy, 'levels'>,
): readonly DocumentRowRaw[] => (tellsDaysLate(policy) ? rows : lateByDate(rows, (row) => row));

/**
 * How much of a sum may be told where one document makes the difference: no more than of its total. It is exact only if
 * every total of these types would be, in whichever state.
 */
export function differenceLevel(eyes: Eyes, types: readonly DocumentType[]): Level {
  const always = strictest([eyes.levels.documentTotal, ...granted(eyes.grants, types.flatMap(totalsOf))]);
  return seesTotals(eyes, types) ? always : strictest([always, 'band']);
}

/** Whether totals of documents of these types are seen exactly, in whichever state. */
export const seesTotals = (eyes: Eyes, types: readonly DocumentType[]): boolean =>
  eyes.levels.documentTotal === 'exact' &&
  types.every((type) => totalLevel(eyes, { type, status: ANY_STATE }) === 'exact');

/** No word of ours: counts as every state. */
const ANY_STATE = '';

const granted = (grants: Policy['grants'], figures: readonly FigureId[]): readonly Level[] =>
  figures.map((figure) => grants[figure] ?? 'hidden');
