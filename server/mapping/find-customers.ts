import type { FoundCustomers, MappedRecord } from '../contract/mapping.ts';
import { type GroupedRow, type ReportInputs, recognisedCustomers } from './report.ts';

/** Customers named at once: whoever sees more goes on typing. */
const MOST_FOUND = 20;

/**
 * Customers of the copy by their name or the beginning of their id: those that belong to nobody first, then by name.
 * @param rows the report of the same inputs, which says whose each is
 */
export function findCustomers(
  inputs: ReportInputs,
  rows: readonly GroupedRow[],
  search: string,
): FoundCustomers {
  const owners = ownersIn(rows);
  const found = recognisedCustomers(inputs)
    .filter(({ id, name = '' }) => finds(search, [name], [id]))
    .map((customer) => {
      const record = owners.get(customer.id);
      return record ? { ...customer, record } : customer;
    })
    .sort(freeFirst);
  return { customers: found.slice(0, MOST_FOUND), more: found.length > MOST_FOUND };
}

/** Every word somewhere in the names, or the beginning of an id. Nothing to search for finds all. */
export function finds(search: string, names: readonly string[], ids: readonly string[]): boolean {
  const text = folded(names.join(' '));
  return folded(search)
    .split(/\s+/)
    .filter(Boolean)
    .every((word) => text.includes(word) || ids.some((id) => id.startsWith(word)));
}

const folded = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();

function ownersIn(rows: readonly GroupedRow[]): ReadonlyMap<string, MappedRecord> {
  const owners = new Map<string, MappedRecord>();
  for (const { record, customers, faults } of rows)
    for (const { id, source } of customers)
      if (source !== 'separated' && !faults.includes('record_gone') && !owners.has(id))
        owners.set(id, record);
  return owners;
}

const COLLATOR = new Intl.Collator('en');
type Found = FoundCustomers['customers'][number];
const freeFirst = (a: Found, b: Found): number =>
  Number(a.record !== undefined) - Number(b.record !== undefined) ||
  COLLATOR.compare(a.name ?? '', b.name ?? '');
