import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { createSignIn } from '../api/sign-in.ts';
import { loadLanguage, loadMoreWords, loadSettingsWords, markPage, wantedLocale } from '../ui/languages.ts';
import { Speaking } from '../ui/words.tsx';
import { SettingsScreen } from './SettingsScreen.tsx';
import '../ui/styles/controls.css';
import '../ui/styles/notices.css';
import '../ui/styles/settings.css';

/** The settings in the reader's language. */
export async function openSettings(mount: (screen: ReactNode) => void): Promise<void> {
  const language = await loadLanguage(wantedLocale(window.location.search, navigator.languages));
  await Promise.all([loadMoreWords(language), loadSettingsWords(language)]);
  markPage(language, document.documentElement);
  const always = { networkMode: 'always' } as const;
  const client = new QueryClient({ defaultOptions: { queries: always, mutations: always } });
  mount(
    <QueryClientProvider client={client}>
      <Speaking language={language}>
        <SettingsScreen signIn={createSignIn('setup')} />
      </Speaking>
    </QueryClientProvider>,
  );
}
