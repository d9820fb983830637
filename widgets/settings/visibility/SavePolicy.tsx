import type { Ref } from 'react';
import type { ProblemTextCode } from '../../ui/ProblemStanding.tsx';
import { useWords } from '../../ui/words.tsx';
import { SaveBar } from '../versioned/SaveBar.tsx';
import { ChangeList } from './ChangeList.tsx';
import { type PolicyDiff, sizeOf } from './policy-diff.ts';
import type { PolicyNames } from './policy-names.ts';

/** How saving stands. */
export interface Saving {
  readonly state: 'no' | 'running' | 'done';
  /** The version that is in force since. */
  readonly version?: number;
  /** Why the last attempt failed. */
  readonly problem: ProblemTextCode | null;
}

/** The save bar of who sees what. */
export function SavePolicy({
  ref,
  diff,
  unsaved,
  faulty,
  names,
  saving: { state, version, problem },
  onSave,
  onDiscard,
  onUndo,
}: {
  /** Takes the focus when somebody wants to see what they are about to save. */
  ref?: Ref<HTMLDivElement>;
  diff: PolicyDiff;
  unsaved: boolean;
  /** Something in it cannot be saved as it is. */
  faulty: boolean;
  names: PolicyNames;
  saving: Saving;
  onSave: () => void;
  onDiscard: () => void;
  /** Absent when there is nothing to take back. */
  onUndo: (() => void) | null;
}) {
  const { t } = useWords();
  const running = state === 'running';
  return (
    <SaveBar
      ref={ref}
      changes={{ count: sizeOf(diff), list: () => <ChangeList diff={diff} names={names} /> }}
      unsaved={unsaved}
      act={unsaved ? { text: t('save.do'), stopped: running || faulty, onAct: onSave } : null}
      running={running}
      done={state === 'done' && !unsaved ? (version ?? null) : null}
      problem={problem}
      fault={faulty ? t('save.faulty') : null}
      onDiscard={onDiscard}
      onUndo={onUndo}
    />
  );
}
