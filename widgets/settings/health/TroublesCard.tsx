import type { Health } from '../../../server/contract/health.ts';
import { Reference } from '../../ui/Reference.tsx';
import { useWords } from '../../ui/words.tsx';

type Trouble = Health['troubles'][number];

const TONE = { going_on: 'tone-bad', not_again: 'tone-warn', over: 'tone-good' } as const;
const WORST_FIRST = ['going_on', 'not_again', 'over'] as const;

/** What went wrong lately: each cause once, with the next step, where and how often, whether it is over, and references. */
export function TroublesCard({ troubles, now }: Pick<Health, 'troubles'> & { now: Date }) {
  const { t } = useWords();
  return (
    <section className="card health-wide">
      <h2>{t('health.troubles')}</h2>
      {troubles.length === 0 && <p className="small">{t('health.troubles.none')}</p>}
      {troubles.length > 0 && (
        <ul className="health-troubles">
          {byCause(troubles).map((same) => (
            <OneCause key={same[0].cause} same={same} now={now} />
          ))}
        </ul>
      )}
    </section>
  );
}

type Same = readonly [Trouble, ...Trouble[]];

/** One cause shows in several kinds of work, and is mended once for all of them. The order stays: newest first. */
function byCause(troubles: readonly Trouble[]): readonly Same[] {
  const causes = new Map<string, Same>();
  for (const trouble of troubles) {
    const before = causes.get(trouble.cause);
    causes.set(trouble.cause, before ? [...before, trouble] : [trouble]);
  }
  return [...causes.values()];
}

function OneCause({ same, now }: { same: Same; now: Date }) {
  const { t, formats } = useWords();
  const [{ cause, state: newest }] = same;
  const has = (state: Trouble['state']): boolean => same.some((trouble) => trouble.state === state);
  const state = WORST_FIRST.find(has) ?? newest;
  const at = (instant: string): string => formats.clock(new Date(instant), now);
  return (
    <li>
      <h3>
        {t(`health.cause.${cause}`)}
        <span className={`chip chip-small ${TONE[state]}`}>{t(`health.troubles.${state}`)}</span>
      </h3>
      {state !== 'over' && <p>{t(`health.cause.${cause}.next`)}</p>}
      {same.map(({ area, code, count, firstAt, lastAt, reference }) => (
        <div key={`${area} ${code}`}>
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
        </div>
      ))}
    </li>
  );
}
