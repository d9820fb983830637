import { type ReactNode, use } from 'react';
import { Ladder } from '../ui/Ladder.tsx';
import { Standing } from '../ui/Notice.tsx';
import { useWords } from '../ui/words.tsx';
import type { NotLinkedAnswer } from './panel-state.ts';
import { PreviewOnly } from './preview-only.ts';

/** No Books customer belongs to this record yet: who it may be, on what evidence, and what to do. */
export function NotLinked({
  answer,
  onRetry,
  links,
}: {
  answer: NotLinkedAnswer;
  onRetry: () => void;
  /** On a deal: the documents linked to it all the same. */
  links?: ReactNode;
}) {
  const { t } = useWords();
  const isPreview = use(PreviewOnly);
  const { reason, suggestions, ladder } = answer;
  return (
    <div className="layout">
      {ladder && <Ladder ladder={ladder} />}
      {links}
      <Standing
        icon="link"
        title={t(`not_linked.${reason}`)}
        actions={
          !isPreview && (
            <button type="button" className="button-quiet" onClick={onRetry}>
              {t('retry.check')}
            </button>
          )
        }
      >
        {suggestions.length > 0 && (
          <>
            <p>{t('not_linked.suggestions', { n: suggestions.length })}</p>
            <ul className="suggestions">
              {suggestions.map(({ customerId, name, evidence }) => (
                <li key={customerId} className="suggestion">
                  <bdi className="suggestion-name">{name}</bdi>
                  <span className="small">{t(`evidence.${evidence}`)}</span>
                </li>
              ))}
            </ul>
          </>
        )}
        <p>{t(suggestions.length > 0 ? 'not_linked.confirm' : `not_linked.${reason}.next`)}</p>
      </Standing>
    </div>
  );
}
