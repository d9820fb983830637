import { describe, expect, it } from 'vitest';
import { type Setup, SetupStep } from '../../../server/contract/setup.ts';
import { listed, stepAfter, stepBefore, stepsToMend, whereLeft } from './wizard-steps.ts';

const setup = (...states: readonly Setup['steps'][number]['state'][]): Setup => ({
  administrator: { name: 'Ada' },
  crm: { organisation: 'Org' },
  steps: SetupStep.options.map((step, at) => ({ step, state: states[at] ?? 'to_do' })),
  finishedAt: null,
});

describe('the steps of the set-up', () => {
  it('open where they were left: at the first that is not done, though a later one is', () => {
    expect(whereLeft(setup())).toBe('pre_flight');
    expect(whereLeft(setup('done', 'attention', 'done'))).toBe('books');
    expect(whereLeft(setup(...SetupStep.options.map(() => 'done' as const)))).toBe('place');
  });

  it('follow each other, and end at both ends', () => {
    const now = setup();
    expect([stepBefore(now, 'pre_flight'), stepAfter(now, 'pre_flight')]).toEqual([null, 'books']);
    expect([stepBefore(now, 'place'), stepAfter(now, 'place')]).toEqual(['definitions', null]);
  });

  it('are reached as far as somebody has come, and say how they stand', () => {
    const shown = listed(setup('done', 'done', 'to_do', 'to_do', 'done'), 'books', new Set(['pre_flight']));
    expect(shown.map(({ step, state, open }) => [step, state, open])).toEqual([
      ['sign_in', 'done', false],
      ['pre_flight', 'attention', true],
      ['books', 'current', true],
      ['organisation', 'to_do', true],
      ['mapping', 'to_do', false],
      ['visibility', 'done', true],
      ['definitions', 'to_do', false],
      ['place', 'to_do', false],
    ]);
  });

  it('need attention where Books did not let us read something, though it is connected', () => {
    const check = { state: 'failed', blocks: true, values: { scopes: 'ZohoBooks.invoices.READ' } } as const;
    const toMend = stepsToMend([{ ...check, finding: 'books_scopes.missing' }]);
    const states = listed(setup('done', 'done'), 'organisation', toMend).map(({ state }) => state);
    expect(states.slice(0, 4)).toEqual(['done', 'attention', 'attention', 'current']);
    expect([...stepsToMend([{ ...check, finding: 'edition.without_widgets' }])]).toEqual(['pre_flight']);
    expect([...stepsToMend([{ ...check, state: 'passed', finding: 'edition.good' }])]).toEqual([]);
  });
});
