import { randomBytes } from 'node:crypto';
import type { Wire } from '../organisation.ts';
import type { Call } from '../zoho-endpoint.ts';
import { text } from '../zoho-wire.ts';
import { crmError, invalidParameter, missingParameter } from './answers.ts';
import type { Viewer } from './viewer.ts';

const PER_PAGE = 200;
/** Beyond these `page` stops working and `page_token` takes over. */
const NUMBERED_RECORDS = 2_000;
const FIELDS = 50;
const TOKEN_LIFE_MS = 86_400_000;
const SORT_FIELDS = ['id', 'Created_Time', 'Modified_Time'];

interface PageToken {
  readonly viewerId: string;
  readonly query: string;
  readonly page: number;
  readonly expiresAt: number;
}

export interface Page {
  readonly fields: readonly string[];
  readonly data: readonly Wire[];
  readonly info: Wire;
}

/** Field names asked for, or the refusal: lists demand 1 to 50. */
function askedFields({ query }: Call): readonly string[] | Response {
  const fields = (query.get('fields') ?? '')
    .split(',')
    .map((field) => field.trim())
    .filter((field) => field !== '');
  if (fields.length === 0) return missingParameter('fields');
  if (fields.length > FIELDS) {
    return crmError(400, 'LIMIT_EXCEEDED', `maximum ${FIELDS} fields are allowed`, {
      param_name: 'fields',
      limit: FIELDS,
    });
  }
  return fields;
}

/** The record cut to the fields; the id is always there, an unknown field is `null`. */
export function cut(record: Wire, fields: readonly string[]): Wire {
  const chosen: Wire = {};
  for (const field of fields) chosen[field] = record[field] ?? null;
  return { ...chosen, id: record.id };
}

/** Whether the request asks for changes since an instant and there are none. */
export function unchangedSince(request: Request, records: readonly Wire[]): boolean {
  const since = Date.parse(request.headers.get('if-modified-since') ?? '');
  return !Number.isNaN(since) && !records.some((record) => Date.parse(text(record, 'Modified_Time')) > since);
}

/** Cuts lists into pages by number and, past 2,000 records, by tokens tied to the user and the query. */
export function createPaging() {
  const tokens = new Map<string, PageToken>();

  return function page(records: readonly Wire[], call: Call, viewer: Viewer): Page | Response {
    const { query, now } = call;
    const fields = askedFields(call);
    if (fields instanceof Response) return fields;
    const perPage = Number(query.get('per_page') ?? PER_PAGE);
    if (!Number.isInteger(perPage) || perPage < 1 || perPage > PER_PAGE) return invalidParameter('per_page');
    const sortBy = query.get('sort_by') ?? 'id';
    if (!SORT_FIELDS.includes(sortBy)) return invalidParameter('sort_by');
    const sortOrder = query.get('sort_order') ?? 'desc';
    if (sortOrder !== 'asc' && sortOrder !== 'desc') return invalidParameter('sort_order');

    const asked = questionOf(call);
    const token = query.get('page_token');
    let number = Number(query.get('page') ?? 1);
    if (token !== null) {
      const known = tokens.get(token);
      if (query.has('page')) return invalidParameter('page_token');
      if (!known || known.viewerId !== viewer.id || known.query !== asked) {
        return crmError(400, 'TOKEN_BOUND_DATA_MISMATCH', 'the page token does not belong to this query', {
          param_name: 'page_token',
        });
      }
      if (known.expiresAt < now.getTime())
        return crmError(400, 'EXPIRED_VALUE', 'the page token has expired', { param_name: 'page_token' });
      number = known.page;
    } else if (!Number.isInteger(number) || number < 1) {
      return invalidParameter('page');
    } else if (number * perPage > NUMBERED_RECORDS) {
      return crmError(400, 'DISCRETE_PAGINATION_LIMIT_EXCEEDED', 'use page_token for records beyond 2000', {
        limit: NUMBERED_RECORDS,
      });
    }

    const sorted =
      sortBy === 'id' && !query.has('sort_order')
        ? records
        : [...records].sort(bySortField(sortBy, sortOrder));
    const data = sorted.slice((number - 1) * perPage, number * perPage);
    const more = records.length > number * perPage;
    const expiresAt = now.getTime() + TOKEN_LIFE_MS;
    const next = more ? randomBytes(24).toString('hex') : null;
    if (next) tokens.set(next, { viewerId: viewer.id, query: asked, page: number + 1, expiresAt });
    return {
      fields,
      data: data.map((record) => cut(record, fields)),
      info: {
        per_page: perPage,
        ...(next ? { next_page_token: next, page_token_expiry: new Date(expiresAt).toISOString() } : {}),
        count: data.length,
        sort_by: sortBy,
        page: number,
        sort_order: sortOrder,
        more_records: more,
      },
    };
  };
}

/** The query without its place in the pages. */
function questionOf({ url, query }: Call): string {
  const rest = [...query].filter(([name]) => name !== 'page' && name !== 'page_token').sort();
  return `${url.pathname}?${new URLSearchParams(rest)}`;
}

const bySortField =
  (field: string, order: 'asc' | 'desc') =>
  (a: Wire, b: Wire): number => {
    const before =
      field === 'id'
        ? text(a, 'id').padStart(20, '0').localeCompare(text(b, 'id').padStart(20, '0'))
        : Date.parse(text(a, field)) - Date.parse(text(b, field));
    return order === 'asc' ? before : -before;
  };
