import { queryOptions } from '@tanstack/react-query';
import { PreFlight, Setup } from '../../server/contract/setup.ts';
import { ask } from './ask.ts';
import { settingsQuery } from './settings-query.ts';

/** How far the set-up has come. Whatever changes settings asks for it anew. */
export const setupQuery = queryOptions({
  queryKey: [...settingsQuery.queryKey, 'setup'],
  queryFn: ({ signal }) => ask('/api/v1/settings/setup', Setup, { signal }),
  retry: false,
});

/** Whether everything is ready, asked of CRM and Books right now. */
export const preFlightQuery = queryOptions({
  queryKey: [...settingsQuery.queryKey, 'pre-flight'],
  queryFn: ({ signal }) => ask('/api/v1/settings/setup/pre-flight', PreFlight, { signal }),
  retry: false,
});
