import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { lifecycleQuery, uninstalledQuery } from '../api/lifecycle-query.ts';
import type { PopupFlow } from '../api/popup-flow.ts';
import { asProblem } from '../api/problem-error.ts';
import { resumeSession, type SessionState, session } from '../api/session.ts';
import { settingsQuery } from '../api/settings-query.ts';
import { setupQuery } from '../api/setup-query.ts';
import { reportHeight } from '../crm/widget-height.ts';
import { Part } from '../ui/Part.tsx';
import { useWords } from '../ui/words.tsx';
import { Waiting } from './Asked.tsx';
import { LATER } from './later-tabs.tsx';
import { SettingsView } from './SettingsView.tsx';
import { MENDED_BY_SIGNING_IN, settingsState } from './settings-state.ts';

const Wizard = lazy(() => import('./setup/Wizard.tsx').then((module) => ({ default: module.Wizard })));
const Summary = lazy(() => import('./setup/Summary.tsx').then((module) => ({ default: module.Summary })));
/** Asks and derives; `SettingsView` draws. */
export function SettingsScreen({ signIn }: { signIn: PopupFlow }) {
  const who = useStore(session);
  const popup = useStore(signIn.store);
  const client = useQueryClient();
  const { t } = useWords();
  const frame = useRef<HTMLElement>(null);
  const isIn = who.state === 'signed_in';
  const { data, error, refetch } = useQuery({ ...setupQuery, enabled: isIn });
  const { data: lifecycle } = useQuery({ ...lifecycleQuery, enabled: isIn && data !== undefined });
  const { data: uninstalled } = useQuery(uninstalledQuery);

  useEffect(() => (frame.current ? reportHeight(frame.current) : undefined), []);
  useEffect(() => {
    document.title = t('settings.title');
  }, [t]);

  // A rep who opened the page may come back as an administrator: the same one click serves both.
  const mayNot = error !== null && MENDED_BY_SIGNING_IN.has(asProblem(error).code);
  const asksToSignIn = who.state === 'signed_out' || mayNot;
  useEffect(() => (asksToSignIn ? signIn.prepare() : undefined), [asksToSignIn, signIn]);
  useEffect(() => followPerson(client), [client]);

  const state = settingsState({ session: who, popup, setup: data, lifecycle, uninstalled, error });
  return (
    <main className="settings" ref={frame} aria-busy={state.state === 'loading'}>
      {state.state !== 'settings' && <h1 className="unseen">{t('settings.title')}</h1>}
      <SettingsView
        state={state}
        onSignIn={signIn.open}
        onRetry={() => void (who.state === 'unknown' ? resumeSession() : refetch())}
        wizard={(setup, onLeave) => (
          <Part meanwhile={<Waiting meanwhile="settings.loading" />}>
            <Wizard setup={setup} {...(onLeave ? { onLeave } : {})} />
          </Part>
        )}
        summary={(setup, ways) => (
          <Part meanwhile={<Waiting meanwhile="settings.loading" />}>
            <Summary setup={setup} {...ways} />
          </Part>
        )}
        later={LATER}
      />
    </main>
  );
}

/**
 * Another person starts afresh; whoever comes back finds what was left, brought up to date.
 * @returns what ends it
 */
function followPerson(client: QueryClient): () => void {
  let person = personIn(session.getState());
  return session.subscribe((now, before) => {
    const next = personIn(now);
    if (next === null) return;
    const settings = { queryKey: settingsQuery.queryKey };
    const isEnded = client.getQueryData(uninstalledQuery.queryKey) !== undefined;
    if (next !== person || isEnded) void client.resetQueries(settings);
    else if (personIn(before) === null) void client.invalidateQueries(settings);
    else if (client.getQueryState(setupQuery.queryKey)?.status === 'error')
      // a token is renewed every few minutes and for each change, which is no reason to ask for all again
      void client.invalidateQueries({ queryKey: setupQuery.queryKey, exact: true });
    if (isEnded) void client.resetQueries({ queryKey: uninstalledQuery.queryKey });
    person = next;
  });
}

const personIn = (who: SessionState): string | null => (who.state === 'signed_in' ? who.userName : null);
