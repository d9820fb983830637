import { useState } from 'react';
import type { PolicyDocument, PolicyHistory, PolicyView } from '../../../server/contract/policy.ts';
import type { ProblemTextCode } from '../../ui/ProblemStanding.tsx';
import { useWords } from '../../ui/words.tsx';
import { ChangeList } from '../visibility/ChangeList.tsx';
import { policyDiff } from '../visibility/policy-diff.ts';
import { policyNames } from '../visibility/policy-names.ts';
import '../../ui/styles/visibility.css';

type Version = PolicyHistory['versions'][number];

/** What holds until somebody has decided: everybody sees the least. */
const UNDECIDED: PolicyDocument = { rules: [], bands: {}, cascadeFromBooks: true };

/** Every version with who saved it, when, and what it changed; any of them can be put back. */
export function HistoryView({
  versions,
  inForce,
  onPutBack,
  puttingBack,
}: {
  versions: readonly Version[];
  inForce: PolicyView;
  onPutBack: (version: Version) => void;
  puttingBack: {
    readonly running: boolean;
    readonly done: number | null;
    readonly problem: ProblemTextCode | null;
  };
}) {
  const { t } = useWords();
  return (
    <section className="card">
      <h2>{t('tab.history')}</h2>
      <p>{t('history.why')}</p>
      <p role="status" className="small">
        {puttingBack.done === null ? '' : t('history.put_back.done', { version: puttingBack.done })}
      </p>
      {puttingBack.problem && (
        <p role="alert" className="fault">
          {t(`problem.${puttingBack.problem}`)}. {t(`problem.${puttingBack.problem}.next`)}
        </p>
      )}
      {versions.length === 0 && <p className="small">{t('history.none')}</p>}
      <ol className="versions">
        {versions.map((version, at) => (
          <OneVersion
            key={version.version}
            version={version}
            before={versions[at + 1]?.document ?? (version.version === 1 ? UNDECIDED : undefined)}
            inForce={inForce}
            running={puttingBack.running}
            onPutBack={() => onPutBack(version)}
          />
        ))}
      </ol>
    </section>
  );
}

function OneVersion({
  version,
  before,
  inForce,
  running,
  onPutBack,
}: {
  version: Version;
  /** What held before it; absent when that is not kept. */
  before: PolicyDocument | undefined;
  inForce: PolicyView;
  running: boolean;
  onPutBack: () => void;
}) {
  const { t, formats } = useWords();
  const [asking, ask] = useState(false);
  const names = policyNames(t, inForce);
  const isInForce = version.version === inForce.version;
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
        <ChangeList diff={policyDiff(before, version.document, inForce)} names={names} />
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
          <ChangeList diff={policyDiff(inForce.document, version.document, inForce)} names={names} />
          <div className="standing-actions">
            <button
              type="button"
              className="button"
              aria-disabled={running}
              onClick={
                running
                  ? undefined
                  : () => {
                      ask(false);
                      onPutBack();
                    }
              }
            >
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
