import { type ReactNode, useState } from 'react';
import type { Settings } from '../../server/contract/settings.ts';
import { Standing } from '../ui/Notice.tsx';
import { PopupSteps } from '../ui/PopupSteps.tsx';
import { ProblemStanding } from '../ui/ProblemStanding.tsx';
import { SignIn } from '../ui/SignIn.tsx';
import { useWords } from '../ui/words.tsx';
import type { SettingsState } from './settings-state.ts';
import { type Tab, Tabs } from './Tabs.tsx';

/** One picture per state. What is handed in asks for itself: `books` and `roles` make up the set-up. */
export function SettingsView({
  state,
  onSignIn,
  onRetry,
  books,
  roles,
  later,
}: {
  state: SettingsState;
  onSignIn: () => void;
  onRetry: () => void;
  books: (settings: Settings) => ReactNode;
  roles: (settings: Settings) => ReactNode;
  /** What an administrator comes back for, once the set-up is done. */
  later: readonly Tab[];
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
        <Standing icon="lock" alert title={t(`problem.${state.problem.code}`)}>
          <p>{t(`problem.${state.problem.code}.next`)}</p>
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
          {settings.books.state === 'connected' || settings.books.state === 'reconnect' ? (
            <Parts settings={settings} books={books} roles={roles} later={later} />
          ) : (
            <div className="setup">{books(settings)}</div>
          )}
        </>
      );
    }
  }
}

/** All parts, the set-up first: it says whether anything is left to do. */
function Parts({
  settings,
  books,
  roles,
  later,
}: Pick<Parameters<typeof SettingsView>[0], 'books' | 'roles' | 'later'> & { settings: Settings }) {
  const { t } = useWords();
  const [open, setOpen] = useState<Tab['key']>('setup');
  const undecided = settings.roles.some(({ decided }) => !decided);
  // once there, the card stays for this visit: it says what became of saving
  const [decides, setDecides] = useState(undecided);
  if (undecided && !decides) setDecides(true);
  const setup = (
    <div className="setup">
      {books(settings)}
      {decides ? (
        roles(settings)
      ) : (
        <section className="card">
          <h2>{t('settings.roles')}</h2>
          <p>{t('setup.decided')}</p>
          <div className="standing-actions">
            <button type="button" className="button-quiet" onClick={() => setOpen('visibility')}>
              {t('setup.open')}
            </button>
          </div>
        </section>
      )}
    </div>
  );
  return <Tabs tabs={[{ key: 'setup', content: setup }, ...later]} open={open} onOpen={setOpen} />;
}
