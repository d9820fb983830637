import type { MappingReport } from '../../../server/contract/mapping.ts';
import { Notice } from '../../ui/Notice.tsx';
import { useWords } from '../../ui/words.tsx';

/** How complete the report is: what has not been read cannot be told apart from what is not there. */
export function Standings({
  standing: { records, crm, customers, free, unread, listed },
  onAgain,
  isReadingAgain,
}: {
  standing: MappingReport['standing'];
  onAgain: () => void;
  isReadingAgain: boolean;
}) {
  const { t, formats } = useWords();
  const isReading = isReadingAgain || crm === 'reading';
  return (
    <>
      <p className="small mapping-standing">
        <span role="status">
          {t(isReading ? 'mapping.reading' : 'mapping.read', {
            records: formats.number(records),
            customers: formats.number(customers),
            free: formats.number(free),
          })}
        </span>{' '}
        <button
          type="button"
          className="button-plain"
          aria-disabled={isReading}
          onClick={isReading ? undefined : onAgain}
        >
          {t('mapping.again')}
        </button>
      </p>
      {crm === 'limited' && (
        <Notice tone="warn" icon="warning">
          {t('mapping.limited', { records: formats.number(records) })}
        </Notice>
      )}
      {!listed && (
        <Notice tone="warn" icon="clock">
          {t('mapping.not_listed')}
        </Notice>
      )}
      {listed && unread > 0 && <Notice icon="clock">{t('mapping.unread', { n: unread })}</Notice>}
    </>
  );
}
