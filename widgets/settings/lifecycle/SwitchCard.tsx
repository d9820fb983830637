import { type FormEvent, useState } from 'react';
import type { BooksOrganisations } from '../../../server/contract/lifecycle.ts';
import { useWords } from '../../ui/words.tsx';

/** Another Books organisation instead of the chosen one. */
export function SwitchCard({
  chosen,
  organisations,
  running,
  onLook,
  onSwitch,
}: {
  chosen: string;
  organisations: BooksOrganisations['organisations'] | undefined;
  running: boolean;
  onLook: () => void;
  onSwitch: (organisationId: string) => void;
}) {
  const { t } = useWords();
  const others = organisations?.filter(({ id }) => id !== chosen);
  return (
    <section className="card">
      <h2>{t('lifecycle.switch')}</h2>
      <p>{t('lifecycle.switch.why')}</p>
      {others === undefined && (
        <div className="standing-actions">
          <button type="button" className="button-quiet" onClick={onLook}>
            {t('lifecycle.switch.look')}
          </button>
        </div>
      )}
      {others?.length === 0 && <p role="status">{t('lifecycle.switch.only')}</p>}
      {others && others.length > 0 && <Choice others={others} running={running} onSwitch={onSwitch} />}
    </section>
  );
}

function Choice({
  others,
  running,
  onSwitch,
}: {
  others: BooksOrganisations['organisations'];
  running: boolean;
  onSwitch: (organisationId: string) => void;
}) {
  const { t } = useWords();
  const [picked, pick] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!running && picked !== '') onSwitch(picked);
  };
  return (
    <form onSubmit={submit}>
      <fieldset className="choices">
        <legend>{t('lifecycle.switch.which')}</legend>
        {others.map(({ id, name, currency, timeZone }) => (
          <label key={id} className="choice">
            <input
              type="radio"
              name="switch-to"
              value={id}
              required
              checked={picked === id}
              onChange={() => pick(id)}
            />
            <span>{t('settings.books.organisation', { name, currency, zone: timeZone })}</span>
          </label>
        ))}
      </fieldset>
      <div className="standing-actions">
        <button type="submit" className="button-quiet" aria-disabled={running}>
          {t('lifecycle.switch.do')}
        </button>
      </div>
    </form>
  );
}
