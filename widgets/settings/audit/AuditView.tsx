import type { AuditEntry } from '../../../server/contract/audit.ts';
import type { ProblemTextCode } from '../../ui/ProblemStanding.tsx';
import { useWords } from '../../ui/words.tsx';
import { outcomeWords, subjectWords } from './audit-words.ts';
import '../../ui/styles/visibility.css';

/** What whoever runs the server calls to check the chain; it is no business of a browser. */
const VERIFY = 'npm run audit:verify';

/** The log, newest first, a page at a time. */
export function AuditView({
  entries,
  people,
  more,
  loading,
  onMore,
  exporting,
  onExport,
  problem,
}: {
  entries: readonly AuditEntry[];
  /** Names by CRM user id, where they are known. */
  people: Readonly<Record<string, string>>;
  more: boolean;
  loading: boolean;
  onMore: () => void;
  exporting: boolean;
  onExport: () => void;
  /** Why the last page or the file did not come. */
  problem: ProblemTextCode | null;
}) {
  const { t } = useWords();
  return (
    <section className="card">
      <h2>{t('audit')}</h2>
      <p>{t('audit.why')}</p>
      <p className="small">
        <Chain />
      </p>
      <div className="standing-actions">
        <button
          type="button"
          className="button-quiet"
          aria-disabled={exporting}
          onClick={exporting ? undefined : onExport}
        >
          {t(exporting ? 'audit.exporting' : 'audit.export')}
        </button>
      </div>
      {problem && (
        <p role="alert" className="fault">
          {t(`problem.${problem}`)}. {t(`problem.${problem}.next`)}
        </p>
      )}
      {entries.length > 0 && <Entries entries={entries} people={people} />}
      <p role="status" className="small">
        {loading ? t('audit.loading') : entries.length === 0 && !problem ? t('audit.none') : ''}
      </p>
      {more && (
        <div className="standing-actions">
          <button
            type="button"
            className="button-quiet"
            aria-disabled={loading}
            onClick={loading ? undefined : onMore}
          >
            {t('audit.older')}
          </button>
        </div>
      )}
    </section>
  );
}

/** The command runs from left to right in every language. */
function Chain() {
  const { t } = useWords();
  const [before, after] = t('audit.chain').split('{command}');
  return (
    <>
      {before}
      <code dir="ltr">{VERIFY}</code>
      {after}
    </>
  );
}

function Entries({
  entries,
  people,
}: {
  entries: readonly AuditEntry[];
  people: Readonly<Record<string, string>>;
}) {
  const { t, formats } = useWords();
  return (
    <table className="audit-list">
      <caption className="unseen">{t('audit')}</caption>
      <thead>
        <tr>
          <th scope="col" className="audit-head">
            {t('audit.sequence')}
          </th>
          <th scope="col" className="audit-head">
            {t('audit.at')}
          </th>
          <th scope="col" className="audit-head">
            {t('audit.action')}
          </th>
          <th scope="col" className="audit-head">
            {t('audit.subject')}
          </th>
          <th scope="col" className="audit-head">
            {t('audit.outcome')}
          </th>
          <th scope="col" className="audit-head">
            {t('audit.who')}
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map(({ sequence, at, action, subject, outcome, times = 1, who }) => (
          <tr key={sequence}>
            <th scope="row" className="audit-number">
              {formats.number(sequence)}
            </th>
            <td>
              <time dateTime={at}>{formats.clock(new Date(at), new Date())}</time>
            </td>
            <td className="audit-action">{t(`audit.action.${action}`)}</td>
            <td>
              <bdi className="audit-code" title={subject}>
                {subjectWords(t, subject)}
              </bdi>
            </td>
            <td>
              <bdi className="audit-code" title={outcome}>
                {outcomeWords(t, outcome)}
              </bdi>
              {times > 1 && ` ×\u2009${formats.number(times)}`}
            </td>
            <td>
              {/* the id stays within reach: names are not unique, and the exported file has ids only */}
              <bdi className="audit-code" title={who}>
                {who === undefined ? t('audit.nobody') : (people[who] ?? who)}
              </bdi>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
