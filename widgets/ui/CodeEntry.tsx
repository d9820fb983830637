import { type FormEvent, useId, useState } from 'react';
import { useWords } from './words.tsx';

/** What became of a code somebody typed: no code at all, on its way, or not the right one. */
export type TypedCode = 'no_code' | 'sending' | 'wrong';

/** For a window that cannot report back: it shows a code, which is typed here. */
export function CodeEntry({
  likely,
  typed,
  onCode,
}: {
  /** The window has gone silent, so there may well be a code. */
  likely: boolean;
  typed: TypedCode | undefined;
  onCode: (text: string) => void;
}) {
  const { t } = useWords();
  const [text, setText] = useState('');
  const id = useId();
  const sending = typed === 'sending';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!sending) onCode(text);
  };
  const wrong = typed === 'no_code' ? t('popup.code.form') : typed === 'wrong' ? t('popup.code.wrong') : '';
  return (
    <details className="code-entry" open={likely || typed !== undefined}>
      <summary>{t('popup.code')}</summary>
      <form onSubmit={submit} className="standing-actions">
        <label className="field" htmlFor={id}>
          {t('popup.code.label')}
          <input
            id={id}
            dir="ltr"
            value={text}
            onChange={({ target }) => setText(target.value)}
            autoComplete="one-time-code"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={20}
            aria-invalid={wrong !== ''}
            aria-describedby={`${id}-wrong`}
          />
        </label>
        <button type="submit" className="button-quiet" aria-disabled={sending}>
          {t('popup.code.send')}
        </button>
      </form>
      <p id={`${id}-wrong`} role="alert" className="small">
        {wrong}
      </p>
    </details>
  );
}
