import { isDeepStrictEqual } from 'node:util';
import type { Organisation, Wire } from '../organisation.ts';
import { isWire, text } from '../zoho-wire.ts';

type Module = keyof Organisation['books'];
export type BooksSnapshot = Readonly<Record<string, ReadonlyMap<string, Wire>>>;

export interface BooksDifference {
  readonly module: string;
  readonly id: string;
  /** `*` when the whole record came or went. */
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

const IDS: Readonly<Record<Module, string>> = {
  organizations: 'organization_id',
  contacts: 'contact_id',
  invoices: 'invoice_id',
  customerpayments: 'payment_id',
  creditnotes: 'creditnote_id',
  estimates: 'estimate_id',
  salesorders: 'salesorder_id',
  expenses: 'expense_id',
  items: 'item_id',
  users: 'user_id',
};

/** Everything Books holds at this moment, copied. */
export function snapshotBooks({ books }: Organisation): BooksSnapshot {
  const modules = Object.keys(IDS) as Module[]; // safe because IDS is a constant of exactly these
  return Object.fromEntries(
    modules.map((module) => [
      module,
      new Map(books[module].map((one) => [text(one, IDS[module]), structuredClone(one)])),
    ]),
  );
}

/** What differs between two snapshots, field by field: nothing else in the whole organisation did. */
export function differencesBetween(before: BooksSnapshot, after: BooksSnapshot): BooksDifference[] {
  return Object.keys(before).flatMap((module) => {
    const [old, now] = [before[module] ?? new Map(), after[module] ?? new Map()];
    return [...new Set([...old.keys(), ...now.keys()])].flatMap((id) =>
      fieldsThatDiffer(old.get(id), now.get(id)).map((difference) => ({ module, id, ...difference })),
    );
  });
}

function fieldsThatDiffer(
  before: unknown,
  after: unknown,
): { field: string; before: unknown; after: unknown }[] {
  if (!isWire(before) || !isWire(after)) return [{ field: '*', before, after }];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((field) => !isDeepStrictEqual(before[field], after[field]))
    .map((field) => ({ field, before: before[field], after: after[field] }));
}
