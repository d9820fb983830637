import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
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
  const { data, error, refetch } = useQuery({ ...setupQuery, enabled: who.state === 'signed_in' });

  useEffect(() => (frame.current ? reportHeight(frame.current) : undefined), []);
  useEffect(() => {
    document.title = t('settings.title');
  }, [t]);

  // A rep who opened the page may come back as an administrator: the same one click serves both.
  const mayNot = error !== null && MENDED_BY_SIGNING_IN.has(asProblem(error).code);
  const asksToSignIn = who.state === 'signed_out' || mayNot;
  useEffect(() => (asksToSignIn ? signIn.prepare() : undefined), [asksToSignIn, signIn]);
  useEffect(
    () =>
      session.subscribe((now, before) => {
        // a token is renewed every few minutes and for each change: only another person starts afresh
        if (personIn(now) !== personIn(before))
          void client.resetQueries({ queryKey: settingsQuery.queryKey });
        else if (client.getQueryState(setupQuery.queryKey)?.status === 'error')
          void client.invalidateQueries({ queryKey: setupQuery.queryKey, exact: true });
      }),
    [client],
  );

  const state = settingsState({ session: who, popup, setup: data, error });
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

const personIn = (who: SessionState): string | null => (who.state === 'signed_in' ? who.userName : null);
