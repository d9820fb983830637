import { type FormEvent, useId, useState } from 'react';
import { MappingMode, type MappingSettings } from '../../../server/contract/mapping.ts';
import type { ProblemTextCode } from '../../ui/ProblemStanding.tsx';
import { useWords } from '../../ui/words.tsx';

export type ModeChosen = Pick<MappingSettings, 'mode' | 'taxField'>;

const FIELD = /^[A-Za-z][A-Za-z0-9_]{0,49}$/;

/** Which kind of record has customers, and where accounts keep their tax number. Nothing changes until it is saved. */
export function ModeChoice({
  settings,
  saving,
  onSave,
}: {
  settings: MappingSettings;
  saving: { readonly state: 'no' | 'running' | 'done'; readonly problem: ProblemTextCode | null };
  onSave: (chosen: ModeChosen) => void;
}) {
  const { t } = useWords();
  const id = useId();
  const [mode, setMode] = useState(settings.mode);
  const [typed, setTyped] = useState(settings.taxField ?? '');
  const field = typed.trim();
  const isFaulty = field !== '' && !FIELD.test(field);
  const isUnsaved = mode !== settings.mode || field !== (settings.taxField ?? '');
  const isRunning = saving.state === 'running';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isRunning && !isFaulty && isUnsaved) onSave({ mode, taxField: field === '' ? null : field });
  };
  return (
    <section className="card">
      <h2>{t('mapping.mode')}</h2>
      <form onSubmit={submit}>
        <fieldset className="choices mapping-modes">
          <legend className="unseen">{t('mapping.mode')}</legend>
          {MappingMode.options.map((one) => (
            <label key={one} className="choice">
              <input
                type="radio"
                name={`${id}-mode`}
                value={one}
                checked={one === mode}
                onChange={() => setMode(one)}
              />
              <span>
                <strong>{t(`mapping.mode.${one}`)}</strong>{' '}
                <span className="small">{t(`mapping.mode.${one}.why`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <label className="field mapping-field" htmlFor={`${id}-tax`}>
          {t('mapping.tax_field')}
          <input
            id={`${id}-tax`}
            dir="ltr"
            autoComplete="off"
            spellCheck={false}
            maxLength={50}
            value={typed}
            aria-invalid={isFaulty}
            aria-describedby={`${id}-why`}
            onChange={({ target }) => setTyped(target.value)}
          />
        </label>
        <p id={`${id}-why`} className={isFaulty ? 'fault' : 'small'}>
          {t(isFaulty ? 'mapping.tax_field.fault' : 'mapping.tax_field.why')}
        </p>
        <div className="standing-actions">
          {(isUnsaved || isRunning) && (
            <button type="submit" className="button" aria-disabled={isRunning || isFaulty}>
              {t(isRunning ? 'save.running' : 'mapping.mode.save')}
            </button>
          )}
          <span role="status" className="small">
            {saving.state === 'done' && !isUnsaved ? t('mapping.mode.saved') : ''}
          </span>
          {saving.problem && (
            <span role="alert" className="fault">
              {t(`problem.${saving.problem}`)}. {t(`problem.${saving.problem}.next`)}
            </span>
          )}
        </div>
      </form>
    </section>
  );
}
