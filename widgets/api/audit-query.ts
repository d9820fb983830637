import { infiniteQueryOptions } from '@tanstack/react-query';
import { AuditPage } from '../../server/contract/audit.ts';
import { ask } from './ask.ts';
import { settingsQuery } from './settings-query.ts';

/** The audit log, newest first, a page at a time. */
export const auditQuery = infiniteQueryOptions({
  queryKey: [...settingsQuery.queryKey, 'audit'],
  queryFn: ({ signal, pageParam }) =>
    ask(`/api/v1/settings/audit${pageParam === null ? '' : `?before=${pageParam}`}`, AuditPage, { signal }),
  // safe because the first page has no entry to start before
  initialPageParam: null as number | null,
  getNextPageParam: ({ entries, more }) => (more ? (entries.at(-1)?.sequence ?? null) : null),
  retry: false,
  refetchOnWindowFocus: false,
});
