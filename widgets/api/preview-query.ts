import { queryOptions } from '@tanstack/react-query';
import { Customer360 } from '../../server/contract/customer-360.ts';
import type { PreviewQuery } from '../../server/contract/policy.ts';
import type { RecordRef } from '../../server/contract/record.ts';
import { ask } from './ask.ts';
import { settingsQuery } from './settings-query.ts';

/** A record as a role with a profile gets it. Asked on request only: each look is written down. */
export const previewQuery = ({ module, recordId }: RecordRef, as: PreviewQuery) =>
  queryOptions({
    queryKey: [...settingsQuery.queryKey, 'preview', module, recordId, as],
    queryFn: ({ signal }) =>
      ask(
        `/api/v1/settings/preview/${module}/${recordId}/customer-360?${new URLSearchParams({ ...as })}`,
        Customer360,
        { signal },
      ),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
