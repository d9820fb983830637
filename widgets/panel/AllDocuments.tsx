import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState } from 'react';
import type { DocumentType } from '../../server/contract/figures.ts';
import type { RecordRef } from '../../server/contract/record.ts';
import { type DocumentsFilter, documentsQuery } from '../api/documents-query.ts';
import { textOr } from '../ui/catalogue.ts';
import { DocumentTable } from '../ui/DocumentTable.tsx';
import { ProblemStanding } from '../ui/ProblemStanding.tsx';
import { useWords } from '../ui/words.tsx';
import { problemView } from './panel-state.ts';

/** What people look for in each list; any other status is found by reading. */
const STATUSES: Readonly<Record<DocumentType, readonly string[]>> = {
  invoice: ['overdue', 'due_today', 'sent', 'part_paid', 'paid', 'written_off', 'draft', 'void'],
  estimate: ['draft', 'sent', 'accepted', 'declined', 'expired', 'invoiced'],
  sales_order: ['draft', 'open', 'partially_invoiced', 'invoiced', 'closed', 'void'],
  credit_note: ['draft', 'open', 'closed', 'void'],
  expense: ['unbilled', 'invoiced', 'reimbursed', 'nonbillable'],
  payment: ['received', 'advance', 'refunded', 'void'],
};

/** Every document, by type and status, a page at a time. A chunk of its own: most people never open it. */
export function AllDocuments({
  record,
  types,
  today,
  dealId,
  onFew,
}: {
  record: RecordRef;
  types: readonly DocumentType[];
  today: string;
  dealId: string | undefined;
  onFew: () => void;
}) {
  const { t } = useWords();
  const [filter, setFilter] = useState<DocumentsFilter>({});
  const { data, error, isFetching, hasNextPage, fetchNextPage, refetch, errorUpdatedAt } = useInfiniteQuery(
    documentsQuery(record, filter),
  );
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
        <DocumentTable rows={rows} today={today} dealId={dealId} caption={t('documents.all')} />
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

function Choice({
  label,
  value,
  options,
  onChoose,
}: {
  label: string;
  value: string;
  options: readonly (readonly [string, string])[];
  onChoose: (value: string) => void;
}) {
  const { t } = useWords();
  const id = useId();
  return (
    <label className="field" htmlFor={id}>
      {label}
      <select id={id} value={value} onChange={({ target }) => onChoose(target.value)}>
        <option value="">{t('documents.any')}</option>
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
