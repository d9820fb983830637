import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { customer360Query, refreshCustomer360, secondsToNext } from '../api/customer-360-query.ts';
import { resumeSession, session } from '../api/session.ts';
import { reportHeight } from '../crm/widget-height.ts';
import { PanelView } from './PanelView.tsx';
import { type CrmState, panelState } from './panel-state.ts';

const NO_RECORD = { module: 'Accounts', recordId: '' } as const;

/** Asks and derives; `PanelView` draws. */
export function Panel({ crm }: { crm: StoreApi<CrmState> }) {
  const where = useStore(crm);
  const who = useStore(session);
  const client = useQueryClient();
  const [asked, setAsked] = useState(false);
  const frame = useRef<HTMLElement>(null);

  const record = where.state === 'record' ? where : null;
  const query = customer360Query(record ?? NO_RECORD);
  const enabled = record !== null && who.state === 'signed_in';
  const { data, error, isFetching, dataUpdatedAt, errorUpdatedAt } = useQuery(
    enabled ? query : { ...query, queryFn: skipToken, refetchInterval: false },
  );

  useEffect(() => (frame.current ? reportHeight(frame.current) : undefined), []);

  useEffect(() => {
    if (who.state !== 'unknown') return undefined;
    const later = setTimeout(() => void resumeSession(), (who.problem.retryAfterSeconds ?? 0) * 1000);
    return () => clearTimeout(later);
  }, [who]);

  const failure = who.state === 'unknown' ? who.problem : error;
  const seconds = secondsToNext(data, failure);
  const since = who.state === 'unknown' ? who.since : error ? errorUpdatedAt : dataUpdatedAt;
  const state = panelState({
    crm: where,
    session: who,
    answer: data,
    error,
    running: isFetching,
    finished: asked && !isFetching,
    nextAt: seconds === null ? null : new Date(since + seconds * 1000),
  });

  const refresh = (): void => {
    setAsked(true);
    if (who.state === 'unknown') void resumeSession();
    else if (record) refreshCustomer360(client, record).catch(() => undefined); // the query shows its problem
  };
  return (
    <main className="panel" ref={frame} aria-busy={state.state === 'loading'}>
      <h1 className="unseen">Customer 360</h1>
      <PanelView state={state} acts={{ refresh, reload: () => window.location.reload() }} />
    </main>
  );
}
