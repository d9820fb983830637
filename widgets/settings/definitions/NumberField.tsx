import { useId } from 'react';
import type { MessageKey } from '../../ui/catalogue.ts';
import { Icon } from '../../ui/Icon.tsx';
import { useWords } from '../../ui/words.tsx';
import type { Fault } from './typed.ts';

/** A short field with its unit, and below it what keeps it from being saved. */
export function NumberField({
  label,
  unit,
  value,
  fault,
  inputMode = 'numeric',
  placeholder,
  onChange,
}: {
  label: string;
  unit: string;
  value: string;
  fault: Fault | undefined;
  inputMode?: 'numeric' | 'decimal';
  placeholder?: string;
  onChange: (value: string) => void;
}) {
  const { t } = useWords();
  const id = useId();
  return (
    <div className="number-field">
      <label htmlFor={id}>{label}</label>
      <span className="number-field-value">
        <input
          id={id}
          value={value}
          inputMode={inputMode}
          autoComplete="off"
          maxLength={16}
          size={inputMode === 'numeric' ? 4 : 10}
          placeholder={placeholder}
          aria-invalid={fault !== undefined}
          aria-describedby={fault ? `${id}fault` : undefined}
          onChange={({ target }) => onChange(target.value)}
        />
        <span className="small">{unit}</span>
      </span>
      {fault && (
        <span id={`${id}fault`} className="fault" role="alert">
          <Icon name="warning" /> {t(`definitions.fault.${fault.why}` satisfies MessageKey, { ...fault })}
        </span>
      )}
    </div>
  );
}
