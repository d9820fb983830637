import { type KeyboardEvent, type Ref, useId } from 'react';

/** Text to search by. The arrow down leads on to what was found, where that can be walked through. */
export function SearchField({
  label,
  value,
  place = 'field-wide',
  field,
  onType,
  onDown,
}: {
  label: string;
  value: string;
  /** Class that says what room it takes. */
  place?: string | null;
  field?: Ref<HTMLInputElement>;
  onType: (text: string) => void;
  onDown?: (event: KeyboardEvent) => void;
}) {
  const id = useId();
  return (
    <label className={place === null ? 'field' : `field ${place}`} htmlFor={id}>
      {label}
      <input
        ref={field}
        id={id}
        type="search"
        dir="auto"
        autoComplete="off"
        spellCheck={false}
        maxLength={100}
        value={value}
        onChange={({ target }) => onType(target.value)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') onDown?.(event);
        }}
      />
    </label>
  );
}
