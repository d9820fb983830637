import type { Alerts } from '../../../server/contract/alerts.ts';
import { useWords } from '../../ui/words.tsx';

type Delivery = Alerts['deliveries'][number];

/** What was sent lately, and whether it arrived. */
export function Deliveries({ deliveries }: Pick<Alerts, 'deliveries'>) {
  const { t, formats } = useWords();
  return (
    <>
      <h3>{t('health.deliveries')}</h3>
      {deliveries.length === 0 ? (
        <p className="small">{t('health.deliveries.none')}</p>
      ) : (
        <table className="health-table">
          <thead>
            <tr>
              <th scope="col">{t('health.deliveries.at')}</th>
              <th scope="col">{t('health.deliveries.kind')}</th>
              <th scope="col">{t('health.deliveries.outcome')}</th>
            </tr>
          </thead>
          <tbody>
            {deliveries.map((delivery) => (
              <tr key={delivery.id}>
                <td>{formats.clock(new Date(delivery.at), new Date())}</td>
                <td>{t(`health.alert.${delivery.kind}`)}</td>
                <td>
                  <Outcome delivery={delivery} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function Outcome({ delivery: { state, outcome, status } }: { delivery: Delivery }) {
  const { t } = useWords();
  if (!outcome) return t('health.delivery.waiting');
  const text = t(`health.outcome.${outcome}`, { status: String(status ?? '') });
  return state === 'waiting' ? t('health.delivery.again', { outcome: text }) : text;
}
