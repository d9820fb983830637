import { textOr } from './catalogue.ts';
import { Icon } from './Icon.tsx';
import { useWords } from './words.tsx';

/** Where something that happens in a window of its own stands. */
export interface PopupView {
  readonly state: 'preparing' | 'ready' | 'open' | 'blocked' | 'finishing' | 'closed' | 'refused' | 'failed';
  readonly url: string | null;
  /** Why it was refused or failed. */
  readonly code?: string;
}

/** The button, and what became of the window. The click itself must open it, or the browser blocks it. */
export function PopupSteps({
  popup,
  label,
  onOpen,
}: {
  popup: PopupView;
  label: string;
  onOpen: () => void;
}) {
  const { t } = useWords();
  const busy = popup.state === 'preparing' || popup.state === 'finishing';
  return (
    <>
      <div className="standing-actions">
        <button type="button" className="button" onClick={busy ? undefined : onOpen} aria-disabled={busy}>
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
        <Outcome popup={popup} />
      </p>
    </>
  );
}

function Outcome({ popup }: { popup: PopupView }) {
  const { t } = useWords();
  switch (popup.state) {
    case 'preparing':
    case 'ready':
    case 'finishing':
      return t('popup.what');
    case 'open':
    case 'blocked':
    case 'closed':
      return t(`popup.${popup.state}`);
    case 'refused':
      return t('popup.refused', { why: textOr(t, `problem.${popup.code}`, t('popup.refused.unknown')) });
    case 'failed':
      return t('popup.failed', { why: textOr(t, `problem.${popup.code}`, t('popup.refused.unknown')) });
  }
}
