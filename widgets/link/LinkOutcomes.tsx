import { useRef } from 'react';
import type { DocumentRow } from '../../server/contract/figures.ts';
import type { Translate } from '../ui/catalogue.ts';
import { DocumentName } from '../ui/DocumentName.tsx';
import { Icon } from '../ui/Icon.tsx';
import { useWords } from '../ui/words.tsx';
import { BooksState } from './BooksState.tsx';
import type { LinkOutcome } from './link-view.ts';
import { Obstacles } from './Obstacles.tsx';
import { keyOf } from './selection.ts';
import { useFocusAtFirst } from './use-focus-at-first.ts';

/** What became of each document. Those that were refused stay picked for another try. */
export function LinkOutcomes({
  outcomes,
  documents,
  takesFocus,
  onAgain,
  onDone,
}: {
  outcomes: readonly LinkOutcome[];
  /** By `keyOf`. */
  documents: ReadonlyMap<string, Pick<DocumentRow, 'number'>>;
  /** False beside others of its kind. */
  takesFocus?: boolean;
  onAgain: () => void;
  onDone: () => void;
}) {
  const { t } = useWords();
  const done = useRef<HTMLButtonElement>(null);
  useFocusAtFirst(done, takesFocus); // the button that was pressed is gone
  return (
    <div className="link-outcomes">
      <h3 aria-live="polite">{summary(outcomes, t)}</h3>
      <ul>
        {outcomes.map((outcome) => (
          <li key={keyOf(outcome.document)} className="picked-document">
            <span className="picked-first">
              <DocumentName
                row={{
                  number: documents.get(keyOf(outcome.document))?.number ?? outcome.document.id,
                  type: outcome.document.type,
                }}
              />
              <span className={`chip chip-small ${outcome.outcome === 'linked' ? 'tone-good' : 'tone-bad'}`}>
                <Icon name={outcome.outcome === 'linked' ? 'check' : 'warning'} />
                {t(`link.done.${outcome.outcome}`)}
              </span>
            </span>
            {outcome.outcome === 'linked' ? (
              <>
                <BooksState inBooks={outcome.inBooks} />
                {outcome.altered && <p className="moves">{t('link.altered')}</p>}
              </>
            ) : (
              <Obstacles obstacles={outcome.obstacles} />
            )}
          </li>
        ))}
      </ul>
      <div className="standing-actions">
        <button ref={done} type="button" className="button" onClick={onDone}>
          {t('link.done')}
        </button>
        <button type="button" className="button-quiet" onClick={onAgain}>
          {t('link.again')}
        </button>
      </div>
    </div>
  );
}

function summary(outcomes: readonly LinkOutcome[], t: Translate): string {
  const linked = outcomes.filter(({ outcome }) => outcome === 'linked').length;
  if (linked === 0) return t('link.done.none');
  return linked === outcomes.length
    ? t('link.done.all', { n: linked })
    : t('link.done.some', { linked, n: outcomes.length });
}
