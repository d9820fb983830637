import type { DefinitionsHistory, DefinitionsView } from '../../../server/contract/definitions.ts';
import { Overtaken } from '../versioned/Overtaken.tsx';
import { DefinitionChanges } from './DefinitionChanges.tsx';
import { changedParts, onTopOf, typedOf } from './typed.ts';
import type { DefinitionsDraft } from './use-definitions-draft.ts';

/** Two administrators defined at once. */
export function OvertakenDefinitions({
  inForce,
  draft,
  newest,
}: {
  inForce: DefinitionsView;
  draft: DefinitionsDraft;
  /** Who saved what is in force; absent while it is being asked. */
  newest: DefinitionsHistory['versions'][number] | undefined;
}) {
  const { version, baseCurrency: currency } = inForce;
  const base = draft.base.typed;
  const theirs = typedOf(inForce.document, currency);
  return (
    <Overtaken
      version={version}
      newest={newest}
      theirs={<DefinitionChanges before={base} after={theirs} currency={currency} />}
      mine={
        <DefinitionChanges
          before={theirs}
          after={onTopOf(base, draft.typed, theirs)}
          currency={currency}
          clashing={changedParts(base, theirs)}
        />
      }
      onReapply={draft.reapply}
      onDiscard={draft.discard}
    />
  );
}
