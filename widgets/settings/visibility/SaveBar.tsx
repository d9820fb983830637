import type { Ref } from 'react';
import type { ProblemTextCode } from '../../ui/ProblemStanding.tsx';
import { useWords } from '../../ui/words.tsx';
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

/** What would change, said before it is saved; and after it, the way back. */
export function SaveBar({
  ref,
  diff,
  unsaved,
  faulty,
  names,
  saving,
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
  const running = saving.state === 'running';
  const done = saving.state === 'done' && !unsaved && saving.version !== undefined;
  return (
    <div ref={ref} tabIndex={-1} className={unsaved ? 'save-bar save-bar-unsaved' : 'save-bar'}>
      {unsaved && (
        <div
          className="save-bar-changes"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys scroll only what has the focus
          tabIndex={0}
        >
          <h3>{t('save.changes', { n: sizeOf(diff) })}</h3>
          <ChangeList diff={diff} names={names} />
        </div>
      )}
      <div className="standing-actions">
        {unsaved && (
          <>
            <button
              type="button"
              className="button"
              aria-disabled={running || faulty}
              onClick={running || faulty ? undefined : onSave}
            >
              {t(running ? 'save.running' : 'save.do')}
            </button>
            <button type="button" className="button-quiet" onClick={onDiscard}>
              {t('save.discard')}
            </button>
          </>
        )}
        <span role="status">
          {done ? t('save.done', { version: saving.version ?? 0 }) : unsaved ? '' : t('save.none')}
        </span>
        {done && onUndo && (
          <button type="button" className="button-quiet" onClick={onUndo}>
            {t('save.undo')}
          </button>
        )}
        {saving.problem && (
          <span role="alert" className="fault">
            {t(`problem.${saving.problem}`)}. {t(`problem.${saving.problem}.next`)}
          </span>
        )}
        {faulty && <span className="fault">{t('save.faulty')}</span>}
      </div>
    </div>
  );
}
