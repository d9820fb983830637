import type { ProblemTextCode } from '../../ui/ProblemStanding.tsx';
import { useWords } from '../../ui/words.tsx';
import { SaveBar } from '../versioned/SaveBar.tsx';
import { DefinitionChanges } from './DefinitionChanges.tsx';
import { changedParts } from './typed.ts';
import type { DefinitionsDraft } from './use-definitions-draft.ts';

/** The save bar of the definitions. */
export function SaveDefinitions({
  draft: { base, typed, unsaved, discard },
  version,
  currency,
  faulty,
  saving: { state, problem },
  onSave,
  onUndo,
  onContinue,
}: {
  draft: DefinitionsDraft;
  version: number;
  currency: string;
  /** Something in it cannot be saved as it is. */
  faulty: boolean;
  saving: { readonly state: 'no' | 'running' | 'done'; readonly problem: ProblemTextCode | null };
  onSave: () => void;
  /** Absent when there is nothing to take back. */
  onUndo: (() => void) | null;
  /** Saves first what is not saved. */
  onContinue: (() => void) | undefined;
}) {
  const { t } = useWords();
  const running = state === 'running';
  const stopped = running || (unsaved && faulty);
  const goingOn = unsaved ? t('definitions.save_and_continue') : t('setup.continue');
  return (
    <SaveBar
      changes={{
        count: changedParts(base.typed, typed).length,
        list: () => <DefinitionChanges before={base.typed} after={typed} currency={currency} />,
      }}
      unsaved={unsaved}
      act={
        unsaved || onContinue
          ? { text: onContinue ? goingOn : t('save.do'), stopped, onAct: onContinue ?? onSave }
          : null
      }
      running={running}
      done={state === 'done' && !unsaved ? version : null}
      problem={problem}
      fault={unsaved && faulty ? t('definitions.faulty') : null}
      onDiscard={discard}
      onUndo={onUndo}
    />
  );
}
