import type { DefinitionsHistory, DefinitionsView } from '../../../server/contract/definitions.ts';
import { Icon } from '../../ui/Icon.tsx';
import { useWords } from '../../ui/words.tsx';
import { DefinitionChanges } from './DefinitionChanges.tsx';
import { changedParts, onTopOf, typedOf } from './typed.ts';
import type { DefinitionsDraft } from './use-definitions-draft.ts';

/** Somebody else was faster: what they changed, what mine would change on top of it, and the choice. */
export function Overtaken({
  inForce,
  draft,
  newest,
}: {
  inForce: DefinitionsView;
  draft: DefinitionsDraft;
  /** Who saved what is in force; absent while it is being asked. */
  newest: DefinitionsHistory['versions'][number] | undefined;
}) {
  const { t, formats } = useWords();
  const { version, baseCurrency: currency } = inForce;
  const base = draft.base.typed;
  const theirs = typedOf(inForce.document, currency);
  const theirParts = changedParts(base, theirs);
  const mine = onTopOf(base, draft.typed, theirs);
  const by =
    newest?.version === version
      ? t('conflict.by', {
          name: newest.by.name,
          time: formats.clock(new Date(newest.at), new Date()),
          version,
        })
      : t('conflict.version', { version });
  return (
    <div className="overtaken">
      <h3>
        <Icon name="warning" /> {t('conflict')}
      </h3>
      <p role="alert">{by}</p>
      <h4>{t('conflict.theirs')}</h4>
      <DefinitionChanges before={base} after={theirs} currency={currency} />
      <h4>{t('conflict.mine')}</h4>
      <DefinitionChanges before={theirs} after={mine} currency={currency} clashing={theirParts} />
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
