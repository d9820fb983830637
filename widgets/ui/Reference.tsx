import { useRef, useState } from 'react';
import { useWords } from './words.tsx';

/** A reference to quote to support. A frame may be denied the clipboard; then the text is selected instead. */
export function Reference({ requestId }: { requestId: string | null }) {
  const { t } = useWords();
  const text = useRef<HTMLElement>(null);
  const [copied, setCopied] = useState(false);
  if (requestId === null) return null;
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(requestId);
      setCopied(true);
    } catch {
      if (text.current) window.getSelection()?.selectAllChildren(text.current); // ready for Ctrl+C
    }
  };
  return (
    <p className="reference">
      {t('reference')} <code ref={text}>{requestId}</code>
      <button type="button" className="button-plain" onClick={() => void copy()}>
        {t('reference.copy')}
      </button>
      <span role="status">{copied ? t('reference.copied') : ''}</span>
    </p>
  );
}
