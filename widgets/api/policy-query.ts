import { queryOptions } from '@tanstack/react-query';
import { PolicyHistory, PolicyView } from '../../server/contract/policy.ts';
import { ask } from './ask.ts';
import { settingsQuery } from './settings-query.ts';

/** Who sees what, as it is in force, and what is needed to edit it. */
export const policyQuery = queryOptions({
  queryKey: [...settingsQuery.queryKey, 'policy'],
  queryFn: ({ signal }) => ask('/api/v1/settings/policy', PolicyView, { signal }),
  retry: false,
});

/** Every version there was, newest first. */
export const policyHistoryQuery = queryOptions({
  queryKey: [...policyQuery.queryKey, 'history'],
  queryFn: ({ signal }) => ask('/api/v1/settings/policy/history', PolicyHistory, { signal }),
  retry: false,
});
