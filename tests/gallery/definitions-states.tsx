import { type ComponentProps, type ReactNode, useState } from 'react';
import type { DefinitionsHistory, DefinitionsView } from '../../server/contract/definitions.ts';
import { DefinitionsForm } from '../../widgets/settings/definitions/DefinitionsForm.tsx';
import type { Typed } from '../../widgets/settings/definitions/typed.ts';
import { useDefinitionsDraft } from '../../widgets/settings/definitions/use-definitions-draft.ts';

type Given = Partial<
  Pick<ComponentProps<typeof DefinitionsForm>, 'saving' | 'versions' | 'onUndo' | 'onContinue'>
>;

const ended = (): void => undefined;
const USUAL: DefinitionsView['document'] = {
  lifetimeValue: 'collected',
  ageingEdges: [30, 60, 90],
  grade: {
    overdueSomeDays: 7,
    overdueLongDays: 30,
    lateDays: 5,
    approvalDaysLate: 30,
    materialityPercent: '1',
    materialityFloor: null,
  },
  dealAmount: 'without_tax',
};
const view = (over: Partial<DefinitionsView> = {}): DefinitionsView => ({
  version: 1,
  document: USUAL,
  usual: USUAL,
  baseCurrency: 'EUR',
  usualFloor: '100',
  ...over,
});
const FORTNIGHTS: DefinitionsView['document'] = {
  ...USUAL,
  lifetimeValue: 'invoiced_net',
  ageingEdges: [14, 28, 42, 56],
};
const VERSIONS: DefinitionsHistory['versions'] = [
  { version: 2, at: '2026-11-20T14:05:00Z', by: { id: '2', name: 'Bea Lund' }, document: FORTNIGHTS },
  { version: 1, at: '2026-11-19T09:30:00Z', by: { id: '1', name: 'Ada Admin' }, document: USUAL },
];

/** With what somebody has typed, and with what somebody else saved behind it. */
function Editing({
  typed,
  overtakenBy,
  ...given
}: Given & { typed?: Partial<Typed>; overtakenBy?: DefinitionsView }): ReactNode {
  const [inForce, setInForce] = useState(view());
  const draft = useDefinitionsDraft(inForce);
  const [touched, touch] = useState(false);
  if (!touched) {
    touch(true);
    if (typed) draft.edit(typed);
    if (overtakenBy) setInForce(overtakenBy);
  }
  return (
    <DefinitionsForm
      inForce={inForce}
      draft={draft}
      versions={[]}
      saving={{ state: 'no', problem: null }}
      onSave={ended}
      onUndo={null}
      onPutBack={ended}
      onContinue={undefined}
      {...given}
    />
  );
}

/** Every designed state of the definitions. */
export const DEFINITIONS_STATES: Readonly<Record<string, () => ReactNode>> = {
  'definitions: as usual, in the wizard': () => <Editing onContinue={ended} />,
  'definitions: unsaved': () => (
    <Editing
      typed={{
        lifetimeValue: 'invoiced_net',
        ageingEdges: ['7', '14', '30', '60', '90'],
        dealAmount: 'with_tax',
      }}
      versions={VERSIONS.slice(1)}
    />
  ),
  'definitions: faulty': () => (
    <Editing
      typed={{
        ageingEdges: ['30', '30', 'ninety'],
        approvalDaysLate: '2',
        overdueSomeDays: '',
        materialityPercent: '101',
        materialityFloor: 'much',
      }}
    />
  ),
  'definitions: overtaken': () => (
    <Editing
      typed={{ ageingEdges: ['15', '30'], dealAmount: 'with_tax' }}
      overtakenBy={view({ version: 2, document: FORTNIGHTS })}
      versions={VERSIONS}
    />
  ),
  'definitions: saved': () => (
    <Editing saving={{ state: 'done', problem: null }} onUndo={ended} versions={VERSIONS.slice(1)} />
  ),
};
