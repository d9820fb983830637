import { useQuery } from '@tanstack/react-query';
import { preFlightQuery } from '../../api/setup-query.ts';
import { useWords } from '../../ui/words.tsx';
import { Asked } from '../Asked.tsx';
import { CheckList, isBlocked } from './CheckList.tsx';

/**
 * Whether everything is ready. With `onContinue` it is a step: what fails keeps the set-up from being finished, not from
 * being gone on with.
 */
export function PreFlight({ onContinue }: { onContinue?: () => void }) {
  const { t, formats } = useWords();
  const query = useQuery(preFlightQuery);
  const again = () => void query.refetch();
  return (
    <Asked query={query} meanwhile="setup.checking">
      {({ checks, checkedAt }) => {
        // what CRM did not permit it refuses the next steps as well
        const isRefused = checks.some(({ finding }) => finding === 'crm_scopes.missing');
        const wayOn = onContinue && !isRefused;
        return (
          <>
            <CheckList checks={checks} />
            {wayOn && isBlocked(checks) && <p>{t('setup.check.go_on')}</p>}
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
