import type { Freshness } from '../../server/contract/customer-360.ts';
import { Notice } from '../ui/Notice.tsx';
import { useWords } from '../ui/words.tsx';

/** What is not in the answer yet. It stands below the figures, which do not move when it goes. */
export function MissingParts({
  freshness: { missing, trouble, refetchAfterSeconds },
}: {
  freshness: Freshness;
}) {
  const { t } = useWords();
  if (missing.length === 0) return null;
  const parts = missing.map((part) => t(`missing.${part}`)).join(', ');
  const reading = refetchAfterSeconds !== undefined && !trouble;
  return (
    <Notice icon="info" title={t('missing', { parts })}>
      {t(reading ? 'missing.reading' : 'missing.later')}
    </Notice>
  );
}
