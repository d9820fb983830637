import type { Health } from '../../../server/contract/health.ts';
import { useWords } from '../../ui/words.tsx';
import { Facts } from './Facts.tsx';

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
              : t(state === 'reconnect' ? 'health.unknown' : 'health.never'),
          ],
          [t('health.connection.links'), t(mayLink ? 'health.yes' : 'health.no')],
          [t('health.follower'), t(`health.follower.${follower.state}`, { server: follower.server ?? '' })],
        ]}
      />
    </section>
  );
}

/** Up to when figures are right, and how soon a change shows. */
export function FreshnessCard({ freshness, now }: Pick<Health, 'freshness'> & { now: Date }) {
  const { t, formats } = useWords();
  const { followedTo, goodUntil, nextPassAt, toldAt, toldWithinDay } = freshness;
  const at = (instant: string | null): string =>
    instant ? formats.clock(new Date(instant), now) : t('health.unknown');
  return (
    <section className="card">
      <h2>{t('health.freshness')}</h2>
      <Facts
        of={[
          [t('health.freshness.followed'), followedTo ? at(followedTo) : t('health.never')],
          [t('health.freshness.good'), at(goodUntil)],
          [t('health.freshness.next'), at(nextPassAt)],
          [t('health.freshness.told'), toldAt ? at(toldAt) : t('health.never')],
        ]}
      />
      {!toldWithinDay && <p className="small">{t('health.freshness.untold')}</p>}
    </section>
  );
}
