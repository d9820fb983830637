import type { Health } from '../../../server/contract/health.ts';
import { Reference } from '../../ui/Reference.tsx';
import { useWords } from '../../ui/words.tsx';

type Trouble = Health['troubles'][number];

const TONE = { going_on: 'tone-bad', not_again: 'tone-warn', over: 'tone-good' } as const;

/** What went wrong lately: the cause in words, the next step, how often, whether it is over, and a reference. */
export function TroublesCard({ troubles, now }: Pick<Health, 'troubles'> & { now: Date }) {
  const { t } = useWords();
  return (
    <section className="card health-wide">
      <h2>{t('health.troubles')}</h2>
      {troubles.length === 0 && <p className="small">{t('health.troubles.none')}</p>}
      {troubles.length > 0 && (
        <ul className="health-troubles">
          {troubles.map((trouble) => (
            <OneTrouble
              key={`${trouble.area} ${trouble.cause} ${trouble.code}`}
              trouble={trouble}
              now={now}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

function OneTrouble({ trouble, now }: { trouble: Trouble; now: Date }) {
  const { t, formats } = useWords();
  const { area, cause, code, count, firstAt, lastAt, state, reference } = trouble;
  const at = (instant: string): string => formats.clock(new Date(instant), now);
  return (
    <li>
      <h3>
        {t(`health.cause.${cause}`)}
        <span className={`chip chip-small ${TONE[state]}`}>{t(`health.troubles.${state}`)}</span>
      </h3>
      {state !== 'over' && <p>{t(`health.cause.${cause}.next`)}</p>}
      <p className="small">
        {t('health.troubles.seen', {
          area: t(`health.area.${area}`),
          n: count,
          first: at(firstAt),
          last: at(lastAt),
        })}{' '}
        {code !== 'other' && t('health.troubles.code', { code })}
      </p>
      <Reference requestId={reference} />
    </li>
  );
}
