import type { Wire } from '../organisation.ts';
import type { ZohoState } from '../zoho.ts';
import type { Call } from '../zoho-endpoint.ts';
import { child, isWire, text } from '../zoho-wire.ts';
import { crmError, invalidParameter } from './answers.ts';

const PER_PAGE = 200;
const CRITERION = /\(([A-Za-z_.]+):(equals|starts_with|not_equal|in):((?:\\.|[^()\\])*)\)/g;

/** What CRM's search finds among records the viewer may see. The index lags as the scenario says. */
export function createSearch({ scenario }: ZohoState) {
  return function search(
    records: readonly Wire[],
    { query, now }: Call,
  ): { records: readonly Wire[]; info: Wire } | Response {
    const matches = matcher(query);
    if (matches instanceof Response) return matches;
    const page = Number(query.get('page') ?? 1);
    const perPage = Number(query.get('per_page') ?? PER_PAGE);
    if (!Number.isInteger(page) || page < 1) return invalidParameter('page');
    if (!Number.isInteger(perPage) || perPage < 1 || perPage > PER_PAGE) return invalidParameter('per_page');
    const indexedUntil = now.getTime() - scenario.searchLagSeconds * 1000;
    const isIndexed = (record: Wire): boolean =>
      scenario.searchLagSeconds === 0 || Date.parse(text(record, 'Modified_Time')) <= indexedUntil;
    const found = records.filter((record) => isIndexed(record) && matches(record));
    const shown = found.slice((page - 1) * perPage, page * perPage);
    return {
      records: shown,
      info: { per_page: perPage, count: shown.length, page, more_records: found.length > page * perPage },
    };
  };
}

type Matches = (record: Wire) => boolean;

function matcher(query: URLSearchParams): Matches | Response {
  const criteria = query.get('criteria');
  const email = query.get('email');
  const phone = query.get('phone');
  const word = query.get('word');
  if (criteria !== null) return byCriteria(criteria);
  if (email !== null)
    return (record) => [record.Email, record.Secondary_Email].some((one) => same(one, email));
  if (phone !== null) return (record) => [record.Phone, record.Mobile].some((one) => same(one, phone));
  if (word !== null) {
    if (word.length < 2) return invalidParameter('word');
    return (record) => Object.values(record).some((value) => wordsOf(value).includes(word.toLowerCase()));
  }
  return crmError(400, 'EXPECTED_PARAM_MISSING', 'One of the expected parameter is missing', {
    param_names: ['criteria', 'email', 'phone', 'word'],
  });
}

/** `((A:equals:x)and(B:starts_with:y))`: all joined by the same word. */
function byCriteria(criteria: string): Matches | Response {
  const parts = [...criteria.matchAll(CRITERION)];
  const joints = criteria
    .replaceAll(CRITERION, '')
    .replaceAll(/[()\s]/g, '')
    .toLowerCase();
  if (parts.length === 0 || !/^((and)*|(or)*)$/.test(joints)) {
    return crmError(400, 'INVALID_QUERY', 'Invalid query formed', { api_name: 'criteria' });
  }
  const tests = parts.map(([, field = '', comparator = '', raw = '']): Matches => {
    const value = raw.replaceAll(/\\(.)/g, '$1').toLowerCase();
    return (record) => {
      const own = fieldOf(record, field).toLowerCase();
      switch (comparator) {
        case 'starts_with':
          return own.startsWith(value);
        case 'not_equal':
          return own !== value;
        case 'in':
          return value.split(',').includes(own);
        default:
          return own === value;
      }
    };
  });
  return (record) =>
    joints.startsWith('or') ? tests.some((test) => test(record)) : tests.every((test) => test(record));
}

/** A field's value, following one lookup: `Account_Name` compares the name, `Account_Name.id` its id. */
function fieldOf(record: Wire, field: string): string {
  const [head = '', ...rest] = field.split('.');
  const lookup = child(record, head);
  return lookup ? text(lookup, rest[0] ?? 'name') : text(record, head);
}

const same = (value: unknown, wanted: string): boolean =>
  typeof value === 'string' && value.toLowerCase() === wanted.toLowerCase();

const wordsOf = (value: unknown): readonly string[] => {
  const plain = isWire(value) ? text(value, 'name') : typeof value === 'string' ? value : '';
  return plain.toLowerCase().split(/[\s,.;:@&/()"'-]+/);
};
