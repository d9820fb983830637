import type { Health } from '../../../server/contract/health.ts';
import { textOr } from '../../ui/catalogue.ts';
import { useWords } from '../../ui/words.tsx';

type Calls = NonNullable<Health['calls']>;

/** What the organisation's calls to Books were used for, and how many are left. */
export function CallsCard({ calls, now }: { calls: Calls; now: Date }) {
  const { t, formats } = useWords();
  const { minute, day, refused, shutUntil } = calls;
  const used = ({ used, limit, left }: Calls['minute']): string =>
    t('health.calls.used', { used, limit, left });
  return (
    <section className="card health-tall">
      <h2>{t('health.calls')}</h2>
      <p className="small">{t('health.calls.why')}</p>
      <h3>{t('health.calls.day', { day: formats.day(day.date, day.date) })}</h3>
      <p>{used(day)}</p>
      <Purposes calls={calls} />
      <h3>{t('health.calls.minute')}</h3>
      <p>{used(minute)}</p>
      {refused > 0 && <p className="small">{t('health.calls.refused', { n: refused })}</p>}
      {shutUntil && (
        <p className="fault">{t('health.calls.shut', { time: formats.clock(new Date(shutUntil), now) })}</p>
      )}
    </section>
  );
}

function Purposes({ calls: { byPurpose, day } }: { calls: Calls }) {
  const { t, formats } = useWords();
  const rows = [...Object.entries(byPurpose), ...(day.others > 0 ? [['others', day.others] as const] : [])]
    .filter(([, count]) => count > 0)
    .sort(([, one], [, other]) => other - one);
  if (rows.length === 0) return <p className="small">{t('health.calls.none')}</p>;
  const percent = (count: number): number => (day.limit === 0 ? 0 : (100 * count) / day.limit);
  const share = (of: number): string => (of < 1 ? '< 1 %' : `${formats.number(Math.round(of))} %`);
  return (
    <>
      {/* the table says the same in numbers */}
      <div className="health-bar" aria-hidden="true">
        {rows.map(([purpose, count]) => (
          <span key={purpose} className={`health-${purpose}`} style={{ inlineSize: `${percent(count)}%` }} />
        ))}
      </div>
      <table className="health-table">
        <thead>
          <tr>
            <th scope="col">{t('health.calls.purpose')}</th>
            <th scope="col" className="health-number">
              {t('health.calls.count')}
            </th>
            <th scope="col" className="health-number">
              {t('health.calls.share')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([purpose, count]) => (
            <tr key={purpose}>
              <th scope="row">
                <span className={`health-key health-${purpose}`} aria-hidden="true" />
                {textOr(t, `health.calls.${purpose}`, purpose)}
              </th>
              <td className="health-number">{formats.number(count)}</td>
              <td className="health-number">{share(percent(count))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
