import { infiniteQueryOptions } from '@tanstack/react-query';
import { DocumentsPage, type DocumentsQuery } from '../../server/contract/customer-360.ts';
import type { RecordRef } from '../../server/contract/record.ts';
import { ask } from './ask.ts';

export type DocumentsFilter = Pick<DocumentsQuery, 'type' | 'status'>;

/** The whole list of a record's documents, a page at a time. */
export const documentsQuery = ({ module, recordId }: RecordRef, filter: DocumentsFilter) =>
  infiniteQueryOptions({
    queryKey: ['documents', module, recordId, filter],
    queryFn: ({ signal, pageParam }) =>
      ask(`/api/v1/records/${module}/${recordId}/documents?${searchOf(filter, pageParam)}`, DocumentsPage, {
        signal,
      }),
    initialPageParam: 1,
    getNextPageParam: ({ page, pageSize, total }) => (page * pageSize < total ? page + 1 : null),
    retry: false,
  });

const searchOf = ({ type, status }: DocumentsFilter, page: number): string =>
  new URLSearchParams({
    ...(type ? { type } : {}),
    ...(status ? { status } : {}),
    page: String(page),
  }).toString();
