import type { ProblemTextCode } from '../../ui/ProblemStanding.tsx';
import { useWords } from '../../ui/words.tsx';
import { DefinitionChanges } from './DefinitionChanges.tsx';
import { changedParts } from './typed.ts';
import type { DefinitionsDraft } from './use-definitions-draft.ts';

/** What would change, said before it is saved; and after it, the way back. */
export function SaveDefinitions({
  draft: { base, typed, unsaved, discard },
  version,
  currency,
  faulty,
  saving,
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
  const running = saving.state === 'running';
  const done = saving.state === 'done' && !unsaved;
  const stopped = running || (unsaved && faulty);
  const act = onContinue ?? onSave;
  return (
    <div className={unsaved ? 'save-bar save-bar-unsaved' : 'save-bar'}>
      {unsaved && (
        <div
          className="save-bar-changes"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys scroll only what has the focus
          tabIndex={0}
        >
          <h3>{t('save.changes', { n: changedParts(base.typed, typed).length })}</h3>
          <DefinitionChanges before={base.typed} after={typed} currency={currency} />
        </div>
      )}
      <div className="standing-actions">
        {(unsaved || onContinue) && (
          <button
            type="button"
            className="button"
            aria-disabled={stopped}
            onClick={stopped ? undefined : act}
          >
            {t(
              running
                ? 'save.running'
                : !onContinue
                  ? 'save.do'
                  : unsaved
                    ? 'definitions.save_and_continue'
                    : 'setup.continue',
            )}
          </button>
        )}
        {unsaved && (
          <button type="button" className="button-quiet" onClick={discard}>
            {t('save.discard')}
          </button>
        )}
        <span role="status">
          {done ? t('save.done', { version }) : unsaved || onContinue ? '' : t('save.none')}
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
        {unsaved && faulty && <span className="fault">{t('definitions.faulty')}</span>}
      </div>
    </div>
  );
}
