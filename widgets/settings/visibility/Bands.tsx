import { type FormEvent, useId, useState } from 'react';
import { Icon } from '../../ui/Icon.tsx';
import { useWords } from '../../ui/words.tsx';
import { bandsOf, edgesTyped, faultOf } from './band-edges.ts';

interface Shown {
  readonly bands: Readonly<Record<string, readonly string[]>>;
  /** `null` goes back to the built-in ranges. */
  readonly onChange: (currency: string, edges: readonly string[] | null) => void;
}

/** Where a new list starts; the built-in one is longer. */
const USUAL_EDGES = ['1000', '10000', '50000', '100000', '500000', '1000000'];

/** The ranges in which amounts are told, by currency. */
export function Bands({ bands, onChange }: Shown) {
  const { t } = useWords();
  const [currency, setCurrency] = useState('');
  const [refused, setRefused] = useState<'no_currency' | 'exists' | null>(null);
  const field = useId();
  const add = (event: FormEvent): void => {
    event.preventDefault();
    const code = currency.trim().toUpperCase();
    const isCode = /^[A-Z]{3}$/.test(code);
    setRefused(!isCode ? 'no_currency' : code in bands ? 'exists' : null);
    if (!isCode || code in bands) return;
    onChange(code, USUAL_EDGES);
    setCurrency('');
  };
  return (
    <section className="card">
      <h2>{t('bands')}</h2>
      <p className="small">{t('bands.why')}</p>
      {Object.entries(bands).map(([code, edges]) => (
        <OneCurrency key={code} currency={code} edges={edges} onChange={onChange} />
      ))}
      <form className="add-rule" onSubmit={add}>
        <label className="field bands-currency" htmlFor={field}>
          {t('bands.currency')}
          <input
            id={field}
            value={currency}
            maxLength={3}
            size={6}
            onChange={({ target }) => setCurrency(target.value)}
          />
        </label>
        <button type="submit" className="button-quiet">
          {t('bands.add')}
        </button>
        <span role="alert" className="small">
          {refused ? t(`bands.${refused}`) : ''}
        </span>
      </form>
    </section>
  );
}

function OneCurrency({
  currency,
  edges,
  onChange,
}: {
  currency: string;
  edges: readonly string[];
  onChange: Shown['onChange'];
}) {
  const { t, formats } = useWords();
  const said = edges.join('\n');
  const [text, setText] = useState(said);
  // put back, or come new from the server: what is typed no longer says it
  if (edgesTyped(text).join('\n') !== said) setText(said);
  const fault = faultOf(edges);
  const [field, outcome] = [useId(), useId()];
  return (
    <div className="bands">
      <label className="field" htmlFor={field}>
        {t('bands.edges', { currency })}
        <textarea
          id={field}
          rows={Math.min(8, edges.length + 1)}
          inputMode="decimal"
          value={text}
          aria-invalid={fault !== null}
          aria-describedby={outcome}
          onChange={({ target }) => {
            setText(target.value);
            onChange(currency, edgesTyped(target.value));
          }}
        />
      </label>
      <div id={outcome} className="bands-outcome" role="status">
        {fault ? (
          <p className="fault">
            <Icon name="warning" /> {t(`bands.fault.${fault.why}`, { amount: fault.at })}
          </p>
        ) : (
          <>
            <p className="small">{t('bands.sample')}</p>
            <ul className="bands-sample">
              {bandsOf(currency, edges).map((band) => (
                <li key={band.from} className="chip chip-small">
                  {formats.band(band)}
                </li>
              ))}
            </ul>
          </>
        )}
        <button type="button" className="button-plain" onClick={() => onChange(currency, null)}>
          {t('bands.reset', { currency })}
        </button>
      </div>
    </div>
  );
}
