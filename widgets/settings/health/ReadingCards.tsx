import type { Health } from '../../../server/contract/health.ts';
import { useWords } from '../../ui/words.tsx';
import { Facts } from './Facts.tsx';

const DAY_MS = 24 * 3_600_000;
const TONE = {
  good: 'tone-good',
  reconnect: 'tone-bad',
  choose_organisation: 'tone-warn',
  not_connected: '',
  paused: '',
  disabled: '',
} as const;

export function ConnectionCard({
  connection,
  follower,
  now,
}: Pick<Health, 'connection' | 'follower'> & { now: Date }) {
  const { t, formats } = useWords();
  const { state, reason, since, mayLink } = connection;
  return (
    <section className="card">
      <h2>{t('health.connection')}</h2>
      <Facts
        of={[
          [
            t('health.connection.state'),
            <span key="state" className={`chip chip-small ${TONE[state]}`}>
              {t(`health.connection.${state}`)}
            </span>,
          ],
          ...(reason ? [[t('health.connection.why'), t(`health.connection.${reason}`)] as const] : []),
          [
            t('health.connection.since'),
            since
              ? formats.clock(new Date(since), now)
              : t(state === 'not_connected' ? 'health.never' : 'health.unknown'),
          ],
          [t('health.connection.links'), t(mayLink ? 'health.yes' : 'health.no')],
          // nothing is followed without a connection, whichever server would
          ...(state === 'good'
            ? [
                [
                  t('health.follower'),
                  t(`health.follower.${follower.state}`, { server: follower.server ?? '' }),
                ] as const,
              ]
            : []),
        ]}
      />
    </section>
  );
}

/** Up to when figures are right, and how soon a change shows. */
export function FreshnessCard({
  freshness,
  connection: { state, since },
  now,
}: Pick<Health, 'freshness' | 'connection'> & { now: Date }) {
  const { t, formats } = useWords();
  const { followedTo, goodUntil, nextPassAt, toldAt, toldWithinDay } = freshness;
  const at = (instant: string | null): string =>
    instant ? formats.clock(new Date(instant), now) : t('health.unknown');
  const reads = state === 'good';
  // before a day is over there is nothing to miss
  const isUntold = reads && !toldWithinDay && since !== null && now.getTime() - Date.parse(since) > DAY_MS;
  return (
    <section className="card">
      <h2>{t('health.freshness')}</h2>
      <Facts
        of={[
          [t('health.freshness.followed'), followedTo ? at(followedTo) : t('health.never')],
          [t('health.freshness.good'), at(goodUntil)],
          [t('health.freshness.next'), reads ? at(nextPassAt) : t('health.freshness.none')],
          [t('health.freshness.told'), toldAt ? at(toldAt) : t('health.never')],
        ]}
      />
      {isUntold && <p className="small">{t('health.freshness.untold')}</p>}
    </section>
  );
}
