import { Icon } from '../../ui/Icon.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useWords } from '../../ui/words.tsx';
import { outcomes, type Result } from './decisions.ts';

/** What became of what was decided, each kind of outcome in words, and the way back. */
export function Decided({
  results,
  isUndone,
  isRunning,
  onUndo,
}: {
  results: readonly Result[];
  isUndone: boolean;
  isRunning: boolean;
  onUndo: (() => void) | null;
}) {
  const { t } = useWords();
  const ended = outcomes(results);
  const isDone = ended.some(([outcome]) => outcome === 'changed');
  const others = results
    .filter(({ outcome }) => outcome === 'changed_meanwhile')
    .flatMap(({ now }) => now.by ?? []);
  return (
    <div role="status">
      {ended.length > 0 && (
        <Notice icon={isDone ? 'check' : 'info'}>
          <ul className="mapping-outcomes">
            {ended.map(([outcome, n]) => (
              <li key={outcome}>
                {t(
                  outcome === 'changed' && isUndone ? 'mapping.outcome.undone' : `mapping.outcome.${outcome}`,
                  {
                    n,
                  },
                )}
              </li>
            ))}
            {others.length > 0 && (
              <li>{t('mapping.outcome.by', { who: [...new Set(others)].join(', ') })}</li>
            )}
          </ul>
          {isDone && onUndo && (
            <button
              type="button"
              className="button-quiet"
              aria-disabled={isRunning}
              onClick={isRunning ? undefined : onUndo}
            >
              <Icon name="undo" />
              {t('save.undo')}
            </button>
          )}
        </Notice>
      )}
    </div>
  );
}
