import type { PolicyDocument, PolicyHistory, PolicyView } from '../../../server/contract/policy.ts';
import type { ProblemTextCode } from '../../ui/ProblemStanding.tsx';
import { useWords } from '../../ui/words.tsx';
import { VersionItem } from '../versioned/VersionItem.tsx';
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
  const names = policyNames(t, inForce);
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
        {versions.map((version, at) => {
          const before = versions[at + 1]?.document ?? (version.version === 1 ? UNDECIDED : null);
          const since = (from: PolicyDocument) => (
            <ChangeList diff={policyDiff(from, version.document, inForce)} names={names} />
          );
          return (
            <VersionItem
              key={version.version}
              version={version}
              changed={before && since(before)}
              wouldChange={() => since(inForce.document)}
              isInForce={version.version === inForce.version}
              running={puttingBack.running}
              onPutBack={() => onPutBack(version)}
            />
          );
        })}
      </ol>
    </section>
  );
}
