import { useId } from 'react';
import type { Health } from '../../../server/contract/health.ts';
import { useWords } from '../../ui/words.tsx';
import { Facts } from './Facts.tsx';

/** How much of Books is here, and when the rest will be. */
export function BackfillCard({ ledger, now }: { ledger: NonNullable<Health['ledger']>; now: Date }) {
  const { t, formats } = useWords();
  const id = useId();
  const { customers, documents, wanted, backfill } = ledger;
  const { state, list, pages, done, total, rate, expectedEnd } = backfill;
  const progress =
    total === null
      ? t('health.backfill.counting')
      : t('health.backfill.progress', { done: formats.number(done), total: formats.number(total) });
  return (
    <section className="card">
      <h2 id={id}>{t('health.backfill')}</h2>
      <p>
        {t(`health.backfill.${state}`, {
          list: list ? t(`health.list.${list}`) : '',
          page: pages + 1,
        })}
      </p>
      {state !== 'done' && (
        <>
          {/* without a value it says that it goes on, and not how far it is */}
          <progress
            className="health-progress"
            aria-labelledby={id}
            aria-valuetext={progress}
            {...(total === null ? {} : { value: done, max: Math.max(total, 1) })}
          />
          <p className="small">{progress}</p>
        </>
      )}
      <Facts
        of={[
          ...(state === 'done'
            ? [[t('health.backfill.here'), formats.number(customers)] as const]
            : [
                [
                  t('health.backfill.rate'),
                  rate === null ? t('health.unknown') : formats.number(Math.round(rate)),
                ] as const,
                [
                  t('health.backfill.end'),
                  expectedEnd ? formats.clock(new Date(expectedEnd), now) : t('health.unknown'),
                ] as const,
              ]),
          [t('health.backfill.documents'), formats.number(documents)],
          [t('health.backfill.wanted'), formats.number(wanted)],
        ]}
      />
    </section>
  );
}
