import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { AccountDeals } from '../../server/contract/links.ts';
import { ask } from './ask.ts';

/** Deals of an account that documents can be linked to, as far as this person may see them. */
export const linkDealsQuery = (accountId: string, q: string) =>
  queryOptions({
    queryKey: ['link-deals', accountId, q],
    queryFn: ({ signal }) =>
      ask(`/api/v1/accounts/${accountId}/deals?${new URLSearchParams(q ? { q } : {})}`, AccountDeals, {
        signal,
      }),
    placeholderData: keepPreviousData,
    retry: false,
  });
