// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import axe from 'axe-core';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { ENGLISH } from '../../ui/catalogue.ts';
import { loadMoreWords } from '../../ui/languages.ts';
import type { ProblemView } from '../../ui/ProblemStanding.tsx';
import { RareStates } from '../RareStates.tsx';

beforeAll(async () => loadMoreWords(ENGLISH));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const acts = { refresh: () => undefined, reload: () => undefined };
const shown = (code: ProblemView['code']) =>
  render(
    <RareStates
      state={{
        state: 'problem',
        problem: { code, fix: 'administrator', requestId: null, retryAt: null },
      }}
      acts={acts}
    />,
  ).container;

it('where Books is not connected, the panel shows itself on request: marked, said aloud, and asking nobody', async () => {
  const asked = vi.fn();
  vi.stubGlobal('fetch', asked);
  const container = shown('books.not_connected');
  expect(container.textContent).not.toContain('XTS');
  fireEvent.click(screen.getByRole('button', { name: 'See how it will look' }));
  const sample = await screen.findByRole('region', { name: 'Sample figures' });
  expect(screen.getByText(/^Sample figures are shown/).getAttribute('role')).toBe('status');
  expect(sample.textContent).toMatch(/made up to show what will stand here/);
  expect(sample.textContent).toContain('XTS');
  // each part carries the mark, and nothing leads anywhere or does anything but explain
  expect(sample.style.getPropertyValue('--sample-mark')).toBe('"Sample"');
  expect(sample.querySelectorAll('a')).toHaveLength(0);
  const buttons = [...sample.querySelectorAll('button')];
  expect(buttons.every((button) => button.classList.contains('explain'))).toBe(true);
  expect(asked).not.toHaveBeenCalled();
  const { violations } = await axe.run(container, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  });
  expect(violations.map(({ id }) => id)).toEqual([]);

  // asking again draws everything anew; whoever looks goes on looking, until they have seen enough
  cleanup();
  shown('books.not_connected');
  expect(await screen.findByRole('region', { name: 'Sample figures' })).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Hide the sample' }));
  expect(screen.queryByRole('region', { name: 'Sample figures' })).toBeNull();
});

it.each(['books.unreachable', 'record.not_found', 'books.refused'] as const)(
  'no sample stands beside %s: there are figures, and these are not they',
  (code) => {
    shown(code);
    expect(screen.queryByRole('button', { name: 'See how it will look' })).toBeNull();
  },
);
