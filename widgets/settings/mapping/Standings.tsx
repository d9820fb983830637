import type { MappingMode, MappingReport } from '../../../server/contract/mapping.ts';
import { Notice } from '../../ui/Notice.tsx';
import { useWords } from '../../ui/words.tsx';

/** How complete the report is: what has not been read cannot be told apart from what is not there. */
export function Standings({
  standing: { records, alongside, crm, customers, free, unread, listed },
  mode,
  onAgain,
  isReadingAgain,
}: {
  standing: MappingReport['standing'];
  mode: MappingMode;
  onAgain: () => void;
  isReadingAgain: boolean;
}) {
  const { t, formats } = useWords();
  const isReading = isReadingAgain || crm === 'reading';
  const isBooksRead = listed && unread === 0;
  return (
    <>
      <p className="small mapping-standing">
        {/* what grows by itself every few seconds is not read out each time */}
        <span role="status" aria-live={isReading || isBooksRead ? 'polite' : 'off'}>
          {t(
            isReading ? 'mapping.reading' : customers === 0 && !listed ? 'mapping.read.none' : 'mapping.read',
            {
              records: formats.number(records),
              customers: formats.number(customers),
              free: formats.number(free),
            },
          )}{' '}
          {alongside > 0 &&
            !isReading &&
            t(mode === 'accounts' ? 'mapping.alongside.accounts' : 'mapping.alongside', {
              grouped: formats.number(records - alongside),
              others: formats.number(alongside),
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
          {t(customers === 0 ? 'mapping.not_listed.none' : 'mapping.not_listed', {
            n: formats.number(customers),
          })}
        </Notice>
      )}
      {listed && unread > 0 && (
        <Notice icon="clock">
          {t('mapping.unread', { n: unread })}{' '}
          {t('mapping.unread.progress', {
            done: formats.number(customers - unread),
            all: formats.number(customers),
          })}
        </Notice>
      )}
    </>
  );
}
