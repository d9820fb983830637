import { type ReactNode, type ToggleEvent, useId, useRef } from 'react';
import { Icon } from './Icon.tsx';
import { useWords } from './words.tsx';

const GAP_PX = 4;
const EDGE_PX = 8;

/**
 * The (i) beside a figure. The browser's own popover gives keyboard, Esc, light dismissal and focus return;
 * we only put it beside its button and inside the frame.
 */
export function Explain({ of, children }: { of: string; children: ReactNode }) {
  const { t } = useWords();
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const place = ({ newState, currentTarget }: ToggleEvent<HTMLDivElement>) => {
    if (newState === 'open' && button.current) placeBeside(currentTarget, button.current);
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className="explain"
        popoverTarget={id}
        aria-label={t('explain', { figure: of })}
      >
        <Icon name="info" />
      </button>
      <div id={id} popover="auto" className="explanation" onBeforeToggle={place}>
        {children}
      </div>
    </>
  );
}

/** Below the button, or above it in the lower half of the frame. */
function placeBeside(box: HTMLElement, button: HTMLElement): void {
  const at = button.getBoundingClientRect();
  const { innerWidth, innerHeight } = window;
  const width = Math.min(280, innerWidth - 2 * EDGE_PX);
  const left = Math.max(EDGE_PX, Math.min(at.left - EDGE_PX, innerWidth - width - EDGE_PX));
  box.style.left = `${left}px`;
  const below = at.bottom < innerHeight / 2 || at.top < 160;
  box.style.top = below ? `${at.bottom + GAP_PX}px` : 'auto';
  box.style.bottom = below ? 'auto' : `${innerHeight - at.top + GAP_PX}px`;
}
