import { useQuery } from '@tanstack/react-query';
import { preFlightQuery } from '../../api/setup-query.ts';
import { useWords } from '../../ui/words.tsx';
import { Asked } from '../Asked.tsx';
import { CheckList, isBlocked } from './CheckList.tsx';

/** Whether everything is ready. With `onContinue` it is a step, and nothing that has to be mended is left behind. */
export function PreFlight({ onContinue }: { onContinue?: () => void }) {
  const { t, formats } = useWords();
  const query = useQuery(preFlightQuery);
  const again = () => void query.refetch();
  return (
    <Asked query={query} meanwhile="setup.checking">
      {({ checks, checkedAt }) => {
        const blocked = isBlocked(checks);
        const wayOn = onContinue && !blocked;
        return (
          <>
            <CheckList checks={checks} />
            <div className="standing-actions">
              {wayOn && (
                <button type="button" className="button" onClick={onContinue}>
                  {t('setup.continue')}
                </button>
              )}
              <button
                type="button"
                className={wayOn || !onContinue ? 'button-quiet' : 'button'}
                aria-disabled={query.isFetching}
                onClick={query.isFetching ? undefined : again}
              >
                {t('setup.check_again')}
              </button>
              <span role="status" className="small">
                {query.isFetching
                  ? t('setup.checking')
                  : t('setup.checked_at', { time: formats.clock(new Date(checkedAt), new Date()) })}
              </span>
            </div>
          </>
        );
      }}
    </Asked>
  );
}
