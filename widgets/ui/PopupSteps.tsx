import { CodeEntry, type TypedCode } from './CodeEntry.tsx';
import { textOr } from './catalogue.ts';
import { Icon } from './Icon.tsx';
import { useWords } from './words.tsx';

/** Where something that happens in a window of its own stands. */
export interface PopupView {
  readonly state: 'preparing' | 'ready' | 'open' | 'blocked' | 'finishing' | 'closed' | 'refused' | 'failed';
  readonly url: string | null;
  /** Why it was refused or failed. */
  readonly code?: string;
  readonly typed?: TypedCode;
}

/** The button, and what became of the window. The click itself must open it, or the browser blocks it. */
export function PopupSteps({
  popup,
  label,
  what,
  look = 'button',
  onOpen,
  onCode,
}: {
  popup: PopupView;
  label: string;
  /** What the window will be, said before it opens. */
  what?: string;
  /** Quiet where opening it is not the next step. */
  look?: 'button' | 'button-quiet';
  onOpen: () => void;
  /** Given where a code from the window may be typed. */
  onCode?: (text: string) => void;
}) {
  const { t } = useWords();
  const mayType = ['open', 'closed', 'blocked'].includes(popup.state);
  const busy = popup.state === 'preparing' || popup.state === 'finishing';
  return (
    <>
      <div className="standing-actions">
        <button type="button" className={look} onClick={busy ? undefined : onOpen} aria-disabled={busy}>
          {busy && <Icon name="refresh" turning />}
          {popup.state === 'finishing' ? t('popup.finishing') : label}
        </button>
        {popup.state === 'blocked' && popup.url && (
          <a href={popup.url} target="_blank" rel="noopener opener">
            {t('popup.link')}
          </a>
        )}
      </div>
      <p role="status" className="small">
        <Outcome popup={popup} what={what ?? t('popup.what')} />
      </p>
      {onCode && mayType && (
        <CodeEntry likely={popup.state === 'closed'} typed={popup.typed} onCode={onCode} />
      )}
    </>
  );
}

function Outcome({ popup, what }: { popup: PopupView; what: string }) {
  const { t } = useWords();
  switch (popup.state) {
    case 'preparing':
    case 'ready':
    case 'finishing':
      return what;
    case 'open':
    case 'blocked':
    case 'closed':
      return t(`popup.${popup.state}`);
    case 'refused':
    case 'failed': {
      const unknown = t('popup.refused.unknown');
      const why = textOr(t, `problem.${popup.code}`, '');
      const next = textOr(t, `problem.${popup.code}.next`, '');
      return t('popup.refused', { why: why && next ? `${why}. ${next}` : unknown });
    }
  }
}
