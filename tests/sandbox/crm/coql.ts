import { HttpResponse, type RequestHandler } from 'msw';
import type { Wire } from '../organisation.ts';
import type { ZohoState } from '../zoho.ts';
import { isWire, text } from '../zoho-wire.ts';
import { crmError, nothing } from './answers.ts';
import { type Condition, CoqlSyntaxError, parseCoql } from './coql-query.ts';
import { isModule, MODULES } from './modules.ts';
import type { CrmEndpoint } from './viewer.ts';
import type { Visibility } from './visibility.ts';

const COLUMNS = 50;
const ROWS = 2_000;

export function coqlHandlers(
  { organisation }: ZohoState,
  crmEndpoint: CrmEndpoint,
  visibility: Visibility,
): RequestHandler[] {
  const named = (body: string): string => {
    const found = /\bfrom\s+([A-Za-z_]+)/i.exec(body)?.[1] ?? '';
    return MODULES.find((module) => module.toLowerCase() === found.toLowerCase()) ?? 'Deals';
  };
  return [
    crmEndpoint(
      {
        method: 'post',
        path: '/coql',
        scopes: ({ body }) => ['ZohoCRM.coql.READ', `ZohoCRM.modules.${named(body).toLowerCase()}.READ`],
      },
      ({ body }, viewer) => {
        const asked = selectQuery(body);
        if (asked === null) {
          return crmError(400, 'MANDATORY_NOT_FOUND', 'required field not found', {
            api_name: 'select_query',
          });
        }
        try {
          const query = parseCoql(asked);
          if (!isModule(query.module))
            return crmError(400, 'INVALID_QUERY', 'invalid module', { module: query.module });
          if (query.columns.length > COLUMNS || query.limit > ROWS) {
            return crmError(400, 'LIMIT_EXCEEDED', 'the limit of the query is exceeded', {
              limit: query.limit > ROWS ? ROWS : COLUMNS,
            });
          }
          const { module, where, columns, orderBy, offset, limit } = query;
          const found = organisation.crm[module]
            .filter(
              (record) => visibility.sees(viewer, module, record) && (where === null || holds(where, record)),
            )
            .sort((a, b) => order(a, b, orderBy));
          const shown = found.slice(offset, offset + limit);
          if (shown.length === 0) return nothing();
          return HttpResponse.json({
            data: shown.map((record) => row(record, columns)),
            info: { count: shown.length, more_records: found.length > offset + limit },
          });
        } catch (failure) {
          if (!(failure instanceof CoqlSyntaxError)) throw failure;
          return crmError(400, 'SYNTAX_ERROR', failure.message, { near: failure.near });
        }
      },
    ),
  ];

  /** A column's value; a dotted one follows lookups into their own records. */
  function column(record: Wire, name: string): unknown {
    const [head = '', ...rest] = name.split('.');
    const value = record[head];
    if (rest.length === 0) return isWire(value) ? text(value, 'id') : value;
    if (!isWire(value)) return null;
    if (rest[0] === 'id') return value.id;
    const target = MODULES.flatMap((module) => organisation.crm[module]).find((one) => one.id === value.id);
    return target ? column(target, rest.join('.')) : null;
  }

  function row(record: Wire, columns: readonly string[]): Wire {
    const shown: Wire = {};
    for (const name of columns) {
      const plain = record[name];
      shown[name] = (isWire(plain) ? plain : column(record, name)) ?? null;
    }
    return { ...shown, id: record.id };
  }

  function holds(condition: Condition, record: Wire): boolean {
    switch (condition.kind) {
      case 'and':
        return holds(condition.left, record) && holds(condition.right, record);
      case 'or':
        return holds(condition.left, record) || holds(condition.right, record);
      case 'compare':
        return compares(column(record, condition.column), condition.operator, condition.values);
    }
  }

  function order(a: Wire, b: Wire, by: readonly { column: string; descending: boolean }[]): number {
    for (const { column: name, descending } of by) {
      const difference = rank(column(a, name), column(b, name));
      if (difference !== 0) return descending ? -difference : difference;
    }
    return 0;
  }
}

function selectQuery(body: string): string | null {
  try {
    const parsed: unknown = JSON.parse(body);
    return isWire(parsed) && typeof parsed.select_query === 'string' ? parsed.select_query : null;
  } catch {
    return null; // not JSON has no select_query either, and Zoho says just that
  }
}

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';

function rank(a: unknown, b: unknown): number {
  if (typeof a === 'number' && !Number.isNaN(Number(b))) return a - Number(b);
  return String(a ?? '').localeCompare(String(b ?? ''));
}

function compares(own: unknown, operator: string, values: readonly (string | null)[]): boolean {
  const [first = null] = values;
  switch (operator) {
    case '=':
      return first === null
        ? isEmpty(own)
        : String(own ?? '') === first || (typeof own === 'number' && own === Number(first));
    case '!=':
      return !compares(own, '=', values);
    case '<':
    case '>':
    case '<=':
    case '>=': {
      if (isEmpty(own) || first === null) return false;
      const difference = rank(own, first);
      return operator === '<'
        ? difference < 0
        : operator === '>'
          ? difference > 0
          : operator === '<='
            ? difference <= 0
            : difference >= 0;
    }
    case 'in':
      return values.some((value) => compares(own, '=', [value]));
    case 'not in':
      return !compares(own, 'in', values);
    case 'like':
      return like(String(own ?? ''), first ?? '');
    case 'not like':
      return !like(String(own ?? ''), first ?? '');
    default:
      return false;
  }
}

/** `%` at the ends stands for anything. */
function like(own: string, pattern: string): boolean {
  const [value, bare] = [own.toLowerCase(), pattern.toLowerCase().replaceAll('%', '')];
  if (pattern.startsWith('%') && pattern.endsWith('%')) return value.includes(bare);
  if (pattern.endsWith('%')) return value.startsWith(bare);
  return pattern.startsWith('%') ? value.endsWith(bare) : value === bare;
}
