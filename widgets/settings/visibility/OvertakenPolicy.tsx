import type { Ref } from 'react';
import type { PolicyHistory, PolicyView } from '../../../server/contract/policy.ts';
import { Overtaken } from '../versioned/Overtaken.tsx';
import { ChangeList } from './ChangeList.tsx';
import { policyDiff } from './policy-diff.ts';
import type { PolicyNames } from './policy-names.ts';
import { reapply } from './policy-reapply.ts';
import type { PolicyDraft } from './use-policy-draft.ts';

/** Two administrators decided at once. */
export function OvertakenPolicy({
  ref,
  inForce,
  draft,
  newest,
  names,
}: {
  /** Takes the focus when somebody wants to see why nothing was saved. */
  ref?: Ref<HTMLDivElement>;
  inForce: PolicyView;
  draft: PolicyDraft;
  /** Who saved what is in force; absent while it is being asked. */
  newest: PolicyHistory['versions'][number] | undefined;
  names: PolicyNames;
}) {
  const base = draft.base.document;
  const { document, clashes } = reapply({ base, mine: draft.document, theirs: inForce.document }, inForce);
  return (
    <Overtaken
      ref={ref}
      version={inForce.version}
      newest={newest}
      theirs={<ChangeList diff={policyDiff(base, inForce.document, inForce)} names={names} />}
      mine={
        <ChangeList diff={policyDiff(inForce.document, document, inForce)} names={names} clashes={clashes} />
      }
      onReapply={draft.reapply}
      onDiscard={draft.discard}
    />
  );
}
