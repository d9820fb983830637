import { useQuery } from '@tanstack/react-query';
import { preFlightQuery } from '../../api/setup-query.ts';
import { useWords } from '../../ui/words.tsx';
import { Asked } from '../Asked.tsx';
import { CheckList } from './CheckList.tsx';

/** What is not as it should be now that everything is known. */
export function OpenChecks() {
  const { t } = useWords();
  return (
    <Asked query={useQuery(preFlightQuery)} meanwhile="setup.checking">
      {({ checks }) => {
        const open = checks.filter(({ state }) => state !== 'passed');
        return open.length === 0 ? (
          <p>{t('setup.all_passed', { n: checks.length })}</p>
        ) : (
          <>
            <p>{t('setup.not_passed')}</p>
            <CheckList checks={open} />
          </>
        );
      }}
    </Asked>
  );
}
