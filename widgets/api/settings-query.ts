import { queryOptions } from '@tanstack/react-query';
import { Settings } from '../../server/contract/settings.ts';
import { ask } from './ask.ts';

/** What an administrator may set, and how it is set now. */
export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => ask('/api/v1/settings', Settings, { signal }),
  retry: false,
});
