// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { DefinitionsDocument, type DefinitionsView } from '../../../server/contract/definitions.ts';
import { USUAL_DEFINITIONS } from '../../../server/domain/definitions.ts';
import { ENGLISH } from '../../ui/catalogue.ts';
import { loadMoreWords, loadSettingsWords } from '../../ui/languages.ts';
import { DefinitionsForm } from './DefinitionsForm.tsx';
import { useDefinitionsDraft } from './use-definitions-draft.ts';

beforeAll(async () => {
  await Promise.all([loadMoreWords(ENGLISH), loadSettingsWords(ENGLISH)]);
});
afterEach(cleanup);

const document = DefinitionsDocument.parse(USUAL_DEFINITIONS);
const view = (version: number, over: Partial<DefinitionsDocument> = {}): DefinitionsView => ({
  version,
  document: { ...document, ...over },
  usual: document,
  baseCurrency: 'EUR',
  usualFloor: '100',
});

function open(onSave: () => void, onContinue?: () => void) {
  let overtake: (by: DefinitionsView) => void = () => undefined;
  function Form() {
    const [inForce, setInForce] = useState(view(1));
    overtake = setInForce;
    return (
      <DefinitionsForm
        inForce={inForce}
        draft={useDefinitionsDraft(inForce)}
        versions={[]}
        saving={{ state: 'no', problem: null }}
        onSave={onSave}
        onUndo={null}
        onPutBack={() => undefined}
        onContinue={onContinue}
      />
    );
  }
  const { container } = render(<Form />);
  return { container, overtakenBy: (by: DefinitionsView) => act(() => overtake(by)) };
}
const field = (label: string) => screen.getByRole('textbox', { name: label });
const type = (label: string, value: string) => fireEvent.change(field(label), { target: { value } });

it('says at once what a decision leads to, and what saving would change', () => {
  const save = vi.fn();
  const { container } = open(save);
  expect(container.textContent).toContain('Nothing to save.');
  expect(container.textContent).toContain('The panel shows €10,710.00.');
  fireEvent.click(screen.getByRole('radio', { name: 'Invoiced to date' }));
  expect(container.textContent).toContain('The panel shows €10,000.00.');
  type('Age 1 ends', '14');
  expect(within(container).getByText('15–60 days')).toBeTruthy();
  type('Late on average by more than', '9');
  expect(container.textContent).toContain('More than 9 days late on average');
  fireEvent.click(screen.getByRole('radio', { name: 'With tax' }));
  expect(container.textContent).toContain('€0.00 are left to invoice.');
  expect(container.textContent).toContain('4 changes, not saved yet');
  fireEvent.click(screen.getByRole('button', { name: 'Save changes' }));
  expect(save).toHaveBeenCalledOnce();
});

it('marks the field that keeps it from being saved, and saves nothing until it is mended', () => {
  const save = vi.fn();
  open(save);
  type('Age 2 ends', '30');
  const faulty = field('Age 2 ends');
  expect(faulty.getAttribute('aria-invalid')).toBe('true');
  const why = globalThis.document.getElementById(faulty.getAttribute('aria-describedby') ?? '');
  expect(why?.textContent).toContain('Has to be more than 30');
  fireEvent.click(screen.getByRole('button', { name: 'Save changes' }));
  expect(save).not.toHaveBeenCalled();
  type('Age 2 ends', '45');
  expect(field('Age 2 ends').getAttribute('aria-invalid')).toBe('false');
  fireEvent.click(screen.getByRole('button', { name: 'Save changes' }));
  expect(save).toHaveBeenCalledOnce();
});

it('tells what somebody else saved meanwhile, and puts both together without losing either', () => {
  const { container, overtakenBy } = open(() => undefined);
  type('Age 1 ends', '10');
  overtakenBy(view(2, { dealAmount: 'with_tax' }));
  expect(screen.getByRole('alert').textContent).toContain('Version 2 is in force by now');
  fireEvent.click(screen.getByRole('button', { name: 'Put my changes on top' }));
  expect((field('Age 1 ends') as HTMLInputElement).value).toBe('10');
  expect(screen.getByRole('radio', { name: 'With tax' }).matches(':checked')).toBe(true);
  expect(container.textContent).toContain('1 change, not saved yet');
});

it('in the wizard there is one way on, which saves first what is not saved', () => {
  const next = vi.fn();
  open(() => undefined, next);
  expect(screen.getByRole('button', { name: 'Continue' })).toBeTruthy();
  type('Age 1 ends', '10');
  fireEvent.click(screen.getByRole('button', { name: 'Save and continue' }));
  expect(next).toHaveBeenCalledOnce();
});
