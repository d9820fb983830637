import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { type MappingGroup, MappingReport } from '../../server/contract/mapping.ts';
import { ask } from './ask.ts';
import { settingsQuery } from './settings-query.ts';

/** While CRM's lists are still being read, each question reads on. */
const READ_ON_MS = 1_500;

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

/** One page of one group; the page before stays until the next one is there. */
export const mappingQuery = (asked: MappingAsked) =>
  queryOptions({
    queryKey: [...MAPPING_KEY, asked],
    queryFn: ({ signal }) => ask(path(asked, false), MappingReport, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data, status } }) =>
      status === 'success' && data?.standing.crm === 'reading' ? READ_ON_MS : false,
    retry: false,
  });

/** Has CRM's lists read once more from the beginning. */
export const readAgain = (asked: MappingAsked): Promise<MappingReport> =>
  ask(path(asked, true), MappingReport);
