import { queryOptions } from '@tanstack/react-query';
import { Alerts } from '../../server/contract/alerts.ts';
import { Health } from '../../server/contract/health.ts';
import { ask } from './ask.ts';
import { settingsQuery } from './settings-query.ts';

/** How everything stands. */
export const healthQuery = queryOptions({
  queryKey: [...settingsQuery.queryKey, 'health'],
  queryFn: ({ signal }) => ask('/api/v1/settings/health', Health, { signal }),
  retry: false,
});

/** Whom to tell of troubles, and what was told. */
export const alertsQuery = queryOptions({
  queryKey: [...settingsQuery.queryKey, 'alerts'],
  queryFn: ({ signal }) => ask('/api/v1/settings/health/alerts', Alerts, { signal }),
  retry: false,
});
