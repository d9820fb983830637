import type { ReactNode } from 'react';
import type { DocumentRow } from '../../server/contract/figures.ts';
import { useWords } from './words.tsx';

/**
 * Number and kind of a document; the kind alone where it has no number, which is common with expenses.
 * @param href opens it in Books
 */
export function DocumentName({
  row: { number, type, href },
  more,
  action,
}: {
  row: Pick<DocumentRow, 'number' | 'type' | 'href'>;
  /** Beside the kind. */
  more?: string | null;
  /** Beside the number. */
  action?: ReactNode;
}) {
  const { t } = useWords();
  const kind = t(`document.type.${type}`);
  const name = <bdi>{number.trim() || kind}</bdi>;
  return (
    <>
      <span className="document-number">
        {href ? (
          <a href={href} target="_blank" rel="noreferrer">
            {name}
            <span className="unseen"> {t('opens_in_books')}</span>
          </a>
        ) : (
          name
        )}
        {action}
      </span>
      <span className="document-type">{[number.trim() && kind, more].filter(Boolean).join(' · ')}</span>
    </>
  );
}
