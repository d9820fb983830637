import { z } from 'zod';
import type { Customer } from '../../domain/documents.ts';
import { ZohoTrouble } from '../trouble.ts';
import { parseAnswer } from '../wire-values.ts';
import type { AskBooks } from './ask.ts';
import type { Priority } from './books.ts';
import { PagedAnswer } from './wire.ts';

const PER_PAGE = 200; // the documented maximum for invoices; the other lists state none
/** 20,000 documents of one customer. Beyond it Books is answering nonsense, or we would use up its day. */
const MAX_PAGES = 100;

/** `A` is ascending, `D` descending. @see https://www.zoho.com/books/api/v3/invoices/ */
export interface SortOrder {
  readonly sort_column: string;
  readonly sort_order?: 'A' | 'D';
}
export const ascending = (column: string): SortOrder => ({ sort_column: column, sort_order: 'A' });

interface ListQuestion<Row extends z.ZodType> {
  readonly path: string;
  /** Names the list may go by in the answer, most likely first. */
  readonly keys: readonly string[];
  readonly row: Row;
  readonly query: Readonly<Record<string, string>>;
  readonly idOf: (row: z.infer<Row>) => string;
  /** Something that does not change while we read, so that pages do not shift. */
  readonly order: SortOrder;
}

interface Page<Row> {
  readonly rows: readonly Row[];
  readonly hasMore: boolean;
}

/** One page of a list. */
export async function readPage<Row extends z.ZodType>(
  ask: AskBooks,
  { path, keys, row, query, order }: Omit<ListQuestion<Row>, 'idOf'>,
  page: number,
  priority: Priority,
): Promise<Page<z.infer<Row>>> {
  const paging = { page: String(page), per_page: String(PER_PAGE), ...order };
  const body = await ask({ path, query: { ...query, ...paging } }, priority);
  const members = parseAnswer('books', z.record(z.string(), z.unknown()), body);
  const key = keys.find((name) => members[name] !== undefined) ?? keys[0] ?? '';
  const rows = parseAnswer('books', z.object({ [key]: z.array(row) }), body)[key] ?? [];
  const more = parseAnswer('books', PagedAnswer, body).page_context?.has_more_page;
  return { rows, hasMore: more ?? rows.length >= PER_PAGE };
}

/** Every row of a list, each once. `keep` sees each page as it comes, so that a wrong list is not read to its end. */
export async function readAll<Row extends z.ZodType>(
  ask: AskBooks,
  question: ListQuestion<Row> & {
    readonly keep: (rows: readonly z.infer<Row>[]) => readonly z.infer<Row>[];
  },
  priority: Priority,
): Promise<readonly z.infer<Row>[]> {
  const found = new Map<string, z.infer<Row>>();
  const seen = new Set<string>();
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const { rows, hasMore } = await readPage(ask, question, page, priority);
    const before = seen.size;
    for (const row of rows) seen.add(question.idOf(row));
    for (const row of question.keep(rows)) found.set(question.idOf(row), row);
    if (!hasMore) return [...found.values()];
    // The same page again and again: what we have would look complete and is not.
    if (seen.size === before) break;
  }
  throw new ZohoTrouble('books', 'unreachable', { code: 'endless_list' });
}

/**
 * Rows that are this customer's. Books ignores a filter it does not know without a word, so each row is checked;
 * refunds carry only a name. When no row obeys, the list is somebody else's altogether.
 */
export function rowsOf<Row extends { customer_id?: string | undefined; customer_name: string }>(
  customer: Customer,
  rows: readonly Row[],
  warn: () => void,
): readonly Row[] {
  const own = rows.filter(({ customer_id, customer_name }) =>
    customer_id === undefined ? sameName(customer_name, customer.name) : customer_id === customer.id,
  );
  if (own.length === rows.length) return rows;
  if (own.length === 0) throw new ZohoTrouble('books', 'unreachable', { code: 'filter_ignored' });
  warn();
  return own;
}

const folded = (name: string): string => name.normalize('NFKC').trim().toLowerCase();
const sameName = (a: string, b: string): boolean => folded(a) !== '' && folded(a) === folded(b);
/** Whether a name contains what was searched for. */
export const nameHolds = (name: string, sought: string): boolean => folded(name).includes(folded(sought));
