import { queryOptions } from '@tanstack/react-query';
import { Links } from '../../server/contract/links.ts';
import { ask } from './ask.ts';

const STILL_NEW_MS = 15_000;

/** The documents of one deal, where each link stands, and whether this person may change them. */
export const linksQuery = (dealId: string) =>
  queryOptions({
    queryKey: ['links', dealId],
    queryFn: ({ signal }) => ask(`/api/v1/deals/${dealId}/links`, Links, { signal }),
    staleTime: STILL_NEW_MS,
    retry: false,
  });
