import type { Ref } from 'react';
import type { PolicyHistory, PolicyView } from '../../../server/contract/policy.ts';
import { Icon } from '../../ui/Icon.tsx';
import { useWords } from '../../ui/words.tsx';
import { ChangeList } from './ChangeList.tsx';
import { policyDiff } from './policy-diff.ts';
import type { PolicyNames } from './policy-names.ts';
import { reapply } from './policy-reapply.ts';
import type { PolicyDraft } from './use-policy-draft.ts';

/** Somebody else was faster: what they changed, what mine would change on top of it, and the choice. */
export function Overtaken({
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
  const { t, formats } = useWords();
  const base = draft.base.document;
  const { document, clashes } = reapply({ base, mine: draft.document, theirs: inForce.document }, inForce);
  const by =
    newest?.version === inForce.version
      ? t('conflict.by', {
          name: newest.by.name,
          time: formats.clock(new Date(newest.at), new Date()),
          version: inForce.version,
        })
      : t('conflict.version', { version: inForce.version });
  return (
    <div ref={ref} tabIndex={-1} className="overtaken">
      <h3>
        <Icon name="warning" /> {t('conflict')}
      </h3>
      <p role="alert">{by}</p>
      <h4>{t('conflict.theirs')}</h4>
      <ChangeList diff={policyDiff(base, inForce.document, inForce)} names={names} />
      <h4>{t('conflict.mine')}</h4>
      <ChangeList diff={policyDiff(inForce.document, document, inForce)} names={names} clashes={clashes} />
      <div className="standing-actions">
        <button type="button" className="button" onClick={draft.reapply}>
          {t('conflict.apply')}
        </button>
        <button type="button" className="button-quiet" onClick={draft.discard}>
          {t('conflict.drop')}
        </button>
      </div>
    </div>
  );
}
