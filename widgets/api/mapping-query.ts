import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { FoundCustomers, type MappingGroup, MappingReport } from '../../server/contract/mapping.ts';
import { ask } from './ask.ts';
import { settingsQuery } from './settings-query.ts';

/** While CRM's lists are still being read, each question reads on. */
const READ_ON_MS = 1_500;
/** While Books is still being read, what was read since is compared: the rarer, the longer comparing takes. */
const LOOK_AGAIN_MS = { least: 5_000, perCustomer: 5, most: 30_000 };

/** How long until what is shown is asked for again; `false` once everything is read. */
function untilNext({ crm, listed, unread, customers }: MappingReport['standing']): number | false {
  if (crm === 'reading') return READ_ON_MS;
  const { least, perCustomer, most } = LOOK_AGAIN_MS;
  return listed && unread === 0 ? false : Math.min(most, least + customers * perCustomer);
}

export interface MappingAsked {
  readonly group: MappingGroup;
  readonly search: string;
  readonly page: number;
}

export const MAPPING_KEY = [...settingsQuery.queryKey, 'mapping'] as const;

const path = ({ group, search, page }: MappingAsked, again: boolean): string =>
  `/api/v1/settings/mapping?${new URLSearchParams({
    group,
    page: String(page),
    ...(search === '' ? {} : { search }),
    ...(again ? { again: '1' } : {}),
  })}`;

/** One page of one group; the page before stays until the next one is there. A page nobody looks at asks nothing. */
export const mappingQuery = (asked: MappingAsked) =>
  queryOptions({
    queryKey: [...MAPPING_KEY, asked],
    queryFn: ({ signal }) => ask(path(asked, false), MappingReport, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data, status } }) =>
      status === 'success' && data ? untilNext(data.standing) : false,
    retry: false,
  });

/** Customers by name; those before stay until the next ones are there. */
export const customersQuery = (search: string) =>
  queryOptions({
    queryKey: [...MAPPING_KEY, 'customers', search],
    queryFn: ({ signal }) =>
      ask(`/api/v1/settings/mapping/customers?${new URLSearchParams({ search })}`, FoundCustomers, {
        signal,
      }),
    placeholderData: keepPreviousData,
    retry: false,
  });

/** Has CRM's lists read once more from the beginning. */
export const readAgain = (asked: MappingAsked): Promise<MappingReport> =>
  ask(path(asked, true), MappingReport);
