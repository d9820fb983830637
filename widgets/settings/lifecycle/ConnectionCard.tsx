import type { Lifecycle } from '../../../server/contract/lifecycle.ts';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { PopupSteps, type PopupView } from '../../ui/PopupSteps.tsx';
import { useWords } from '../../ui/words.tsx';

const CHIP = {
  active: { tone: 'tone-good', icon: 'check' },
  incomplete: { tone: 'tone-warn', icon: 'warning' },
  ended: { tone: 'tone-bad', icon: 'warning' },
  not_connected: { tone: '', icon: 'plug' },
  paused: { tone: 'tone-warn', icon: 'pause' },
  disabled: { tone: '', icon: 'plug' },
  uninstalling: { tone: 'tone-bad', icon: 'warning' },
} as const satisfies Record<Headline, { tone: string; icon: IconName }>;

type Headline = Lifecycle['state'] | 'incomplete' | 'ended' | 'not_connected';

/** What comes of the state and the permission together: an install that is meant to read may not be able to. */
function headlineOf({ state, books }: Lifecycle, lacksPermissions: boolean): Headline {
  if (state !== 'active') return state;
  if (!books || books.connection === 'none') return 'not_connected';
  if (books.connection !== 'good') return 'ended';
  return lacksPermissions ? 'incomplete' : 'active';
}

/** Whose CRM reads whose Books, who connected them and when, and connecting again. */
export function ConnectionCard({
  view,
  lacksPermissions,
  popup,
  onConnect,
}: {
  view: Lifecycle;
  /** Books was connected without all that reading needs. */
  lacksPermissions: boolean;
  popup: PopupView;
  onConnect: () => void;
}) {
  const { t, formats } = useWords();
  const { state, since, by, crm, books, erasure } = view;
  const time = (at: string): string => formats.clock(new Date(at), new Date());
  const headline = headlineOf(view, lacksPermissions);
  const { tone, icon } = CHIP[headline];
  const connection = books?.connection === 'good' && lacksPermissions ? 'incomplete' : books?.connection;
  const broken = connection !== undefined && connection !== 'good';
  return (
    <section className="card">
      <h2>
        {t('tab.connection')}
        <span className={`chip chip-small ${tone}`}>
          <Icon name={icon} />
          {t(`lifecycle.state.${headline}`)}
        </span>
      </h2>
      <p>{t(`lifecycle.means.${headline}`, { time: erasure ? time(erasure.at) : '' })}</p>
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
                {t(`lifecycle.connection.${connection ?? 'none'}`)}
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
