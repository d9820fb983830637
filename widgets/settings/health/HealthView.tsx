import type { ReactNode } from 'react';
import type { Health } from '../../../server/contract/health.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Notice } from '../../ui/Notice.tsx';
import type { ProblemTextCode } from '../../ui/ProblemStanding.tsx';
import { useWords } from '../../ui/words.tsx';
import { useOpeningTab } from '../opening-tab.ts';
import { BackfillCard } from './BackfillCard.tsx';
import { CallsCard } from './CallsCard.tsx';
import { DifferencesCard } from './DifferencesCard.tsx';
import { ConnectionCard, FreshnessCard } from './ReadingCards.tsx';
import { TroublesCard } from './TroublesCard.tsx';
import '../../ui/styles/health.css';

const LOOK = {
  well: { icon: 'check', tone: 'health-well' },
  attention: { icon: 'warning', tone: 'health-attention' },
  broken: { icon: 'close', tone: 'health-broken' },
} as const;

/** Reasons that another try may end. */
const TRY_AGAIN: ReadonlySet<Health['verdict']['reason']> = new Set(['trouble', 'silent', 'nobody_follows']);

/** Where in the settings the next step is done. */
const DONE_IN: Readonly<Partial<Record<Health['verdict']['reason'], 'setup' | 'connection'>>> = {
  not_connected: 'setup',
  choose_organisation: 'setup',
  reconnect: 'setup',
  reconnect_to_link: 'setup',
  paused: 'connection',
  disabled: 'connection',
};

interface Acts {
  readonly health: Health;
  /** The last question was not answered; what is shown is older. */
  readonly isStale: boolean;
  readonly retry: { readonly state: 'no' | 'running' | 'done'; readonly problem: ProblemTextCode | null };
  readonly onRetry: () => void;
  readonly diagnosis: { readonly running: boolean; readonly problem: ProblemTextCode | null };
  readonly onDiagnosis: () => void;
  readonly alerts: ReactNode;
  readonly onContinue?: (() => void) | undefined;
}

/** What to know at a glance and the one next step; then all there is to know, and whom to tell. */
export function HealthView({ health, alerts, onContinue, ...acts }: Acts) {
  const { t } = useWords();
  const { connection, follower, freshness, ledger, calls, differences, troubles } = health;
  const now = new Date(health.at);
  return (
    <div className="health">
      <Verdict health={health} {...acts} />
      <div className="health-cards">
        <ConnectionCard connection={connection} follower={follower} now={now} />
        <FreshnessCard freshness={freshness} connection={connection} now={now} />
        {ledger && <BackfillCard ledger={ledger} now={now} />}
        {calls && <CallsCard calls={calls} now={now} />}
        {differences && <DifferencesCard differences={differences} now={now} />}
        <TroublesCard troubles={troubles} now={now} />
      </div>
      {alerts}
      <DiagnosisCard {...acts} />
      {onContinue && (
        <div className="standing-actions">
          <button type="button" className="button" onClick={onContinue}>
            {t('health.continue')}
          </button>
        </div>
      )}
    </div>
  );
}

function Verdict({
  health,
  isStale,
  retry,
  onRetry,
}: Pick<Acts, 'health' | 'isStale' | 'retry' | 'onRetry'>) {
  const { t, formats } = useWords();
  const { verdict, troubles, retryFrom } = health;
  const { icon, tone } = LOOK[verdict.state];
  const now = new Date(health.at);
  const at = (instant: string): string => formats.clock(new Date(instant), now);
  const openTab = useOpeningTab();
  const doneIn = DONE_IN[verdict.reason];
  const mayRetry = TRY_AGAIN.has(verdict.reason) || troubles.some((trouble) => trouble.retry);
  return (
    <section className={`card health-verdict ${tone}`}>
      <div role="status">
        <h2>
          <span className="health-picture">
            <Icon name={icon} />
          </span>
          {t(`health.state.${verdict.state}`)}
        </h2>
        <p>
          {t(`health.reason.${verdict.reason}`)}{' '}
          {verdict.since && t('health.since', { time: at(verdict.since) })}{' '}
          {verdict.until && t('health.until', { time: at(verdict.until) })}
        </p>
        {verdict.cause && <p>{t(`health.cause.${verdict.cause}`)}.</p>}
        <p className="health-next">
          {t(verdict.cause ? `health.cause.${verdict.cause}.next` : `health.reason.${verdict.reason}.next`)}
        </p>
      </div>
      {doneIn && openTab && (
        <div className="standing-actions">
          <button type="button" className="button" onClick={() => openTab(doneIn)}>
            {t(`health.open.${doneIn}`)}
          </button>
        </div>
      )}
      {mayRetry && (
        <div className="standing-actions">
          <button
            type="button"
            className="button"
            aria-disabled={retry.state === 'running' || retryFrom !== null}
            onClick={retry.state === 'running' || retryFrom !== null ? undefined : onRetry}
          >
            <Icon name="refresh" turning={retry.state === 'running'} />
            {t('health.retry')}
          </button>
          <span role="status" className="small">
            {retry.state === 'done' && t('health.retry.asked')}{' '}
            {retryFrom && t('health.retry.from', { time: at(retryFrom) })}
          </span>
          <Fault problem={retry.problem} />
        </div>
      )}
      {isStale ? (
        <Notice tone="warn" icon="clock">
          {t('health.stale', { time: at(health.at) })}
        </Notice>
      ) : (
        <p className="small">{t('health.as_of', { time: at(health.at) })}</p>
      )}
    </section>
  );
}

function DiagnosisCard({ diagnosis, onDiagnosis }: Pick<Acts, 'diagnosis' | 'onDiagnosis'>) {
  const { t } = useWords();
  return (
    <section className="card">
      <h2>{t('health.diagnosis')}</h2>
      <p>{t('health.diagnosis.why')}</p>
      <div className="standing-actions">
        <button
          type="button"
          className="button-quiet"
          aria-disabled={diagnosis.running}
          onClick={diagnosis.running ? undefined : onDiagnosis}
        >
          {t(diagnosis.running ? 'health.diagnosis.preparing' : 'health.diagnosis.download')}
        </button>
        <Fault problem={diagnosis.problem} />
      </div>
    </section>
  );
}

function Fault({ problem }: { problem: ProblemTextCode | null }) {
  const { t } = useWords();
  return problem ? (
    <span role="alert" className="small">
      {t(`problem.${problem}`)}. {t(`problem.${problem}.next`)}
    </span>
  ) : null;
}
