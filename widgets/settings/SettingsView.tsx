import { type ReactNode, useState } from 'react';
import type { Setup } from '../../server/contract/setup.ts';
import { Notice, Standing } from '../ui/Notice.tsx';
import { PopupSteps } from '../ui/PopupSteps.tsx';
import { ProblemStanding } from '../ui/ProblemStanding.tsx';
import { SignIn } from '../ui/SignIn.tsx';
import { useWords } from '../ui/words.tsx';
import { UninstalledView } from './lifecycle/UninstalledView.tsx';
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
  const isOpen = state.state === 'settings';
  const setup = isOpen ? state.setup : state.state === 'sign_in' ? state.kept : undefined;
  return (
    <>
      {!isOpen && <Before state={state} onSignIn={onSignIn} onRetry={onRetry} />}
      {/* out of sight while somebody signs in again, and not taken away: there may be edits in it */}
      {setup && (
        <div hidden={!isOpen}>
          <h1>{t('settings.title')}</h1>
          <p className="settings-lead">
            {t('settings.lead', { organisation: setup.crm.organisation, name: setup.administrator.name })}
          </p>
          <WizardOrTabs setup={setup} eraseAt={isOpen ? state.eraseAt : undefined} {...parts} />
        </div>
      )}
    </>
  );
}

/** What stands where the settings would be. */
function Before({
  state,
  onSignIn,
  onRetry,
}: {
  state: Exclude<SettingsState, { state: 'settings' }>;
  onSignIn: () => void;
  onRetry: () => void;
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
      return (
        <>
          <SignIn why={state.why} screen="settings" popup={state.popup} onOpen={onSignIn} />
          {state.kept && <p className="small settings-kept">{t('settings.kept')}</p>}
          {state.popup.code === 'sign_in.not_administrator' && <HandOff />}
        </>
      );
    case 'uninstalled':
      return <UninstalledView uninstalled={state.uninstalled} popup={state.popup} onSignIn={onSignIn} />;
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
  }
}

/** The steps until they are done, and whenever somebody wants them again. */
function WizardOrTabs({
  setup,
  eraseAt,
  wizard,
  summary,
  later,
}: Parts & { setup: Setup; eraseAt: string | undefined }) {
  const [again, setAgain] = useState(false);
  const [open, setOpen] = useState<Tab['key']>('setup');
  const ending = eraseAt !== undefined;
  // while it is being uninstalled nothing can be set up, and what keeps it is in a tab
  if (setup.finishedAt === null && !ending) return wizard(setup);
  if (again && !ending) return wizard(setup, () => setAgain(false));
  const content = summary(setup, {
    onOpenWizard: () => setAgain(true),
    onOpenVisibility: () => setOpen('visibility'),
  });
  return (
    <>
      {ending && <Ending eraseAt={eraseAt} onOpen={() => setOpen('connection')} />}
      <Tabs tabs={[{ key: 'setup', content }, ...later]} open={open} onOpen={setOpen} />
    </>
  );
}

/** Whatever part is open: what happens when, and what can still be done about it. */
function Ending({ eraseAt, onOpen }: { eraseAt: string; onOpen: () => void }) {
  const { t, formats } = useWords();
  return (
    <Notice tone="bad" icon="warning" title={t('lifecycle.ending')}>
      {t('lifecycle.ending.next', { time: formats.clock(new Date(eraseAt), new Date()) })}
      <div className="standing-actions">
        <button type="button" className="button-quiet" onClick={onOpen}>
          {t('health.open.connection')}
        </button>
      </div>
    </Notice>
  );
}
