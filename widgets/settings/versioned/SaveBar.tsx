import type { ReactNode, Ref } from 'react';
import type { ProblemTextCode } from '../../ui/ProblemStanding.tsx';
import { useWords } from '../../ui/words.tsx';

/** What would change, said before it is saved; and after it, the way back. */
export function SaveBar({
  ref,
  changes,
  unsaved,
  act,
  running,
  done,
  problem,
  fault,
  onDiscard,
  onUndo,
}: {
  /** Takes the focus when somebody wants to see what they are about to save. */
  ref?: Ref<HTMLDivElement> | undefined;
  /** How many there are, and what they are; drawn only while they are not saved. */
  changes: { readonly count: number; readonly list: () => ReactNode };
  unsaved: boolean;
  /** The one button that goes on; `null` while there is nothing to do. It does nothing while it is stopped. */
  act: { readonly text: string; readonly stopped: boolean; readonly onAct: () => void } | null;
  running: boolean;
  /** The version that is in force since it was saved. */
  done: number | null;
  /** Why the last attempt failed. */
  problem: ProblemTextCode | null;
  /** Why it cannot be saved as it is. */
  fault: string | null;
  onDiscard: () => void;
  /** Absent when there is nothing to take back. */
  onUndo: (() => void) | null;
}) {
  const { t } = useWords();
  const told = act ? '' : t('save.none');
  return (
    <div
      ref={ref}
      tabIndex={ref ? -1 : undefined}
      className={unsaved ? 'save-bar save-bar-unsaved' : 'save-bar'}
    >
      {unsaved && (
        <div
          className="save-bar-changes"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys scroll only what has the focus
          tabIndex={0}
        >
          <h3>{t('save.changes', { n: changes.count })}</h3>
          {changes.list()}
        </div>
      )}
      <div className="standing-actions">
        {act && (
          <button
            type="button"
            className="button"
            aria-disabled={act.stopped}
            onClick={act.stopped ? undefined : act.onAct}
          >
            {running ? t('save.running') : act.text}
          </button>
        )}
        {unsaved && (
          <button type="button" className="button-quiet" onClick={onDiscard}>
            {t('save.discard')}
          </button>
        )}
        <span role="status">{done === null ? told : t('save.done', { version: done })}</span>
        {done !== null && onUndo && (
          <button type="button" className="button-quiet" onClick={onUndo}>
            {t('save.undo')}
          </button>
        )}
        {problem && (
          <span role="alert" className="fault">
            {t(`problem.${problem}`)}. {t(`problem.${problem}.next`)}
          </span>
        )}
        {fault && <span className="fault">{fault}</span>}
      </div>
    </div>
  );
}
