import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { Suggestions, type SuggestQuery } from '../../server/contract/links.ts';
import { ask } from './ask.ts';

export type LinkSearch = Omit<SuggestQuery, 'page'>;

/** Documents for one deal, likeliest first, a page at a time. The former list stands while the next is asked for. */
export const linkSuggestionsQuery = (dealId: string, search: LinkSearch) =>
  infiniteQueryOptions({
    queryKey: ['link-suggestions', dealId, search],
    queryFn: ({ signal, pageParam }) =>
      ask(`/api/v1/deals/${dealId}/links/suggestions?${searchOf(search, pageParam)}`, Suggestions, {
        signal,
      }),
    initialPageParam: 1,
    getNextPageParam: ({ page, pageSize, total }) => (page * pageSize < total ? page + 1 : null),
    placeholderData: keepPreviousData,
    retry: false,
  });

const searchOf = ({ q, type, status }: LinkSearch, page: number): string =>
  new URLSearchParams({
    ...(q ? { q } : {}),
    ...(type ? { type } : {}),
    ...(status ? { status } : {}),
    page: String(page),
  }).toString();
