import type { ReactNode, Ref } from 'react';
import { Icon } from '../../ui/Icon.tsx';
import { useWords } from '../../ui/words.tsx';

/** Somebody else was faster: what they changed, what mine would change on top of it, and the choice. */
export function Overtaken({
  ref,
  version,
  newest,
  theirs,
  mine,
  onReapply,
  onDiscard,
}: {
  /** Takes the focus when somebody wants to see why nothing was saved. */
  ref?: Ref<HTMLDivElement> | undefined;
  /** In force. */
  version: number;
  /** Who saved what is in force; absent while it is being asked. */
  newest:
    | { readonly version: number; readonly at: string; readonly by: { readonly name: string } }
    | undefined;
  theirs: ReactNode;
  mine: ReactNode;
  onReapply: () => void;
  onDiscard: () => void;
}) {
  const { t, formats } = useWords();
  const by =
    newest?.version === version
      ? t('conflict.by', {
          name: newest.by.name,
          time: formats.clock(new Date(newest.at), new Date()),
          version,
        })
      : t('conflict.version', { version });
  return (
    <div ref={ref} tabIndex={ref ? -1 : undefined} className="overtaken">
      <h3>
        <Icon name="warning" /> {t('conflict')}
      </h3>
      <p role="alert">{by}</p>
      <h4>{t('conflict.theirs')}</h4>
      {theirs}
      <h4>{t('conflict.mine')}</h4>
      {mine}
      <div className="standing-actions">
        <button type="button" className="button" onClick={onReapply}>
          {t('conflict.apply')}
        </button>
        <button type="button" className="button-quiet" onClick={onDiscard}>
          {t('conflict.drop')}
        </button>
      </div>
    </div>
  );
}
