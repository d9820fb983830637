import type { Setup, SetupStep } from '../../../server/contract/setup.ts';

/** What the list of steps shows: those of the server, after the one that is over when anybody gets here. */
type WizardStep = 'sign_in' | SetupStep;
export type StepState = 'done' | 'current' | 'to_do' | 'attention';

export interface ListedStep {
  readonly step: WizardStep;
  readonly state: StepState;
  /** Whether one can go there: what was done, what is next, and nothing beyond. */
  readonly open: boolean;
}

/** Where somebody who comes back goes on: at the first step that is not done. */
export const whereLeft = ({ steps }: Setup): SetupStep =>
  steps.find(({ state }) => state !== 'done')?.step ?? 'place';

/** The step after this one; `null` after the last. */
export function stepAfter({ steps }: Setup, step: SetupStep): SetupStep | null {
  const at = steps.findIndex((one) => one.step === step);
  return steps[at + 1]?.step ?? null;
}

/** The step before this one; `null` before the first. */
export function stepBefore({ steps }: Setup, step: SetupStep): SetupStep | null {
  const at = steps.findIndex((one) => one.step === step);
  return at > 0 ? (steps[at - 1]?.step ?? null) : null;
}

/**
 * The steps as the list draws them.
 * @param blocked whether a check that has to be passed is not
 */
export function listed(setup: Setup, current: SetupStep, blocked: boolean): readonly ListedStep[] {
  const left = whereLeft(setup);
  const at = setup.steps.findIndex(({ step }) => step === left);
  return [
    { step: 'sign_in', state: 'done', open: false },
    ...setup.steps.map(({ step, state }, number): ListedStep => {
      const needs = state === 'attention' || (step === 'pre_flight' && blocked && state === 'done');
      return {
        step,
        state: step === current ? 'current' : needs ? 'attention' : state,
        open: number <= at || state === 'done',
      };
    }),
  ];
}
