import { type ReactNode, useState } from 'react';
import type { Setup } from '../../server/contract/setup.ts';
import { Standing } from '../ui/Notice.tsx';
import { PopupSteps } from '../ui/PopupSteps.tsx';
import { ProblemStanding } from '../ui/ProblemStanding.tsx';
import { SignIn } from '../ui/SignIn.tsx';
import { useWords } from '../ui/words.tsx';
import type { SettingsState } from './settings-state.ts';
import { HandOff } from './setup/HandOff.tsx';
import { type Tab, Tabs } from './Tabs.tsx';

interface Parts {
  /** The set-up step by step; `onLeave` where there are settings to go back to. */
  readonly wizard: (setup: Setup, onLeave?: () => void) => ReactNode;
  /** What was set up. */
  readonly summary: (
    setup: Setup,
    ways: { onOpenWizard: () => void; onOpenVisibility: () => void },
  ) => ReactNode;
  /** What an administrator comes back for, once the set-up is done. */
  readonly later: readonly Tab[];
}

/** One picture per state. What is handed in asks for itself. */
export function SettingsView({
  state,
  onSignIn,
  onRetry,
  ...parts
}: Parts & { state: SettingsState; onSignIn: () => void; onRetry: () => void }) {
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
      return (
        <>
          <SignIn why={state.why} screen="settings" popup={state.popup} onOpen={onSignIn} />
          {state.popup.code === 'sign_in.not_administrator' && <HandOff />}
        </>
      );
    case 'not_administrator':
      return (
        <>
          <Standing icon="lock" alert title={t(`problem.${state.problem.code}`)}>
            <p>{t(`problem.${state.problem.code}.next`)}</p>
            <PopupSteps popup={state.popup} label={t('sign_in')} onOpen={onSignIn} />
          </Standing>
          {state.problem.code === 'settings.not_administrator' && <HandOff />}
        </>
      );
    case 'problem':
      return <ProblemStanding problem={state.problem} onRetry={onRetry} />;
    case 'settings': {
      const { setup } = state;
      return (
        <>
          <h1>{t('settings.title')}</h1>
          <p className="settings-lead">
            {t('settings.lead', { organisation: setup.crm.organisation, name: setup.administrator.name })}
          </p>
          <WizardOrTabs setup={setup} {...parts} />
        </>
      );
    }
  }
}

/** The steps until they are done, and whenever somebody wants them again. */
function WizardOrTabs({ setup, wizard, summary, later }: Parts & { setup: Setup }) {
  const [again, setAgain] = useState(false);
  const [open, setOpen] = useState<Tab['key']>('setup');
  if (setup.finishedAt === null) return wizard(setup);
  if (again) return wizard(setup, () => setAgain(false));
  const content = summary(setup, {
    onOpenWizard: () => setAgain(true),
    onOpenVisibility: () => setOpen('visibility'),
  });
  return <Tabs tabs={[{ key: 'setup', content }, ...later]} open={open} onOpen={setOpen} />;
}
