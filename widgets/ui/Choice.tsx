import { useId } from 'react';
import { useWords } from './words.tsx';

/** A filter: one of several, or all. */
export function Choice({
  label,
  value,
  options,
  onChoose,
}: {
  label: string;
  value: string;
  options: readonly (readonly [string, string])[];
  onChoose: (value: string) => void;
}) {
  const { t } = useWords();
  const id = useId();
  return (
    <label className="field" htmlFor={id}>
      {label}
      <select id={id} value={value} onChange={({ target }) => onChoose(target.value)}>
        <option value="">{t('documents.any')}</option>
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
