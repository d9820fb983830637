import type { ReactNode } from 'react';
import type { Settings } from '../../server/contract/settings.ts';
import { BooksCard } from '../../widgets/settings/BooksCard.tsx';
import { DataFlows } from '../../widgets/settings/data-flows/DataFlows.tsx';
import { SettingsView } from '../../widgets/settings/SettingsView.tsx';
import type { SettingsState } from '../../widgets/settings/settings-state.ts';
import type { PopupView } from '../../widgets/ui/PopupSteps.tsx';
import { FINISHED, ORGANISATIONS } from './sample-setup.ts';

const ended = (): void => undefined;
const ready: PopupView = { state: 'ready', url: 'https://books.example/' };
const connected: Settings['books'] = {
  state: 'connected',
  organisation: ORGANISATIONS[0],
  connectedAt: '2026-11-20T09:30:00Z',
  hook: `https://customer360.example.com/hooks/books/3f0c9d1e-7c55-4a7e-9b60-1d1f2a3b4c5d/${'Zk3'.repeat(14)}`,
};

const view = (state: SettingsState, summary: ReactNode = null): ReactNode => (
  <SettingsView
    state={state}
    onSignIn={ended}
    onRetry={ended}
    wizard={() => null}
    summary={() => summary}
    later={[]}
  />
);

/** The card as whoever has been set up finds it. */
const shown = (books: Settings['books']): ReactNode =>
  view(
    { state: 'settings', setup: FINISHED },
    <BooksCard
      books={books}
      crmCurrency="EUR"
      popup={ready}
      onConnect={ended}
      onChoose={ended}
      choosing={false}
      problem={null}
    />,
  );

const refusal = {
  code: 'settings.not_administrator',
  fix: 'administrator',
  requestId: null,
  retryAt: null,
} as const;
const failure = { code: 'crm.unreachable', fix: 'wait', requestId: '7f3c2a90-1d5e', retryAt: null } as const;

/** Every designed state of the settings page. */
export const SETTINGS_STATES: Readonly<Record<string, () => ReactNode>> = {
  'settings: loading': () => view({ state: 'loading' }),
  'settings: not signed in': () => view({ state: 'sign_in', why: 'not_yet', popup: ready }),
  'settings: session lost, edits kept': () =>
    view({ state: 'sign_in', why: 'ended', popup: ready, kept: FINISHED }),
  'settings: being uninstalled': () =>
    view({ state: 'settings', setup: FINISHED, eraseAt: '2026-12-21T08:05:00Z' }),
  'settings: not an administrator': () =>
    view({ state: 'not_administrator', problem: refusal, popup: ready }),
  'settings: error': () => view({ state: 'problem', problem: failure }),
  'settings: connected': () => shown(connected),
  'settings: connected before links could be written': () => shown({ ...connected, reconnectToLink: true }),
  'settings: reconnect': () => shown({ state: 'reconnect', reason: 'revoked' }),
  'settings: what leaves where': () => (
    <div className="settings">
      <DataFlows onContinue={ended} />
    </div>
  ),
};
