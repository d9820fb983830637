import { useWords } from '../../ui/words.tsx';
import { PlacePicture } from './PlacePicture.tsx';

const PLACES = ['Accounts', 'Deals', 'Contacts'] as const;

/** Where the widgets go in CRM, with a picture of each place. The last step. */
export function Place({
  onFinish,
  finishing,
  problem,
}: {
  /** Absent where the set-up is only looked at. */
  onFinish?: () => void;
  finishing: boolean;
  /** Why it was not finished, in words. */
  problem: string;
}) {
  const { t } = useWords();
  return (
    <>
      <p>{t('setup.place.why')}</p>
      <ol className="places">
        {PLACES.map((module) => (
          <li key={module}>
            <PlacePicture module={module} />
            <p>{t('setup.place.module', { module })}</p>
          </li>
        ))}
      </ol>
      <p className="small">{t('setup.place.profiles')}</p>
      {onFinish && (
        <div className="standing-actions">
          <button
            type="button"
            className="button"
            aria-disabled={finishing}
            onClick={finishing ? undefined : onFinish}
          >
            {t(finishing ? 'popup.finishing' : 'setup.finish')}
          </button>
          <span role="alert" className="small">
            {problem}
          </span>
        </div>
      )}
    </>
  );
}
