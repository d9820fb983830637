import type { MappingGroup, MappingReport } from '../../../server/contract/mapping.ts';
import { Notice } from '../../ui/Notice.tsx';
import type { ProblemTextCode } from '../../ui/ProblemStanding.tsx';
import { Reference } from '../../ui/Reference.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { useWords } from '../../ui/words.tsx';
import { Decided } from './Decided.tsx';
import { type Change, isAllRead, type Result } from './decisions.ts';
import { GroupTable } from './GroupTable.tsx';
import { ModeChoice, type ModeChosen } from './ModeChoice.tsx';
import { Standings } from './Standings.tsx';
import '../../ui/styles/visibility.css';
import '../../ui/styles/mapping.css';

const GROUPS: readonly MappingGroup[] = ['suggested', 'broken', 'waiting', 'unlinked', 'linked'];

export interface MappingViewProps {
  readonly report: MappingReport;
  readonly group: MappingGroup;
  readonly search: string;
  /** What is shown is still the page before. */
  readonly isStale: boolean;
  readonly onGroup: (group: MappingGroup) => void;
  readonly onSearch: (text: string) => void;
  readonly onPage: (page: number) => void;
  readonly onAgain: () => void;
  readonly isReadingAgain: boolean;
  readonly onDecide: (changes: readonly Change[]) => void;
  readonly isDeciding: boolean;
  /** What became of the last decisions. */
  readonly results: readonly Result[];
  /** Absent where there is nothing to take back. */
  readonly onUndo: (() => void) | null;
  readonly isUndone: boolean;
  /** Why the last question or change failed. */
  readonly problem: { readonly code: ProblemTextCode; readonly requestId: string | null } | null;
  readonly saving: { readonly state: 'no' | 'running' | 'done'; readonly problem: ProblemTextCode | null };
  readonly onSave: (settings: ModeChosen) => void;
  readonly onContinue: (() => void) | undefined;
}

/** Groups of records with counts, what is known of each record, and what can be decided about it. */
export function MappingView(view: MappingViewProps) {
  const { t } = useWords();
  const { report, group, problem, onContinue } = view;
  const isKnown = isAllRead(report.standing);
  // nothing waits once everything is read, and nothing is unlinked for certain before
  const groups = GROUPS.filter(
    (one) => one === group || report.counts[one] > 0 || one !== (isKnown ? 'waiting' : 'unlinked'),
  );
  return (
    <div className="mapping">
      <ModeChoice
        key={report.settings.version}
        settings={report.settings}
        saving={view.saving}
        onSave={view.onSave}
      />
      <section className="card">
        <h2>{t('mapping')}</h2>
        <p>{t('mapping.why')}</p>
        <Standings
          standing={report.standing}
          mode={report.settings.mode}
          onAgain={view.onAgain}
          isReadingAgain={view.isReadingAgain}
        />
        <fieldset className="mapping-groups">
          <legend className="unseen">{t('mapping.groups')}</legend>
          {groups.map((one) => (
            <label
              key={one}
              className={`mapping-group${one === 'broken' && report.counts.broken > 0 ? ' mapping-group-broken' : ''}`}
            >
              <input
                type="radio"
                name="mapping-group"
                value={one}
                checked={one === group}
                onChange={() => view.onGroup(one)}
              />
              <span className="mapping-group-name">{t(`mapping.group.${one}`)}</span>
              <Count n={report.counts[one]} />
            </label>
          ))}
        </fieldset>
        <p className="small">{t(`mapping.group.${group}.why`)}</p>
        <SearchField
          label={t('mapping.search')}
          value={view.search}
          place="mapping-search"
          onType={view.onSearch}
        />
        {problem && (
          <div role="alert">
            <Notice tone="bad" icon="warning" title={t(`problem.${problem.code}`)}>
              {t(`problem.${problem.code}.next`)}
              <Reference requestId={problem.requestId} />
            </Notice>
          </div>
        )}
        <Decided
          results={view.results}
          isUndone={view.isUndone}
          isRunning={view.isDeciding}
          onUndo={view.onUndo}
        />
        <GroupTable key={`${report.group} ${report.page}`} {...view} />
      </section>
      {onContinue && (
        <div className="standing-actions">
          <button type="button" className="button" onClick={onContinue}>
            {t('setup.continue')}
          </button>
          <span className="small">{t(isKnown ? 'mapping.later' : 'mapping.later.reading')}</span>
        </div>
      )}
    </div>
  );
}

function Count({ n }: { n: number }) {
  const { formats } = useWords();
  return <span className="mapping-count">{formats.number(n)}</span>;
}
