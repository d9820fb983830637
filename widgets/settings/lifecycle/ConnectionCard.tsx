import type { Lifecycle } from '../../../server/contract/lifecycle.ts';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { PopupSteps, type PopupView } from '../../ui/PopupSteps.tsx';
import { useWords } from '../../ui/words.tsx';

const CHIP = {
  active: { tone: 'tone-good', icon: 'check' },
  paused: { tone: 'tone-warn', icon: 'pause' },
  disabled: { tone: '', icon: 'plug' },
  uninstalling: { tone: 'tone-bad', icon: 'warning' },
} as const satisfies Record<Lifecycle['state'], { tone: string; icon: IconName }>;

/** Whose CRM reads whose Books, who connected them and when, and connecting again. */
export function ConnectionCard({
  view: { state, since, by, crm, books, erasure },
  popup,
  onConnect,
}: {
  view: Lifecycle;
  popup: PopupView;
  onConnect: () => void;
}) {
  const { t, formats } = useWords();
  const time = (at: string): string => formats.clock(new Date(at), new Date());
  const { tone, icon } = CHIP[state];
  const broken = books !== undefined && books.connection !== 'good';
  return (
    <section className="card">
      <h2>
        {t('tab.connection')}
        <span className={`chip chip-small ${tone}`}>
          <Icon name={icon} />
          {t(`lifecycle.state.${state}`)}
        </span>
      </h2>
      <p>{t(`lifecycle.means.${state}`, { time: erasure ? time(erasure.at) : '' })}</p>
      {since && (
        <p className="small">
          {by === undefined
            ? t('lifecycle.since_marketplace', { time: time(since) })
            : t('lifecycle.since_by', { time: time(since), name: by })}
        </p>
      )}
      <dl className="life-facts">
        <dt>{t('lifecycle.crm')}</dt>
        <dd>
          {t('lifecycle.crm.value', {
            name: crm.organisation,
            id: crm.id,
            dc: crm.dataCentre.toUpperCase(),
          })}
        </dd>
        <dt>{t('lifecycle.books')}</dt>
        <dd>
          {books ? t('settings.books.organisation', placed(books.organisation)) : t('lifecycle.books.none')}
        </dd>
        {books && (
          <>
            <dt>{t('lifecycle.connected')}</dt>
            <dd>
              {books.connectedAt &&
                (books.connectedBy === undefined
                  ? time(books.connectedAt)
                  : t('lifecycle.connected.by', {
                      time: time(books.connectedAt),
                      name: books.connectedBy,
                    }))}{' '}
              <span className={`chip chip-small ${broken ? 'tone-bad' : 'tone-good'}`}>
                <Icon name={broken ? 'warning' : 'check'} />
                {t(`lifecycle.connection.${books.connection}`)}
              </span>
            </dd>
          </>
        )}
      </dl>
      {state !== 'uninstalling' && books && (
        <>
          <p className="small">{t('lifecycle.reconnect.why')}</p>
          <PopupSteps
            popup={popup}
            label={t('lifecycle.reconnect')}
            what={t('settings.books.popup')}
            look={broken ? 'button' : 'button-quiet'}
            onOpen={onConnect}
          />
        </>
      )}
    </section>
  );
}

const placed = ({ name, currency, timeZone: zone }: NonNullable<Lifecycle['books']>['organisation']) => ({
  name,
  currency,
  zone,
});
