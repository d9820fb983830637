import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import { session } from '../api/session.ts';
import { loadLanguage, markPage, wantedLocale } from '../ui/languages.ts';
import { Part } from '../ui/Part.tsx';
import { Speaking } from '../ui/words.tsx';
import { Panel } from './Panel.tsx';
import type { CrmState } from './panel-state.ts';
import '../ui/styles/controls.css';
import '../ui/styles/notices.css';
import '../ui/styles/documents.css';

/** The panel in the reader's language. */
export async function openPanel({
  crm,
  mount,
}: {
  crm: StoreApi<CrmState>;
  mount: (screen: ReactNode) => void;
}): Promise<void> {
  const language = await loadLanguage(wantedLocale(window.location.search, navigator.languages));
  markPage(language, document.documentElement);
  // offline is a problem with a text of its own, not a silent pause
  const client = new QueryClient({ defaultOptions: { queries: { networkMode: 'always' } } });
  emptyForEachViewer(client);
  mount(
    <QueryClientProvider client={client}>
      <Speaking language={language}>
        <Part meanwhile={null}>
          <Panel crm={crm} />
        </Part>
      </Speaking>
    </QueryClientProvider>,
  );
}

/** What one person was shown must not be there for the next. */
function emptyForEachViewer(client: QueryClient): void {
  let viewer: string | null = null;
  session.subscribe((now) => {
    const next = now.state === 'signed_in' ? now.userName : now.state === 'signed_out' ? null : viewer;
    if (next !== viewer) client.clear();
    viewer = next;
  });
}
