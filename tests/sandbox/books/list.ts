import type { Wire } from '../organisation.ts';
import { amount, sumOf } from '../zoho-wire.ts';
import { booksAnswer, invalidValue } from './answers.ts';
import { type Invoices, listFilter } from './filters.ts';
import type { BooksModule } from './modules.ts';
import { comparable, rowOf } from './words.ts';

const PER_PAGE = 200;
const REPORT_NAMES: Readonly<Record<string, string>> = {
  contacts: 'Contacts',
  invoices: 'Invoices',
  customerpayments: 'Customer Payments',
  creditnotes: 'Credit Notes',
  estimates: 'Estimates',
  salesorders: 'Sales Orders',
  expenses: 'Expenses',
};

/** One page of a list: filtered, sorted, narrowed to its columns, with the page context. */
export function booksList(
  documents: readonly Wire[],
  query: URLSearchParams,
  { module, invoices }: { module: BooksModule; invoices: Invoices },
): Response {
  const passes = listFilter(query, module, invoices);
  if (passes instanceof Response) return passes;
  const order = sorting(query, module);
  if (order instanceof Response) return order;
  const found = documents.filter(passes).sort(order.compare);
  const page = paged(found, query);
  if (page instanceof Response) return page;
  const format = module.resource === 'invoices' ? query.get('response_option') : null;
  if (format !== null && !/^[0-4]$/.test(format)) return invalidValue('response_option');
  return booksAnswer({
    ...(format === '2' || format === '3'
      ? {}
      : { [module.resource]: page.rows.map((document) => rowOf(document, module)) }),
    page_context: {
      ...page.context,
      report_name: REPORT_NAMES[module.resource],
      applied_filter:
        query.get('filter_by') ?? (query.get('status') ? `Status.${query.get('status')}` : 'Status.All'),
      sort_column: order.column,
      sort_order: order.direction,
      ...(format === null ? {} : totals(found, Number(format))),
    },
  });
}

/** Rows of one page with the part of the page context that every list has. */
export function paged(
  found: readonly Wire[],
  query: URLSearchParams,
): { rows: readonly Wire[]; context: Wire } | Response {
  const page = Number(query.get('page') ?? 1);
  if (!Number.isInteger(page) || page < 1) return invalidValue('page');
  const asked = Number(query.get('per_page') ?? PER_PAGE);
  if (!Number.isInteger(asked) || asked < 1) return invalidValue('per_page');
  const perPage = Math.min(asked, PER_PAGE);
  return {
    rows: found.slice((page - 1) * perPage, page * perPage),
    context: { page, per_page: perPage, has_more_page: found.length > page * perPage },
  };
}

type Order = { compare: (a: Wire, b: Wire) => number; column: string; direction: 'A' | 'D' };

function sorting(query: URLSearchParams, { sortColumns, idKey, resource }: BooksModule): Order | Response {
  const column = query.get('sort_column') ?? (resource === 'contacts' ? 'contact_name' : 'created_time');
  if (!sortColumns.includes(column)) return invalidValue('sort_column');
  const direction = query.get('sort_order') ?? (resource === 'contacts' ? 'A' : 'D');
  if (direction !== 'A' && direction !== 'D') return invalidValue('sort_order');
  const compare = (a: Wire, b: Wire): number => {
    const [left, right] = [comparable(a, column), comparable(b, column)];
    const difference =
      typeof left === 'number' && typeof right === 'number'
        ? left - right
        : String(left) < String(right)
          ? -1
          : left === right
            ? 0
            : 1;
    const tie = String(a[idKey]) < String(b[idKey]) ? -1 : 1;
    return (difference || tie) * (direction === 'A' ? 1 : -1);
  };
  return { compare, column, direction };
}

/** `response_option`: 1 and 3 with count and sums, 2 with the count, 4 with the sums. Sums mix currencies. */
function totals(found: readonly Wire[], option: number): Wire {
  const sums = ['total', 'balance'].map((column) => ({
    column,
    total: sumOf(found.map((document) => amount(document, column))),
  }));
  return {
    response_option: option,
    ...([1, 2, 3].includes(option) ? { total: found.length } : {}),
    ...([1, 3, 4].includes(option) ? { sum_columns: sums } : {}),
  };
}
