import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { type LinkDocuments, LinkPreview } from '../../server/contract/links.ts';
import { ask } from './ask.ts';

/** What linking these documents would do to the deal. Nothing is changed by asking. */
export const linkPreviewQuery = (dealId: string, documents: LinkDocuments['documents']) =>
  queryOptions({
    queryKey: ['link-preview', dealId, documents],
    queryFn: ({ signal }) =>
      ask(`/api/v1/deals/${dealId}/links/preview`, LinkPreview, {
        method: 'POST',
        body: { documents },
        signal,
      }),
    placeholderData: keepPreviousData,
    retry: false,
  });
