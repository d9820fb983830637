import { queryOptions } from '@tanstack/react-query';
import { AccountLinks } from '../../server/contract/account-links.ts';
import { ask } from './ask.ts';

const STILL_NEW_MS = 15_000;

/** What was just done with an account's links, and what needs a decision. Read again after every change of links. */
export const accountLinksQuery = (accountId: string) =>
  queryOptions({
    queryKey: ['links', 'account', accountId],
    queryFn: ({ signal }) => ask(`/api/v1/accounts/${accountId}/links`, AccountLinks, { signal }),
    staleTime: STILL_NEW_MS,
    retry: false,
  });
