import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { asProblem } from '../api/problem-error.ts';
import type { MessageKey } from '../ui/catalogue.ts';
import { ProblemStanding } from '../ui/ProblemStanding.tsx';
import { useWords } from '../ui/words.tsx';

/** One part of the settings that asks for itself: loading, failed, or there. What is there outlives a later failure. */
export function Asked<Answer>({
  query: { data, error, refetch },
  meanwhile,
  children,
}: {
  query: Pick<UseQueryResult<Answer>, 'data' | 'error' | 'refetch'>;
  /** Said to whoever cannot see that something is on its way. */
  meanwhile: MessageKey;
  children: (answer: Answer) => ReactNode;
}) {
  if (data !== undefined) return children(data);
  if (error) {
    const { code, requestId, fix } = asProblem(error);
    return (
      <ProblemStanding problem={{ code, requestId, fix, retryAt: null }} onRetry={() => void refetch()} />
    );
  }
  return <Waiting meanwhile={meanwhile} />;
}

export function Waiting({ meanwhile }: { meanwhile: MessageKey }) {
  const { t } = useWords();
  return (
    <>
      <p role="status" className="unseen">
        {t(meanwhile)}
      </p>
      <div className="skeleton appears" aria-hidden="true">
        <span className="bone bone-card" />
        <span className="bone bone-card" />
      </div>
    </>
  );
}
