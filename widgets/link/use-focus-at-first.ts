import { type RefObject, useEffect } from 'react';

/** Gives an element the focus when it first stands: what had it before has just gone, or is behind a dialog. */
export function useFocusAtFirst(element: RefObject<HTMLElement | null>, wanted = true): void {
  useEffect(() => {
    if (wanted) element.current?.focus();
  }, [element, wanted]);
}
