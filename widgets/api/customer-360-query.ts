import { type QueryClient, queryOptions } from '@tanstack/react-query';
import type { Customer360 } from '../../server/contract/customer-360.ts';
import type { RecordRef } from '../../server/contract/record.ts';
import { askCustomer360 } from './customer-360-question.ts';
import { asProblem } from './problem-error.ts';

/** Coming back to the tab within this time asks nothing: the figures are as new as they can be. */
const STILL_NEW_MS = 15_000;
const LEAST_WAIT_SECONDS = 1;
/** A panel somebody has open hears of changes after this long at the latest; each question may cost one of CRM's calls. */
const OPEN_PANEL_SECONDS = 120;

/**
 * Everything the panel shows first. Asks again by itself while the server reads on, after a passing problem, and now
 * and then while somebody can see the page.
 */
export const customer360Query = (record: RecordRef) =>
  queryOptions({
    queryKey: keyOf(record),
    queryFn: ({ signal }) => askCustomer360(record, { signal }),
    staleTime: STILL_NEW_MS,
    refetchOnWindowFocus: true,
    retry: false,
    refetchInterval: ({ state: { data, error } }) => {
      const seconds = secondsToNext(data, error);
      if (seconds !== null) return seconds * 1_000;
      return data?.state === 'linked' && !error ? OPEN_PANEL_SECONDS * 1_000 : false;
    },
  });

/** Seconds from the last answer until the next question; `null` when there is no reason to ask. */
export function secondsToNext(data: Customer360 | undefined, error: unknown): number | null {
  const seconds = error
    ? asProblem(error).retryAfterSeconds
    : data?.state === 'linked'
      ? data.freshness.refetchAfterSeconds
      : data?.state === 'filling'
        ? data.refetchAfterSeconds
        : null;
  return seconds === null || seconds === undefined ? null : Math.max(LEAST_WAIT_SECONDS, seconds);
}

/** Asks now, and has the server look at Books again. @throws ProblemError, which the query shows as well. */
export function refreshCustomer360(client: QueryClient, record: RecordRef): Promise<Customer360> {
  return client.fetchQuery({
    ...customer360Query(record),
    queryFn: ({ signal }) => askCustomer360(record, { signal, newer: true }),
    staleTime: 0,
  });
}

const keyOf = ({ module, recordId }: RecordRef) => ['customer-360', module, recordId] as const;
