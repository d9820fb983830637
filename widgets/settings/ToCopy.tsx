import type { ReactNode, Ref } from 'react';

/** A text for another program's settings, picked as a whole, because a widget may not write to the clipboard everywhere. */
export function ToCopy({
  label,
  text,
  ref,
}: {
  label: ReactNode;
  text: string;
  ref?: Ref<HTMLInputElement>;
}) {
  return (
    <label className="to-copy small">
      {label}
      <input ref={ref} readOnly dir="ltr" value={text} onFocus={({ target }) => target.select()} />
    </label>
  );
}
