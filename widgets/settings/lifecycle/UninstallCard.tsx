import { type FormEvent, useId, useState } from 'react';
import type { Lifecycle, Uninstall } from '../../../server/contract/lifecycle.ts';
import { useWords } from '../../ui/words.tsx';
import { CertificateAddress } from './CertificateAddress.tsx';

/** What uninstalling does and when, and the name to type before it does. */
export function UninstallCard({
  view: { state, crm, graceDays, erasure },
  running,
  onUninstall,
}: {
  view: Lifecycle;
  running: boolean;
  onUninstall: (confirm: string, erase: Uninstall['erase']) => void;
}) {
  const { t } = useWords();
  const id = useId();
  const gone = state === 'uninstalling';
  const [erase, choose] = useState<Uninstall['erase']>(gone ? 'now' : 'later');
  const [typed, type] = useState('');
  const [refused, refuse] = useState(false);
  const fits = typed.normalize('NFKC').trim().replaceAll(/\s+/g, ' ') === crm.organisation;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    refuse(!fits);
    if (fits && !running) onUninstall(typed, erase);
  };
  return (
    <section className="card life-end">
      <h2>{t(gone ? 'lifecycle.erase_now' : 'lifecycle.uninstall')}</h2>
      {!gone && <p>{t('lifecycle.uninstall.at_once')}</p>}
      <p>{t('lifecycle.uninstall.what')}</p>
      {!gone && <p>{t('lifecycle.uninstall.books')}</p>}
      {erasure && <CertificateAddress address={erasure.certificate} />}
      <form onSubmit={submit}>
        {!gone && (
          <fieldset className="choices">
            <legend>{t('lifecycle.uninstall.when')}</legend>
            {(['later', 'now'] as const).map((when) => (
              <label key={when} className="choice">
                <input
                  type="radio"
                  name="erase"
                  value={when}
                  checked={erase === when}
                  onChange={() => choose(when)}
                />
                <span>{t(`lifecycle.uninstall.${when}`, { days: graceDays })}</span>
              </label>
            ))}
          </fieldset>
        )}
        <label htmlFor={id}>{t('lifecycle.uninstall.confirm', { name: crm.organisation })}</label>
        <input
          id={id}
          className="life-typed"
          autoComplete="off"
          spellCheck={false}
          dir="auto"
          value={typed}
          aria-invalid={refused}
          aria-describedby={refused ? `${id}-fault` : undefined}
          onChange={({ target }) => {
            type(target.value);
            refuse(false);
          }}
        />
        <p id={`${id}-fault`} role="alert" className={refused ? 'fault' : 'unseen'}>
          {refused ? t('lifecycle.uninstall.mismatch', { name: crm.organisation }) : ''}
        </p>
        <div className="standing-actions">
          <button type="submit" className="button life-danger" aria-disabled={running}>
            {t(gone ? 'lifecycle.erase_now' : 'lifecycle.uninstall.do')}
          </button>
        </div>
      </form>
    </section>
  );
}
