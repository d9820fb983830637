import type { ReactNode } from 'react';
import type { Settings } from '../../server/contract/settings.ts';
import { BooksCard } from '../../widgets/settings/BooksCard.tsx';
import { RolesCard } from '../../widgets/settings/RolesCard.tsx';
import { SettingsView } from '../../widgets/settings/SettingsView.tsx';
import type { SettingsState } from '../../widgets/settings/settings-state.ts';
import type { PopupView } from '../../widgets/ui/PopupSteps.tsx';

const ended = (): void => undefined;
const ready: PopupView = { state: 'ready', url: 'https://books.example/' };
const ORGANISATIONS = [
  { id: '10234695', name: 'Northwind Supplies B.V.', currency: 'EUR', timeZone: 'Europe/Amsterdam' },
  { id: '10234696', name: 'Northwind Supplies Inc.', currency: 'USD', timeZone: 'America/New_York' },
] as const;

const [first] = ORGANISATIONS;
const connected: Settings['books'] = {
  state: 'connected',
  organisation: first,
  connectedAt: '2026-11-20T09:30:00Z',
  hook: `https://customer360.example.com/hooks/books/3f0c9d1e-7c55-4a7e-9b60-1d1f2a3b4c5d/${'Zk3'.repeat(14)}`,
};

const settings = (books: Settings['books']): Settings => ({
  administrator: { name: 'Ada Admin' },
  crm: { organisation: 'Northwind Supplies', baseCurrency: 'EUR' },
  books,
  roles: [
    { id: '1', name: 'CEO', template: 'exact', decided: true },
    { id: '2', name: 'Finance', template: 'least', suggested: 'exact', decided: false },
    { id: '3', name: 'Sales Representative', template: 'least', suggested: 'sales', decided: false },
    { id: '4', name: 'Warehouse', template: 'least', decided: false },
  ],
});

const view = (state: SettingsState): ReactNode => (
  <SettingsView
    state={state}
    onSignIn={ended}
    onRetry={ended}
    books={() => null}
    roles={() => null}
    later={[]}
  />
);

interface Shown {
  readonly popup?: PopupView;
  readonly saving?: 'no' | 'running' | 'done';
  readonly problem?: 'settings.unknown_organisation';
}

const shown = (
  books: Settings['books'],
  { popup = ready, saving = 'no', problem }: Shown = {},
): ReactNode => (
  <SettingsView
    state={{ state: 'settings', settings: settings(books) }}
    onSignIn={ended}
    onRetry={ended}
    books={(all) => (
      <BooksCard
        books={all.books}
        popup={popup}
        onConnect={ended}
        onChoose={ended}
        choosing={false}
        problem={problem ?? null}
      />
    )}
    roles={(all) => (
      <RolesCard roles={all.roles} onSave={ended} onChange={ended} saving={saving} problem={null} />
    )}
    later={[]}
  />
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
  'settings: not an administrator': () =>
    view({ state: 'not_administrator', problem: refusal, popup: ready }),
  'settings: error': () => view({ state: 'problem', problem: failure }),
  'settings: not connected': () => shown({ state: 'not_connected' }),
  'settings: consent refused': () =>
    shown({ state: 'not_connected' }, { popup: { ...ready, state: 'refused', code: 'sign_in.invalid' } }),
  'settings: window blocked': () =>
    shown({ state: 'not_connected' }, { popup: { ...ready, state: 'blocked' } }),
  'settings: choose organisation': () =>
    shown({ state: 'choose_organisation', organisations: [...ORGANISATIONS] }),
  'settings: choice refused': () =>
    shown(
      { state: 'choose_organisation', organisations: [...ORGANISATIONS] },
      { problem: 'settings.unknown_organisation' },
    ),
  'settings: no organisation': () => shown({ state: 'choose_organisation', organisations: [] }),
  'settings: connected': () => shown(connected),
  'settings: connected before links could be written': () => shown({ ...connected, reconnectToLink: true }),
  'settings: saved': () => shown(connected, { saving: 'done' }),
  'settings: reconnect': () => shown({ state: 'reconnect', reason: 'revoked' }),
};
