import { type FormEvent, useId, useState } from 'react';
import { AlertKind, type Alerts } from '../../../server/contract/alerts.ts';
import type { SaveAlerts } from '../../../server/contract/save-alerts.ts';
import { Notice } from '../../ui/Notice.tsx';
import type { ProblemTextCode } from '../../ui/ProblemStanding.tsx';
import { useWords } from '../../ui/words.tsx';
import { Deliveries } from './Deliveries.tsx';

type Channel = NonNullable<SaveAlerts['channel']>;

const USUAL_HOURS = 6;
const FEWEST_HOURS = 3;
const MOST_HOURS = 72;

interface Acts {
  readonly alerts: Alerts;
  readonly onSave: (channel: Channel | null) => void;
  readonly onTest: () => void;
  readonly saving: 'no' | 'running' | 'done';
  readonly testing: boolean;
  /** To sign with; shown until the page is left. */
  readonly secret: string | null;
  /** Why the last change or test was not done. */
  readonly problem: ProblemTextCode | null;
}

/** Whom to tell when something is wrong, and what was told lately. */
export function AlertsCard(acts: Acts) {
  const { alerts, secret, problem, saving } = acts;
  const { t } = useWords();
  const { channel } = alerts;
  return (
    <section className="card">
      <h2>{t('health.alerts')}</h2>
      <p>{t('health.alerts.why')}</p>
      <p>
        {channel === null
          ? t('health.alerts.none')
          : channel.host === null
            ? t('health.alerts.lost')
            : t('health.alerts.host', { host: channel.host })}
      </p>
      {/* another version is another form: what somebody else saved is what this one starts from */}
      <Form key={alerts.version} {...acts} />
      {secret && <Secret secret={secret} />}
      <p role="status" className="small">
        {saving === 'done' ? t(channel ? 'health.alerts.saved' : 'health.alerts.removed') : ''}
      </p>
      {problem && (
        <p role="alert" className="fault">
          {t(`problem.${problem}`)}. {t(`problem.${problem}.next`)}
        </p>
      )}
      <Deliveries deliveries={alerts.deliveries} />
    </section>
  );
}

function Form({ alerts: { channel }, onSave, onTest, saving, testing }: Acts) {
  const { t } = useWords();
  const id = useId();
  const [url, setUrl] = useState('');
  const [kinds, setKinds] = useState<readonly AlertKind[]>(channel?.kinds ?? AlertKind.options);
  const [hours, setHours] = useState(String(channel?.silentHours ?? USUAL_HOURS));
  const isBusy = saving === 'running' || testing;
  const changed = (more: Partial<Channel> = {}): Channel => ({
    ...(url.trim() === '' ? {} : { url: url.trim() }),
    kinds: [...kinds],
    silentHours: Number(hours),
    ...more,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isBusy && kinds.length > 0) onSave(changed());
  };
  const act = (work: () => void) => (isBusy ? undefined : work);
  return (
    <form onSubmit={submit}>
      <label className="field health-address">
        {t(channel ? 'health.alerts.address.other' : 'health.alerts.address')}
        <input
          type="url"
          dir="ltr"
          value={url}
          required={channel === null}
          placeholder="https://"
          pattern="https://.*"
          onChange={({ target }) => setUrl(target.value)}
        />
      </label>
      <fieldset className="choices">
        <legend>{t('health.alerts.kinds')}</legend>
        {AlertKind.options.map((kind) => (
          <label key={kind} className="choice">
            <input
              type="checkbox"
              checked={kinds.includes(kind)}
              onChange={({ target }) =>
                setKinds(target.checked ? [...kinds, kind] : kinds.filter((other) => other !== kind))
              }
            />
            <span>{t(`health.alert.${kind}`)}</span>
          </label>
        ))}
      </fieldset>
      <label className="field health-hours" htmlFor={id}>
        {t('health.alerts.hours')}
        <input
          id={id}
          type="number"
          min={FEWEST_HOURS}
          max={MOST_HOURS}
          step={1}
          required
          value={hours}
          onChange={({ target }) => setHours(target.value)}
        />
      </label>
      <div className="standing-actions">
        <button type="submit" className="button" aria-disabled={isBusy || kinds.length === 0}>
          {t(saving === 'running' ? 'health.alerts.saving' : 'health.alerts.save')}
        </button>
        {kinds.length === 0 && <span className="small">{t('health.alerts.some')}</span>}
        {channel && (
          <>
            <button type="button" className="button-quiet" aria-disabled={isBusy} onClick={act(onTest)}>
              {t(testing ? 'health.alerts.testing' : 'health.alerts.test')}
            </button>
            <button
              type="button"
              className="button-quiet"
              aria-disabled={isBusy}
              onClick={act(() => onSave({ ...channelNow(channel), newSecret: true }))}
            >
              {t('health.alerts.new_secret')}
            </button>
            <button
              type="button"
              className="button-quiet"
              aria-disabled={isBusy}
              onClick={act(() => onSave(null))}
            >
              {t('health.alerts.remove')}
            </button>
          </>
        )}
      </div>
    </form>
  );
}

/** As it is saved: another secret is no reason to save what somebody is still typing. */
const channelNow = ({ kinds, silentHours }: NonNullable<Alerts['channel']>): Channel => ({
  kinds: [...kinds],
  silentHours,
});

function Secret({ secret }: { secret: string }) {
  const { t } = useWords();
  return (
    <Notice tone="warn" icon="lock">
      <label className="field health-address">
        {t('health.alerts.secret')}
        {/* picked as a whole, because a widget may not write to the clipboard everywhere */}
        <input readOnly dir="ltr" value={secret} onFocus={({ target }) => target.select()} />
      </label>
      <p className="small">{t('health.alerts.secret.how')}</p>
    </Notice>
  );
}
