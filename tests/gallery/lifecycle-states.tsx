import type { ReactNode } from 'react';
import type { Lifecycle } from '../../server/contract/lifecycle.ts';
import { LifecycleView } from '../../widgets/settings/lifecycle/LifecycleView.tsx';
import { UninstalledView } from '../../widgets/settings/lifecycle/UninstalledView.tsx';

const ended = (): void => undefined;
const CERTIFICATE = `https://customer360.example.com/certificates/${'Qm7x'.repeat(10)}abc`;
const HOOK = `https://customer360.example.com/hooks/uninstalled/3f0c9d1e-7c55-4a7e-9b60-1d1f2a3b4c5d/${'Zk3'.repeat(14)}`;
const ORGANISATIONS = [
  { id: '10234695', name: 'Northwind Supplies B.V.', currency: 'EUR', timeZone: 'Europe/Amsterdam' },
  { id: '10234696', name: 'Northwind Supplies Inc.', currency: 'USD', timeZone: 'America/New_York' },
];

const active: Lifecycle = {
  version: 4,
  state: 'active',
  crm: { id: '3652397000000100', organisation: 'Northwind Supplies', dataCentre: 'eu' },
  books: {
    organisation: {
      id: '10234695',
      name: 'Northwind Supplies B.V.',
      currency: 'EUR',
      timeZone: 'Europe/Amsterdam',
    },
    connection: 'good',
    connectedAt: '2026-11-20T09:30:00Z',
    connectedBy: 'Ada Admin',
  },
  graceDays: 30,
  uninstallHook: HOOK,
};
const stopped = (state: 'paused' | 'disabled'): Lifecycle => ({
  ...active,
  state,
  since: '2026-11-21T08:05:00Z',
  by: 'Ada Admin',
});
const { uninstallHook: _, ...gone } = active;
const uninstalling: Lifecycle = {
  ...gone,
  state: 'uninstalling',
  since: '2026-11-21T08:05:00Z',
  ...(active.books ? { books: { organisation: active.books.organisation, connection: 'none' } } : {}),
  by: 'Ada Admin',
  erasure: { at: '2026-12-21T08:05:00Z', certificate: CERTIFICATE },
};

const shown = (
  view: Lifecycle,
  more: Partial<
    Pick<Parameters<typeof LifecycleView>[0], 'problem' | 'organisations' | 'lacksPermissions'>
  > = {},
): ReactNode => (
  <LifecycleView
    view={view}
    lacksPermissions={false}
    popup={{ state: 'ready', url: 'https://books.example/' }}
    running={false}
    problem={null}
    organisations={undefined}
    onConnect={ended}
    onChange={ended}
    onLook={ended}
    onSwitch={ended}
    onUninstall={ended}
    {...more}
  />
);

/** Every designed state of the connection and its end. */
export const LIFECYCLE_STATES: Readonly<Record<string, () => ReactNode>> = {
  'connection: reading': () => shown(active, { organisations: ORGANISATIONS }),
  'connection: paused': () => shown(stopped('paused')),
  'connection: switched off': () => shown(stopped('disabled'), { organisations: ORGANISATIONS.slice(0, 1) }),
  'connection: revoked, changed meanwhile': () =>
    shown(
      { ...active, ...(active.books ? { books: { ...active.books, connection: 'revoked' } } : {}) },
      { problem: 'lifecycle.changed_meanwhile' },
    ),
  'connection: permissions missing': () => shown(active, { lacksPermissions: true }),
  'connection: being uninstalled': () => shown(uninstalling),
  'connection: uninstalled': () => (
    <UninstalledView
      uninstalled={{
        organisation: 'Northwind Supplies',
        eraseAt: '2126-12-21T08:05:00Z',
        certificate: CERTIFICATE,
      }}
      popup={{ state: 'ready', url: 'https://accounts.example/' }}
      onSignIn={ended}
    />
  ),
};
