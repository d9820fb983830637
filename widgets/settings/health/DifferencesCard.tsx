import type { Health } from '../../../server/contract/health.ts';
import { useWords } from '../../ui/words.tsx';
import { Facts } from './Facts.tsx';

type Differences = NonNullable<Health['differences']>;

/** How the copy compares with Books' own sums, and whose does not tie. */
export function DifferencesCard({ differences, now }: { differences: Differences; now: Date }) {
  const { t, formats } = useWords();
  const { checked, checkedLately, lastAt, mendedLately, differing, customers } = differences;
  return (
    <section className="card">
      <h2>{t('health.differences')}</h2>
      <p className="small">{t('health.differences.why')}</p>
      <Facts
        of={[
          [t('health.differences.checked'), formats.number(checked)],
          [t('health.differences.lately'), formats.number(checkedLately)],
          [t('health.differences.last'), lastAt ? formats.clock(new Date(lastAt), now) : t('health.never')],
          [t('health.differences.mended'), formats.number(mendedLately)],
          [
            t('health.differences.differing'),
            checked === 0 ? t('health.unknown') : formats.number(differing),
          ],
        ]}
      />
      {customers.length > 0 && <Customers customers={customers} differing={differing} now={now} />}
    </section>
  );
}

function Customers({
  customers,
  differing,
  now,
}: Pick<Differences, 'customers' | 'differing'> & { now: Date }) {
  const { t, formats } = useWords();
  return (
    <>
      <table className="health-table">
        <thead>
          <tr>
            <th scope="col">{t('health.differences.customer')}</th>
            <th scope="col">{t('health.differences.at')}</th>
          </tr>
        </thead>
        <tbody>
          {customers.map(({ id, name, checkedAt }) => (
            <tr key={id}>
              <th scope="row">
                {name ?? ''}{' '}
                <span className="small" dir="ltr">
                  {id}
                </span>
              </th>
              <td>{checkedAt ? formats.clock(new Date(checkedAt), now) : t('health.unknown')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {differing > customers.length && (
        <p className="small">{t('health.differences.more', { n: differing - customers.length })}</p>
      )}
      <p className="small">{t('health.differences.amounts')}</p>
    </>
  );
}
