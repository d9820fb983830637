import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { saveAuditMutation } from '../../api/audit-export.ts';
import { auditQuery } from '../../api/audit-query.ts';
import { asProblem } from '../../api/problem-error.ts';
import { AuditView } from './AuditView.tsx';

/** Asks for the log page by page, and for all of it as a file. */
export function AuditLog() {
  const { data, error, isFetching, hasNextPage, fetchNextPage } = useInfiniteQuery(auditQuery);
  const saving = useMutation(saveAuditMutation);
  const failure = error ?? saving.error;
  return (
    <AuditView
      entries={data?.pages.flatMap(({ entries }) => entries) ?? []}
      people={Object.assign({}, ...(data?.pages.map(({ people }) => people) ?? []))}
      more={hasNextPage}
      loading={isFetching}
      onMore={() => void fetchNextPage()}
      exporting={saving.isPending}
      onExport={() => saving.mutate()}
      problem={failure ? asProblem(failure).code : null}
    />
  );
}
