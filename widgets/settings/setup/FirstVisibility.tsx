import { lazy, useState } from 'react';
import type { Settings } from '../../../server/contract/settings.ts';
import { Part } from '../../ui/Part.tsx';
import { useWords } from '../../ui/words.tsx';
import { Waiting } from '../Asked.tsx';
import { Roles } from '../Roles.tsx';

const Visibility = lazy(() =>
  import('../visibility/Visibility.tsx').then((module) => ({ default: module.Visibility })),
);

/** A first decision for every role; whoever wants it figure by figure finds the whole editor below. */
export function FirstVisibility({ roles, onContinue }: { roles: Settings['roles']; onContinue: () => void }) {
  const { t } = useWords();
  const [opened, setOpened] = useState(false);
  // once asked here, the roles stay for this visit, so that saving them is seen to lead on
  const [asks] = useState(() => roles.some(({ decided }) => !decided));
  return (
    <>
      {asks ? (
        <Roles roles={roles} onContinue={onContinue} />
      ) : (
        <>
          <p>{t('setup.decided')}</p>
          <div className="standing-actions">
            <button type="button" className="button" onClick={onContinue}>
              {t('setup.continue')}
            </button>
          </div>
        </>
      )}
      <details className="setup-more" onToggle={({ currentTarget }) => setOpened(currentTarget.open)}>
        <summary>{t('setup.figure_by_figure')}</summary>
        {opened && (
          <Part meanwhile={<Waiting meanwhile="visibility.loading" />}>
            <Visibility />
          </Part>
        )}
      </details>
    </>
  );
}
