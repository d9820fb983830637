import { useEffect, useId, useRef } from 'react';
import type { Obstacle } from '../../server/contract/links.ts';
import { DocumentName } from '../ui/DocumentName.tsx';
import { documentName } from '../ui/document-name.ts';
import { Icon } from '../ui/Icon.tsx';
import { MoneyText } from '../ui/MoneyText.tsx';
import { useWords } from '../ui/words.tsx';
import { Obstacles } from './Obstacles.tsx';
import {
  isShareWrong,
  keyOf,
  MOST_AT_ONCE,
  type Picked,
  type Selection,
  shareCurrencyOf,
} from './selection.ts';

interface Listed {
  readonly selection: Selection;
  readonly obstaclesOf: (key: string) => readonly Obstacle[];
  readonly onShare: (key: string, share: string | null) => void;
  readonly onRemove: (key: string) => void;
}

/** What is about to be linked, wherever the search has gone meanwhile; each of them whole or in part. */
export function PickedList({ selection, obstaclesOf, onShare, onRemove }: Listed) {
  const { t } = useWords();
  return (
    <section className="picked">
      <h3 aria-live="polite">
        {selection.size === 0 ? t('link.picked.none') : t('link.picked', { n: selection.size })}
      </h3>
      <ul>
        {[...selection.values()].map((picked) => {
          const key = keyOf(picked.document);
          return (
            <PickedDocument
              key={key}
              picked={picked}
              obstacles={obstaclesOf(key)}
              onShare={(share) => onShare(key, share)}
              onRemove={() => onRemove(key)}
            />
          );
        })}
      </ul>
      {selection.size >= MOST_AT_ONCE && (
        <p className="small">{t('link.picked.most', { n: MOST_AT_ONCE })}</p>
      )}
    </section>
  );
}

function PickedDocument({
  picked,
  obstacles,
  onShare,
  onRemove,
}: {
  picked: Picked;
  obstacles: readonly Obstacle[];
  onShare: (share: string | null) => void;
  onRemove: () => void;
}) {
  const words = useWords();
  const { t } = words;
  const { document, share, from } = picked;
  const name = documentName(document, words);
  const currency = shareCurrencyOf(document);
  return (
    <li className="picked-document">
      <span className="picked-first">
        <DocumentName row={{ number: document.number, type: document.type }} />
        {document.total && (
          <span className="option-amount">
            <MoneyText figure={document.total} name="open" />
          </span>
        )}
        <button
          type="button"
          className="button-icon"
          aria-label={t('link.remove', { document: name })}
          onClick={onRemove}
        >
          <Icon name="close" />
        </button>
      </span>
      {currency !== null && share === null && (
        <button
          type="button"
          className="button-plain"
          aria-label={t('link.part.of', { document: name })}
          onClick={() => onShare('')}
        >
          {t('link.part')}
        </button>
      )}
      {currency !== null && share !== null && (
        <Share
          document={name}
          currency={currency}
          share={share}
          isWrong={isShareWrong(picked)}
          onShare={onShare}
        />
      )}
      {from !== null && share === null && <p className="moves">{t('link.moves', { deal: from })}</p>}
      <Obstacles obstacles={obstacles} />
    </li>
  );
}

function Share({
  document,
  currency,
  share,
  isWrong,
  onShare,
}: {
  document: string;
  currency: string;
  share: string;
  isWrong: boolean;
  onShare: (share: string | null) => void;
}) {
  const { t } = useWords();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []); // it was just asked for
  return (
    <div className="share">
      <label className="field" htmlFor={id}>
        {t('link.part.label', { document, currency })}
        <input
          ref={field}
          id={id}
          inputMode="decimal"
          autoComplete="off"
          value={share}
          aria-invalid={isWrong}
          aria-describedby={isWrong ? `${id}-wrong` : undefined}
          onChange={({ target }) => onShare(target.value)}
        />
      </label>
      <button
        type="button"
        className="button-plain"
        aria-label={t('link.whole.of', { document })}
        onClick={() => onShare(null)}
      >
        {t('link.whole')}
      </button>
      {isWrong && (
        <p className="field-wrong" id={`${id}-wrong`} role="alert">
          {t('link.part.wrong', { example: '1250.50' })}
        </p>
      )}
    </div>
  );
}
