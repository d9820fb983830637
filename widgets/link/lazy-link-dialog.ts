import { loadLinkWords } from '../ui/languages.ts';
import { spokenScreen } from '../ui/spoken-screen.ts';

/** The dialog, fetched when somebody wants to link. */
export const lazyLinkDialog = spokenScreen(
  () => import('./LinkDialog.tsx').then(({ LinkDialog }) => LinkDialog),
  loadLinkWords,
);
