import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DefinitionsView } from '../../../server/contract/definitions.ts';
import {
  definitionsHistoryQuery,
  definitionsQuery,
  saveDefinitionsMutation,
} from '../../api/definitions-query.ts';
import { asProblem } from '../../api/problem-error.ts';
import { Asked } from '../Asked.tsx';
import { DefinitionsForm } from './DefinitionsForm.tsx';
import { readTyped, type Typed, typedOf } from './typed.ts';
import { useDefinitionsDraft } from './use-definitions-draft.ts';

/**
 * What the organisation means by its figures. Asks; the form draws.
 * @param onContinue called once everything here is saved; absent outside the wizard
 */
export function Definitions({ onContinue }: { onContinue?: () => void }) {
  return (
    <Asked query={useQuery(definitionsQuery)} meanwhile="definitions.loading">
      {(inForce) => <Editing inForce={inForce} onContinue={onContinue} />}
    </Asked>
  );
}

function Editing({
  inForce,
  onContinue,
}: {
  inForce: DefinitionsView;
  onContinue: (() => void) | undefined;
}) {
  const draft = useDefinitionsDraft(inForce);
  const saving = useMutation(saveDefinitionsMutation);
  const history = useQuery(definitionsHistoryQuery);
  const [before, setBefore] = useState<Typed | null>(null);
  const { baseCurrency } = inForce;

  const save = (typed: Typed, { basedOn, next }: { basedOn: number; next?: (() => void) | undefined }) => {
    const { document } = readTyped(typed, baseCurrency);
    if (!document) return;
    const was = typedOf(inForce.document, baseCurrency);
    saving.mutate(
      { basedOn, document },
      {
        onSuccess: (now) => {
          setBefore(was);
          draft.saved(typed, now);
          next?.();
        },
      },
    );
  };
  const replace = (typed: Typed): void => {
    draft.edit(typed); // refused, it stays here as a change of its own
    save(typed, { basedOn: inForce.version });
  };
  const problem = saving.error ? asProblem(saving.error).code : null;
  return (
    <DefinitionsForm
      inForce={inForce}
      draft={draft}
      versions={history.data?.versions ?? []}
      saving={{
        state: saving.isPending ? 'running' : saving.isSuccess ? 'done' : 'no',
        problem: problem === 'definitions.changed_meanwhile' ? null : problem,
      }}
      onSave={() => save(draft.typed, { basedOn: draft.base.version })}
      onUndo={before ? () => replace(before) : null}
      onPutBack={({ document }) => replace(typedOf(document, baseCurrency))}
      onContinue={
        onContinue &&
        (() =>
          draft.unsaved ? save(draft.typed, { basedOn: draft.base.version, next: onContinue }) : onContinue())
      }
    />
  );
}
