import type { ReactNode } from 'react';
import type { Settings } from '../../server/contract/settings.ts';
import { Standing } from '../ui/Notice.tsx';
import { PopupSteps } from '../ui/PopupSteps.tsx';
import { ProblemStanding } from '../ui/ProblemStanding.tsx';
import { SignIn } from '../ui/SignIn.tsx';
import { useWords } from '../ui/words.tsx';
import type { SettingsState } from './settings-state.ts';

/** One picture per state. `books` and `roles` are the two cards, which ask for themselves. */
export function SettingsView({
  state,
  onSignIn,
  onRetry,
  books,
  roles,
}: {
  state: SettingsState;
  onSignIn: () => void;
  onRetry: () => void;
  books: (settings: Settings) => ReactNode;
  roles: (settings: Settings) => ReactNode;
}) {
  const { t } = useWords();
  switch (state.state) {
    case 'loading':
      return (
        <>
          <p role="status" className="unseen">
            {t('settings.loading')}
          </p>
          <div className="skeleton" aria-hidden="true">
            <span className="bone bone-title" />
            <span className="bone bone-card" />
            <span className="bone bone-card" />
          </div>
        </>
      );
    case 'sign_in':
      return <SignIn why={state.why} screen="settings" popup={state.popup} onOpen={onSignIn} />;
    case 'not_administrator':
      return (
        <Standing icon="lock" alert title={t('problem.settings.not_administrator')}>
          <p>{t('problem.settings.not_administrator.next')}</p>
          <PopupSteps popup={state.popup} label={t('sign_in')} onOpen={onSignIn} />
        </Standing>
      );
    case 'problem':
      return <ProblemStanding problem={state.problem} onRetry={onRetry} />;
    case 'settings': {
      const { settings } = state;
      return (
        <>
          <h1>{t('settings.title')}</h1>
          <p className="settings-lead">
            {t('settings.lead', {
              organisation: settings.crm.organisation,
              name: settings.administrator.name,
            })}
          </p>
          {books(settings)}
          {(settings.books.state === 'connected' || settings.books.state === 'reconnect') && roles(settings)}
        </>
      );
    }
  }
}
