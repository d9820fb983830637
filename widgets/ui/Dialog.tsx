import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { Icon } from './Icon.tsx';
import { useWords } from './words.tsx';

const EDGE_PX = 8;
/** So much of what is above the button stays above the dialog's upper edge. */
const LIFT_PX = 56;

/**
 * A modal dialog. The browser keeps the focus inside, closes on Esc and gives the focus back. It stands where the
 * focus was, not in the middle: the frame may be much higher than what CRM's page shows of it, and only where
 * somebody has just clicked is certainly in sight. The page below grows with it, so that the frame does.
 */
export function Dialog({
  title,
  busy,
  onClose,
  children,
}: {
  title: string;
  /** Something is on its way that closing would leave without an answer. */
  busy?: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useWords();
  const heading = useId();
  const box = useRef<HTMLDialogElement>(null);

  useLayoutEffect(() => {
    const dialog = box.current;
    const page = dialog?.closest('main');
    if (!dialog) return undefined;
    const opener = document.activeElement?.getBoundingClientRect().top ?? 0;
    dialog.style.insetBlockStart = `${Math.max(EDGE_PX, opener + window.scrollY - LIFT_PX)}px`;
    dialog.showModal();
    const grow = (): void => {
      if (page) page.style.minBlockSize = `${dialog.offsetTop + dialog.offsetHeight + EDGE_PX}px`;
    };
    const sizes = new ResizeObserver(grow);
    sizes.observe(dialog);
    return () => {
      sizes.disconnect();
      if (page) page.style.minBlockSize = '';
      dialog.close(); // before it leaves the page, or the focus would not return
    };
  }, []);

  return (
    <dialog
      ref={box}
      className="dialog"
      aria-labelledby={heading}
      aria-busy={busy}
      onCancel={(event) => {
        event.preventDefault(); // it closes by leaving the page
        if (!busy) onClose();
      }}
      onClose={onClose} // a browser may insist at the second Esc
    >
      <header className="dialog-head">
        <h2 id={heading}>{title}</h2>
        <button
          type="button"
          className="button-icon"
          aria-label={t('close')}
          aria-disabled={busy}
          onClick={busy ? undefined : onClose}
        >
          <Icon name="close" />
        </button>
      </header>
      {children}
    </dialog>
  );
}
