import { useState } from 'react';
import type { DefinitionsHistory, DefinitionsView } from '../../../server/contract/definitions.ts';
import { useWords } from '../../ui/words.tsx';
import { DefinitionChanges } from './DefinitionChanges.tsx';
import { type Typed, typedOf } from './typed.ts';

type Version = DefinitionsHistory['versions'][number];

/** Every version with who saved it, when, and what it changed; any of them can be put back. */
export function Versions({
  versions,
  inForce,
  running,
  onPutBack,
}: {
  versions: readonly Version[];
  inForce: DefinitionsView;
  running: boolean;
  onPutBack: (version: Version) => void;
}) {
  const { t } = useWords();
  const { baseCurrency: currency } = inForce;
  const typed = ({ document }: Pick<Version, 'document'>): Typed => typedOf(document, currency);
  return (
    <details className="card">
      <summary>{t('definitions.versions', { n: versions.length })}</summary>
      <ol className="versions">
        {versions.map((version, at) => {
          const before = versions[at + 1] ?? (version.version === 1 ? { document: inForce.usual } : null);
          return (
            <OneVersion
              key={version.version}
              version={version}
              before={before && typed(before)}
              typed={typed(version)}
              now={typed(inForce)}
              isInForce={version.version === inForce.version}
              currency={currency}
              running={running}
              onPutBack={() => onPutBack(version)}
            />
          );
        })}
      </ol>
    </details>
  );
}

function OneVersion({
  version,
  before,
  typed,
  now,
  isInForce,
  currency,
  running,
  onPutBack,
}: {
  version: Version;
  /** What held before it; `null` when that is not kept. */
  before: Typed | null;
  typed: Typed;
  now: Typed;
  isInForce: boolean;
  currency: string;
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
        {t('history.version', { version: version.version })}
        {isInForce && <span className="chip chip-small tone-good">{t('history.in_force')}</span>}
        <span className="small version-by">
          {t('history.by', {
            name: version.by.name,
            time: formats.clock(new Date(version.at), new Date()),
          })}
        </span>
      </h3>
      {before ? (
        <DefinitionChanges before={before} after={typed} currency={currency} />
      ) : (
        <p className="small">{t('history.first')}</p>
      )}
      {!isInForce && !asking && (
        <button type="button" className="button-quiet" onClick={() => ask(true)}>
          {t('history.put_back')}
        </button>
      )}
      {!isInForce && asking && (
        <div className="put-back">
          <p>{t('history.would_change', { version: version.version })}</p>
          <DefinitionChanges before={now} after={typed} currency={currency} />
          <div className="standing-actions">
            <button type="button" className="button" aria-disabled={running} onClick={putBack}>
              {t('history.put_back.do', { version: version.version })}
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
