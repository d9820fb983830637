import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { DocumentType } from '../../server/contract/figures.ts';
import type { RecordRef } from '../../server/contract/record.ts';
import { type DocumentsFilter, documentsQuery } from '../api/documents-query.ts';
import { linkDealsQuery } from '../api/link-deals-query.ts';
import { Choice } from '../ui/Choice.tsx';
import { textOr } from '../ui/catalogue.ts';
import { DocumentTable } from '../ui/DocumentTable.tsx';
import { STATUSES } from '../ui/document-statuses.ts';
import { ProblemStanding } from '../ui/ProblemStanding.tsx';
import { useWords } from '../ui/words.tsx';
import type { DocumentLinking } from './linking.ts';
import { problemView } from './panel-state.ts';

/** Every document, by type and status, a page at a time. A chunk of its own: most people never open it. */
export function AllDocuments({
  record,
  types,
  today,
  dealId,
  linking,
  onFew,
}: {
  record: RecordRef;
  types: readonly DocumentType[];
  today: string;
  dealId: string | undefined;
  linking: DocumentLinking | undefined;
  onFew: () => void;
}) {
  const { t } = useWords();
  const [filter, setFilter] = useState<DocumentsFilter>({});
  const { data, error, isFetching, hasNextPage, fetchNextPage, refetch, errorUpdatedAt } = useInfiniteQuery(
    documentsQuery(record, filter),
  );
  // names are worth asking for once somebody reads the whole list
  const deals = useQuery({ ...linkDealsQuery(record.recordId, ''), enabled: linking !== undefined });
  const names = new Map(deals.data?.deals.map(({ id, name }) => [id, name]));
  const filters = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // the button that was clicked is gone; the keyboard goes on here
    filters.current?.querySelector('select')?.focus({ preventScroll: true });
  }, []);
  const rows = data?.pages.flatMap((page) => page.rows) ?? [];
  const total = data?.pages.at(-1)?.total ?? 0;
  return (
    <>
      <div className="documents-filters" ref={filters}>
        <Choice
          label={t('documents.type')}
          value={filter.type ?? ''}
          options={types.map((type) => [type, t(`document.type.${type}`)])}
          onChoose={(chosen) => {
            const type = types.find((candidate) => candidate === chosen);
            setFilter(type ? { type } : {});
          }}
        />
        {filter.type && (
          <Choice
            label={t('documents.status')}
            value={filter.status ?? ''}
            options={STATUSES[filter.type].map((status) => [
              status,
              textOr(t, `document.status.${status}`, status),
            ])}
            onChoose={(status) =>
              setFilter(({ type }) => ({ ...(type ? { type } : {}), ...(status ? { status } : {}) }))
            }
          />
        )}
      </div>
      {error && rows.length === 0 ? (
        <ProblemStanding
          problem={problemView(error, null)}
          onRetry={() => void refetch()}
          key={errorUpdatedAt}
        />
      ) : (
        <DocumentTable
          rows={rows}
          today={today}
          dealId={dealId}
          marksDeals={linking !== undefined}
          dealNames={names}
          actionOf={linking?.actionOf}
          caption={t('documents.all')}
        />
      )}
      <div className="documents-end">
        <span role="status">
          {isFetching
            ? t('documents.loading')
            : data &&
              (rows.length === 0
                ? t('documents.none')
                : t('documents.shown', { shown: rows.length, n: total }))}
        </span>
        {error && rows.length > 0 && <span role="alert">{t('documents.page_failed')}</span>}
        {hasNextPage && (
          <button
            type="button"
            className="button-quiet"
            aria-disabled={isFetching}
            onClick={() => void fetchNextPage()}
          >
            {t('documents.next')}
          </button>
        )}
        <button type="button" className="button-plain" onClick={onFew}>
          {t('documents.fewer')}
        </button>
      </div>
    </>
  );
}
