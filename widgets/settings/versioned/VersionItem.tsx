import { type ReactNode, useState } from 'react';
import { useWords } from '../../ui/words.tsx';

/** One version in a list of them: who saved it, when, what it changed, and the way back to it. */
export function VersionItem({
  version: { version, at, by },
  changed,
  wouldChange,
  isInForce,
  running,
  onPutBack,
}: {
  version: { readonly version: number; readonly at: string; readonly by: { readonly name: string } };
  /** What it changed; `null` when the one before it is not kept. */
  changed: ReactNode;
  /** What putting it back would change now; drawn only when somebody asks. */
  wouldChange: () => ReactNode;
  isInForce: boolean;
  running: boolean;
  onPutBack: () => void;
}) {
  const { t, formats } = useWords();
  const [asking, ask] = useState(false);
  const putBack = (): void => {
    if (running) return;
    ask(false);
    onPutBack();
  };
  return (
    <li className="version">
      <h3>
        {t('history.version', { version })}
        {isInForce && <span className="chip chip-small tone-good">{t('history.in_force')}</span>}
        <span className="small version-by">
          {t('history.by', { name: by.name, time: formats.clock(new Date(at), new Date()) })}
        </span>
      </h3>
      {changed ?? <p className="small">{t('history.first')}</p>}
      {!isInForce && !asking && (
        <button type="button" className="button-quiet" onClick={() => ask(true)}>
          {t('history.put_back')}
        </button>
      )}
      {!isInForce && asking && (
        <div className="put-back">
          <p>{t('history.would_change', { version })}</p>
          {wouldChange()}
          <div className="standing-actions">
            <button type="button" className="button" aria-disabled={running} onClick={putBack}>
              {t('history.put_back.do', { version })}
            </button>
            <button type="button" className="button-quiet" onClick={() => ask(false)}>
              {t('cancel')}
            </button>
          </div>
        </div>
      )}
    </li>
  );
}
