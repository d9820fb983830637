import { useEffect } from 'react';

/**
 * Has the browser ask before the page is left with edits that nobody has saved. In a frame of CRM's page it may choose
 * not to. @see https://html.spec.whatwg.org/multipage/nav-history-apis.html#dom-beforeunloadevent
 */
export function useUnsavedWarning(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return undefined;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [unsaved]);
}
