import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PolicyDocument, PolicyView } from '../../../server/contract/policy.ts';
import { savePolicyMutation } from '../../api/policy-mutation.ts';
import { policyHistoryQuery, policyQuery } from '../../api/policy-query.ts';
import { asProblem } from '../../api/problem-error.ts';
import { Asked } from '../Asked.tsx';
import { Preview } from '../preview/Preview.tsx';
import { usePolicyDraft } from './use-policy-draft.ts';
import { VisibilityEditor } from './VisibilityEditor.tsx';

/** Asks for the policy; the editor draws it. */
export function Visibility() {
  return (
    <Asked query={useQuery(policyQuery)} meanwhile="visibility.loading">
      {(inForce) => <Editing inForce={inForce} />}
    </Asked>
  );
}

function Editing({ inForce }: { inForce: PolicyView }) {
  const draft = usePolicyDraft(inForce);
  const saving = useMutation(savePolicyMutation);
  const [before, setBefore] = useState<PolicyDocument | null>(null);
  const history = useQuery({ ...policyHistoryQuery, enabled: draft.overtaken });

  const save = (document: PolicyDocument): void =>
    saving.mutate(
      { basedOn: draft.base.version, document },
      {
        onSuccess: (now) => {
          setBefore(draft.base.document);
          draft.saved(document, now);
        },
      },
    );
  const undo = (): void => {
    if (!before) return;
    draft.edit(() => before); // refused, it stays here as a change of its own
    save(before);
  };
  const problem = saving.error ? asProblem(saving.error).code : null;
  return (
    <VisibilityEditor
      inForce={inForce}
      draft={draft}
      newest={history.data?.versions[0]}
      saving={{
        state: saving.isPending ? 'running' : saving.isSuccess ? 'done' : 'no',
        ...(saving.data ? { version: saving.data.version } : {}),
        problem: problem === 'policy.changed_meanwhile' ? null : problem,
      }}
      onSave={() => save(draft.document)}
      onUndo={before ? undo : null}
      preview={<Preview roles={inForce.roles} profiles={inForce.profiles} unsaved={draft.unsaved} />}
    />
  );
}
