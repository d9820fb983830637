import { type KeyboardEvent, type Ref, useId } from 'react';

/** Text to search by. The arrow down leads on to what was found. */
export function SearchField({
  label,
  value,
  field,
  onType,
  onDown,
}: {
  label: string;
  value: string;
  field: Ref<HTMLInputElement>;
  onType: (text: string) => void;
  onDown: (event: KeyboardEvent) => void;
}) {
  const id = useId();
  return (
    <label className="field field-wide" htmlFor={id}>
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
          if (event.key === 'ArrowDown') onDown(event);
        }}
      />
    </label>
  );
}
