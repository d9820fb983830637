import { useMutation, useQuery } from '@tanstack/react-query';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { retryMutation, saveDiagnosisMutation } from '../../api/health-mutations.ts';
import { healthQuery } from '../../api/health-query.ts';
import { asProblem } from '../../api/problem-error.ts';
import { Asked } from '../Asked.tsx';
import { Alerts } from './Alerts.tsx';
import { HealthView } from './HealthView.tsx';

const REFRESH_MS = 30_000;

/** Asks how everything stands, again and again while somebody looks. */
export function Health({ onContinue }: { onContinue?: () => void }) {
  const frame = useRef<HTMLDivElement>(null);
  const isSeen = useIsSeen(frame);
  const health = useQuery({ ...healthQuery, refetchInterval: isSeen ? REFRESH_MS : false });
  const { dataUpdatedAt, refetch } = health;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only coming back to it is a reason
  useEffect(() => {
    if (isSeen && dataUpdatedAt > 0 && Date.now() - dataUpdatedAt >= REFRESH_MS) void refetch();
  }, [isSeen]);
  const retrying = useMutation(retryMutation);
  const saving = useMutation(saveDiagnosisMutation);
  return (
    <div ref={frame}>
      <Asked query={health} meanwhile="health.loading">
        {(facts) => (
          <HealthView
            health={facts}
            isStale={health.error !== null}
            retry={{
              state: retrying.isPending ? 'running' : retrying.isSuccess ? 'done' : 'no',
              problem: retrying.error ? asProblem(retrying.error).code : null,
            }}
            onRetry={() => retrying.mutate()}
            diagnosis={{
              running: saving.isPending,
              problem: saving.error ? asProblem(saving.error).code : null,
            }}
            onDiagnosis={() => saving.mutate()}
            alerts={<Alerts />}
            onContinue={onContinue}
          />
        )}
      </Asked>
    </div>
  );
}

/** Whether it is on screen: another part of the settings may stand before it. The browser minds its own hidden tabs. */
function useIsSeen(element: RefObject<HTMLElement | null>): boolean {
  const [isSeen, setSeen] = useState(true);
  useEffect(() => {
    if (!element.current) return undefined;
    const watch = new IntersectionObserver((entries) =>
      setSeen(entries.some((entry) => entry.isIntersecting)),
    );
    watch.observe(element.current);
    return () => watch.disconnect();
  }, [element]);
  return isSeen;
}
