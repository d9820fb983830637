import type { DocumentRow } from '../../server/contract/figures.ts';
import { documentName } from '../ui/document-name.ts';
import { Icon } from '../ui/Icon.tsx';
import { useWords } from '../ui/words.tsx';

/** Beside the number of a document that is on no deal. */
export function LinkRowButton({ row, onLink }: { row: DocumentRow; onLink: () => void }) {
  const words = useWords();
  const { t } = words;
  return (
    <button
      type="button"
      className="button-icon"
      aria-label={t('link.to_deal.of', { document: documentName(row, words) })}
      title={t('link.to_deal')}
      onClick={onLink}
    >
      <Icon name="link" />
    </button>
  );
}

/** Beside the heading of a list of documents. */
export function LinkButton({ onLink }: { onLink: () => void }) {
  const { t } = useWords();
  return (
    <button type="button" className="button-plain section-action" onClick={onLink}>
      {t('link.to_deal')}
    </button>
  );
}
