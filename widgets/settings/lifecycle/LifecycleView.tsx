import type {
  BooksOrganisations,
  ChangeState,
  Lifecycle,
  Uninstall,
} from '../../../server/contract/lifecycle.ts';
import type { PopupView } from '../../ui/PopupSteps.tsx';
import type { ProblemTextCode } from '../../ui/ProblemStanding.tsx';
import { useWords } from '../../ui/words.tsx';
import { ConnectionCard } from './ConnectionCard.tsx';
import { HookCard } from './HookCard.tsx';
import { StateCard } from './StateCard.tsx';
import { SwitchCard } from './SwitchCard.tsx';
import { UninstallCard } from './UninstallCard.tsx';
import '../../ui/styles/lifecycle.css';

export interface LifecycleActs {
  readonly onConnect: () => void;
  readonly onChange: (to: ChangeState['to']) => void;
  readonly onLook: () => void;
  readonly onSwitch: (organisationId: string) => void;
  readonly onUninstall: (confirm: string, erase: Uninstall['erase']) => void;
}

/** How the connection stands, and what can become of it. One thing at a time: while something runs, nothing else does. */
export function LifecycleView({
  view,
  lacksPermissions,
  popup,
  running,
  problem,
  organisations,
  wasKept = false,
  onContinue,
  ...acts
}: LifecycleActs & {
  view: Lifecycle;
  lacksPermissions: boolean;
  popup: PopupView;
  running: boolean;
  /** Why the last change was not made. */
  problem: ProblemTextCode | null;
  /** Those the connection opens, once somebody has asked. */
  organisations: BooksOrganisations['organisations'] | undefined;
  /** After uninstalling, just now. */
  wasKept?: boolean;
  onContinue?: () => void;
}) {
  const { t } = useWords();
  const gone = view.state === 'uninstalling';
  // whoever comes later finds it like that too, until Books is connected again
  const isNew = wasKept || view.books?.connection === 'none';
  const hook = view.uninstallHook && (
    <HookCard address={view.uninstallHook} days={view.graceDays} isNew={isNew} />
  );
  return (
    <div className="life" aria-busy={running}>
      <p role="alert" className={problem ? 'fault' : 'unseen'}>
        {problem ? `${t(`problem.${problem}`)}. ${t(`problem.${problem}.next`)}` : ''}
      </p>
      <ConnectionCard
        view={view}
        lacksPermissions={lacksPermissions}
        popup={popup}
        onConnect={acts.onConnect}
      />
      {isNew && hook}
      <StateCard view={view} running={running} onChange={acts.onChange} />
      {!gone && view.books && (
        <SwitchCard
          key={view.books.organisation.id}
          chosen={view.books.organisation.id}
          organisations={organisations}
          running={running}
          onLook={acts.onLook}
          onSwitch={acts.onSwitch}
        />
      )}
      <UninstallCard key={view.state} view={view} running={running} onUninstall={acts.onUninstall} />
      {!isNew && hook}
      {onContinue && (
        <div className="standing-actions">
          <button type="button" className="button" onClick={onContinue}>
            {t('lifecycle.continue')}
          </button>
        </div>
      )}
    </div>
  );
}
