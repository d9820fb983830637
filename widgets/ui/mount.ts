import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';

/** Draws a screen where the page's skeleton stands. Nothing but React is in here: the page fetches it first. */
export function mount(screen: ReactNode): void {
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no place for the widget');
  createRoot(root).render(screen);
}
