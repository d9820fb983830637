import type { DefinitionsHistory, DefinitionsView } from '../../../server/contract/definitions.ts';
import { useWords } from '../../ui/words.tsx';
import { VersionItem } from '../versioned/VersionItem.tsx';
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
          const after = typed(version);
          return (
            <VersionItem
              key={version.version}
              version={version}
              changed={
                before && <DefinitionChanges before={typed(before)} after={after} currency={currency} />
              }
              wouldChange={() => (
                <DefinitionChanges before={typed(inForce)} after={after} currency={currency} />
              )}
              isInForce={version.version === inForce.version}
              running={running}
              onPutBack={() => onPutBack(version)}
            />
          );
        })}
      </ol>
    </details>
  );
}
