// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import type { Lifecycle } from '../../../server/contract/lifecycle.ts';
import { ENGLISH } from '../../ui/catalogue.ts';
import { loadMoreWords, loadSettingsWords } from '../../ui/languages.ts';
import { LifecycleView } from './LifecycleView.tsx';

beforeAll(async () => {
  await Promise.all([loadMoreWords(ENGLISH), loadSettingsWords(ENGLISH)]);
});
afterEach(cleanup);

const nothing = (): void => undefined;
const show = (connection: 'good' | 'none', wasKept?: boolean): void => {
  const organisation = { id: '1', name: 'Northwind', currency: 'EUR', timeZone: 'Europe/Amsterdam' };
  const view: Lifecycle = {
    version: 4,
    state: 'active',
    crm: { id: '2', organisation: 'Northwind', dataCentre: 'eu' },
    books: { organisation, connection },
    graceDays: 30,
    uninstallHook: 'https://customer360.example/hooks/uninstalled/3/new',
  };
  render(
    <LifecycleView
      view={view}
      lacksPermissions={false}
      popup={{ state: 'ready', url: 'https://books.example/' }}
      running={false}
      problem={null}
      organisations={undefined}
      {...(wasKept === undefined ? {} : { wasKept })}
      onConnect={nothing}
      onChange={nothing}
      onLook={nothing}
      onSwitch={nothing}
      onUninstall={nothing}
    />,
  );
};
const card = () => screen.getByText('When the extension is removed in the Marketplace').closest('details');

it.each([
  ['right after an install was kept', 'good', true],
  ['until Books is connected again, also for whoever comes later', 'none', undefined],
] as const)('says that the address has to be replaced, %s', (_, connection, wasKept) => {
  show(connection, wasKept);
  expect(screen.getByText('This address is new')).toBeTruthy();
  expect(card()?.open).toBe(true);
});

it('keeps the address folded away, with no word of replacing, where nothing became new', () => {
  show('good');
  expect(screen.queryByText('This address is new')).toBeNull();
  expect(card()?.open).toBe(false);
});
