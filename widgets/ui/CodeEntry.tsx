import { type FormEvent, useId, useState } from 'react';
import type { PopupView } from './PopupSteps.tsx';
import { useWords } from './words.tsx';

/** For a window that cannot report back: it shows a code, which is typed here. */
export function CodeEntry({
  popup,
  onCode,
}: {
  popup: Pick<PopupView, 'state' | 'typed'>;
  onCode: (text: string) => void;
}) {
  const { t } = useWords();
  const [text, setText] = useState('');
  const id = useId();
  const sending = popup.typed === 'sending';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!sending) onCode(text);
  };
  const wrong =
    popup.typed === 'no_code' ? t('popup.code.form') : popup.typed === 'wrong' ? t('popup.code.wrong') : '';
  return (
    <details className="code-entry" open={popup.state === 'closed' || popup.typed !== undefined}>
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
