import type {
  DecidedMappings,
  MappedCustomer,
  MappingGroup,
  MappingOutcome,
  MappingReport,
  MappingRow,
} from '../../../server/contract/mapping.ts';
import type { DecideMappings } from '../../../server/contract/save-mapping.ts';

export type Change = DecideMappings['changes'][number];
export type Result = DecidedMappings['results'][number];

/** Whether all is known that groups are made of; before, a record without a customer may only not be read yet. */
export const isAllRead = ({ crm, listed, unread }: MappingReport['standing']): boolean =>
  crm !== 'reading' && listed && unread === 0;

export const rowKey = ({ record, faults }: MappingRow): string =>
  `${record.module}/${record.id} ${faults.join()}`;

/** What confirming a suggestion decides. */
export const confirmed = ({ record }: MappingRow, customer: { id: string; version: number }): Change => ({
  customerId: customer.id,
  version: customer.version,
  to: { says: 'record', module: record.module, id: record.id },
});

/** What ending a link decides: our own decision is taken back, what Books says is decided otherwise. */
export const ended = ({ id, version, source }: MappedCustomer): Change => ({
  customerId: id,
  version,
  to: source === 'confirmed' || source === 'separated' ? { says: 'books' } : { says: 'nobody' },
});

/** The page's changes a press of the one button for many makes, row by row; rows it can do nothing for are absent. */
export function bulkChanges(
  group: MappingGroup,
  rows: readonly MappingRow[],
  chosen: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly Change[]> {
  const taken = new Set<string>();
  const changes = new Map<string, readonly Change[]>();
  for (const row of rows) {
    const own = group === 'suggested' ? suggestedChange(row, chosen) : endable(row).map(ended);
    // One customer goes to one record: the first row on the page that asks for it.
    const free = own.filter(({ customerId }) => !taken.has(customerId));
    for (const { customerId } of free) taken.add(customerId);
    if (free.length > 0) changes.set(rowKey(row), free);
  }
  return changes;
}

/** Rows one may tick all at once: of two customers as likely as each other, a person has to choose first. */
export const clearOnes = (
  rows: readonly MappingRow[],
  possible: ReadonlyMap<string, readonly Change[]>,
  chosen: ReadonlyMap<string, string>,
): readonly string[] =>
  rows
    .filter((row) => chosen.has(rowKey(row)) || !row.suggestions[0]?.ambiguous || row.faults.length > 0)
    .map(rowKey)
    .filter((key) => possible.has(key));

/** What somebody chose for the row, else the likeliest. */
export function suggestionOf(
  row: MappingRow,
  chosen: ReadonlyMap<string, string>,
): MappingRow['suggestions'][number] | undefined {
  const [best] = row.suggestions;
  return row.suggestions.find(({ customer }) => customer.id === chosen.get(rowKey(row))) ?? best;
}

function suggestedChange(row: MappingRow, chosen: ReadonlyMap<string, string>): readonly Change[] {
  const suggestion = suggestionOf(row, chosen);
  return suggestion ? [confirmed(row, suggestion.customer)] : [];
}

const endable = ({ customers }: MappingRow): readonly MappedCustomer[] =>
  customers.filter(({ source }) => source !== 'separated');

/** Puts back what the results changed, based on what they left. */
export const undoing = (results: readonly Result[]): readonly Change[] =>
  results
    .filter(({ outcome }) => outcome === 'changed')
    .map(({ customerId, before, now }) => ({ customerId, version: now.version, to: before.to }));

/** How many ended how; the best first. */
export function outcomes(results: readonly Result[]): readonly (readonly [MappingOutcome, number])[] {
  const order: readonly MappingOutcome[] = [
    'changed',
    'unchanged',
    'changed_meanwhile',
    'record_gone',
    'customer_gone',
    'not_in_mode',
  ];
  return order.flatMap((outcome) => {
    const n = results.filter((result) => result.outcome === outcome).length;
    return n === 0 ? [] : [[outcome, n] as const];
  });
}

/** A name keeps its own direction within a sentence of the other one. */
export const isolated = (text: string): string => (text === '' ? '' : `\u2068${text}\u2069`);
