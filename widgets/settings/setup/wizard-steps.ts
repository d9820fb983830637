import type { Check, Setup, SetupStep } from '../../../server/contract/setup.ts';

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

/** Steps where something that keeps the set-up from being finished is told, and mended. */
export function stepsToMend(checks: readonly Check[]): ReadonlySet<SetupStep> {
  const failed = checks.filter(({ state, blocks }) => state === 'failed' && blocks);
  return new Set<SetupStep>([
    ...(failed.length > 0 ? (['pre_flight'] as const) : []),
    ...(scopesMissingIn(checks).length > 0 ? (['books'] as const) : []),
  ]);
}

/** The names of what Books has to let us read and does not. */
export const scopesMissingIn = (checks: readonly Check[]): readonly string[] =>
  checks.flatMap(({ finding, values }) =>
    finding === 'books_scopes.missing' ? (values.scopes ?? '').split(', ') : [],
  );

/**
 * The steps as the list draws them.
 * @param toMend steps that are not done though they were passed
 */
export function listed(
  setup: Setup,
  current: SetupStep,
  toMend: ReadonlySet<SetupStep>,
): readonly ListedStep[] {
  const left = whereLeft(setup);
  const at = setup.steps.findIndex(({ step }) => step === left);
  return [
    { step: 'sign_in', state: 'done', open: false },
    ...setup.steps.map(({ step, state }, number): ListedStep => {
      const needs = state === 'attention' || (toMend.has(step) && state === 'done');
      return {
        step,
        state: step === current ? 'current' : needs ? 'attention' : state,
        open: number <= at || state === 'done',
      };
    }),
  ];
}
