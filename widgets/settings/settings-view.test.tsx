// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Lifecycle } from '../../server/contract/lifecycle.ts';
import type { Setup } from '../../server/contract/setup.ts';
import { ENGLISH } from '../ui/catalogue.ts';
import { loadMoreWords, loadSettingsWords } from '../ui/languages.ts';
import { SettingsView } from './SettingsView.tsx';
import { type SettingsState, settingsState } from './settings-state.ts';

beforeAll(async () => {
  await Promise.all([loadMoreWords(ENGLISH), loadSettingsWords(ENGLISH)]);
});
afterEach(cleanup);

const AT = '2026-12-21T08:05:00Z';
const popup = { state: 'ready', url: 'https://accounts.example/' } as const;
const setup: Setup = {
  administrator: { name: 'Ada Admin' },
  crm: { organisation: 'Northwind Supplies' },
  steps: [],
  finishedAt: AT,
};
const known = { popup, setup, lifecycle: undefined, uninstalled: undefined, error: null };
const out = (why: 'ended' | 'other_person') => ({ ...known, session: { state: 'signed_out', why } as const });

/** Stands for a form with edits in it. */
function Draft() {
  const [typed, type] = useState('');
  return <input aria-label="draft" value={typed} onChange={({ target }) => type(target.value)} />;
}
const Settings = ({ state }: { state: SettingsState }) => (
  <SettingsView
    state={state}
    onSignIn={() => undefined}
    onRetry={() => undefined}
    wizard={() => <p>wizard</p>}
    summary={() => null}
    later={[{ key: 'definitions', content: <Draft /> }]}
  />
);

describe('a session that is lost', () => {
  it('keeps what was typed and the tab it was typed in, out of sight until the same person is back', () => {
    const { rerender } = render(<Settings state={{ state: 'settings', setup }} />);
    fireEvent.click(screen.getByRole('tab', { name: 'Definitions' }));
    fireEvent.change(screen.getByLabelText('draft'), { target: { value: '45' } });
    rerender(<Settings state={settingsState(out('ended'))} />);
    expect(screen.queryByRole('tab')).toBeNull();
    expect(screen.getByText(/What you had not saved is still here/)).toBeTruthy();
    rerender(<Settings state={{ state: 'settings', setup }} />);
    expect(screen.getByRole('tab', { name: 'Definitions' }).getAttribute('aria-selected')).toBe('true');
    expect(screen.getByLabelText<HTMLInputElement>('draft').value).toBe('45');
  });

  it('keeps nothing for somebody else', () => {
    expect(settingsState(out('other_person'))).toMatchObject({ state: 'sign_in', kept: undefined });
  });
});

describe('while it is being uninstalled', () => {
  it('says above every tab what happens when and how to keep it, and opens where that is done', () => {
    const lifecycle = { state: 'uninstalling', erasure: { at: AT, certificate: 'c' } } as Lifecycle;
    const session = { state: 'signed_in', userName: 'Ada Admin' } as const;
    const state = settingsState({ ...known, session, lifecycle, setup: { ...setup, finishedAt: null } });
    expect(state).toMatchObject({ state: 'settings', eraseAt: AT });
    render(<Settings state={state} />);
    expect(screen.getByText('Customer 360 is being uninstalled.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Open the connection' })).toBeTruthy();
    expect(screen.queryByText('wizard')).toBeNull();
  });

  it('whoever did it sees no tab and no name beside “you are signed out”', () => {
    const uninstalled = {
      organisation: 'Northwind Supplies',
      eraseAt: '2126-12-21T08:05:00Z',
      certificate: 'c',
    };
    render(<Settings state={settingsState({ ...out('ended'), uninstalled })} />);
    expect(screen.getByRole('heading', { name: /was uninstalled: Northwind/ })).toBeTruthy();
    expect(screen.getByText(/Until then it can be kept/)).toBeTruthy();
    expect(screen.queryByRole('tab')).toBeNull();
    expect(screen.queryByText(/signed in as/)).toBeNull();
  });
});
