import { type FormEvent, lazy, useState } from 'react';
import type { Settings } from '../../server/contract/settings.ts';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Part } from '../ui/Part.tsx';
import { PopupSteps, type PopupView } from '../ui/PopupSteps.tsx';
import type { ProblemTextCode } from '../ui/ProblemStanding.tsx';
import { useWords } from '../ui/words.tsx';
import { ScopesAsked } from './data-flows/ScopesAsked.tsx';
import { ToCopy } from './ToCopy.tsx';

/** What the panel will look like: the panel's own code, fetched apart. */
const SampleOffer = lazy(() =>
  import('../panel/sample/SampleOffer.tsx').then((module) => ({ default: module.SampleOffer })),
);

type BooksSettings = Settings['books'];

const CHIP = {
  connected: { tone: 'tone-good', icon: 'check', text: 'settings.books.connected' },
  not_connected: { tone: '', icon: 'plug', text: 'settings.books.not_connected' },
  choose_organisation: { tone: 'tone-warn', icon: 'clock', text: 'settings.books.choose' },
  reconnect: { tone: 'tone-bad', icon: 'warning', text: 'settings.books.reconnect' },
} as const satisfies Record<BooksSettings['state'], { tone: string; icon: IconName; text: string }>;

interface Acts {
  /** CRM's own, to be told apart from an organisation's. */
  readonly crmCurrency: string;
  readonly popup: PopupView;
  readonly onConnect: () => void;
  readonly onChoose: (organisationId: string) => void;
  readonly choosing: boolean;
  /** Why the choice was not taken. */
  readonly problem: ProblemTextCode | null;
}

/** The connection to Books: its state, and the one next step. */
export function BooksCard({ books, ...acts }: Acts & { books: BooksSettings }) {
  const { t } = useWords();
  const { tone, icon, text } = CHIP[books.state];
  return (
    <section className="card">
      <h2>
        {t('settings.books')}
        <span className={`chip chip-small ${tone}`}>
          <Icon name={icon} />
          {t(text)}
        </span>
      </h2>
      <Body books={books} {...acts} />
    </section>
  );
}

/**
 * One part of it, without a card around: a step has a heading of its own.
 * @param missing names of what Books does not let us read though it is connected
 * @param onContinue the way on where there is nothing left to do
 */
export function BooksPart({
  part,
  missing = [],
  onContinue,
  ...card
}: Acts & {
  books: BooksSettings;
  part: 'connection' | 'organisation';
  missing?: readonly string[];
  onContinue?: () => void;
}) {
  const { t } = useWords();
  const { books, problem } = card;
  const is = books.state === 'connected' || books.state === 'choose_organisation';
  if (part === 'connection' ? !is : books.state !== 'connected')
    return (
      <>
        {part === 'connection' && (
          <>
            <p className="small">{t('setup.books.least')}</p>
            <details>
              <summary>{t('flows.scopes')}</summary>
              <ScopesAsked of="books" />
            </details>
          </>
        )}
        <Body {...card} />
        {books.state === 'not_connected' && (
          <Part meanwhile={null}>
            <SampleOffer />
          </Part>
        )}
      </>
    );
  const again = (look: 'button' | 'button-quiet') => (
    <PopupSteps
      popup={card.popup}
      label={t('settings.books.connect_again')}
      what={t('settings.books.popup')}
      look={look}
      onOpen={card.onConnect}
    />
  );
  const lacks = part === 'connection' && missing.length > 0;
  return (
    <>
      {problem && (
        <Notice tone="warn" icon="warning">
          {t(`problem.${problem}`)}. {t(`problem.${problem}.next`)}
        </Notice>
      )}
      {lacks && (
        <div role="alert">
          <Notice tone="bad" icon="warning" title={t('setup.books.missing')}>
            {t('setup.finding.books_scopes.missing', { scopes: missing.join(', ') })}{' '}
            {t('setup.finding.books_scopes.missing.next')} {t('setup.books.missing.later')}
          </Notice>
        </div>
      )}
      {lacks && again('button')}
      {part === 'connection'
        ? !lacks && <p>{t('setup.books.connected')}</p>
        : books.state === 'connected' && (
            <>
              <p>{organisationText(books.organisation, t)}</p>
              <Currency crm={card.crmCurrency} books={books.organisation.currency} />
              <p className="small">{t('setup.organisation.other')}</p>
            </>
          )}
      {onContinue && (
        <div className="standing-actions">
          <button type="button" className={lacks ? 'button-quiet' : 'button'} onClick={onContinue}>
            {t('setup.continue')}
          </button>
        </div>
      )}
      {part === 'connection' && !lacks && again('button-quiet')}
    </>
  );
}

/** Said before it is chosen, and as long as it is. */
function Currency({ crm, books }: { crm: string; books: string }) {
  const { t } = useWords();
  if (crm === books) return null;
  return (
    <Notice tone="warn" icon="warning">
      {t('setup.finding.currency.differs', { crm, books })} {t('setup.finding.currency.differs.next')}
    </Notice>
  );
}

function Body({ books, ...acts }: Acts & { books: BooksSettings }) {
  const { t, formats } = useWords();
  const connect = (label: 'connect' | 'connect_again') => (
    <PopupSteps
      popup={acts.popup}
      label={t(`settings.books.${label}`)}
      what={t('settings.books.popup')}
      look={books.state === 'connected' ? 'button-quiet' : 'button'}
      onOpen={acts.onConnect}
    />
  );
  switch (books.state) {
    case 'not_connected':
      return (
        <>
          <p>{t('settings.books.why')}</p>
          {connect('connect')}
        </>
      );
    case 'reconnect':
      return (
        <>
          <p>{t(`settings.books.reason.${books.reason}`)}</p>
          {connect('connect_again')}
        </>
      );
    case 'choose_organisation':
      if (books.unasked)
        return (
          <p>
            {t(`problem.${books.unasked}`)}. {t(`problem.${books.unasked}.next`)}
          </p>
        );
      return books.organisations.length === 0 ? (
        <>
          <p>{t('settings.books.none')}</p>
          {connect('connect_again')}
        </>
      ) : (
        <Choice organisations={books.organisations} {...acts} />
      );
    case 'connected':
      return (
        <>
          <p>{organisationText(books.organisation, t)}</p>
          <p className="small">
            {t('settings.books.since', { time: formats.clock(new Date(books.connectedAt), new Date()) })}
          </p>
          {books.reconnectToLink && (
            <Notice tone="warn" icon="warning">
              {t('settings.books.reconnect_to_link')}
            </Notice>
          )}
          {connect('connect_again')}
          {books.hook && <Hook address={books.hook} />}
        </>
      );
  }
}

/** What an administrator sets up in Books so that it tells us of changes. */
function Hook({ address }: { address: string }) {
  const { t } = useWords();
  return (
    <details className="books-hook">
      <summary>{t('settings.books.hook')}</summary>
      <p className="small">{t('settings.books.hook.why')}</p>
      <ToCopy label={t('settings.books.hook.address')} text={address} />
      <p className="small">{t('settings.books.hook.care')}</p>
    </details>
  );
}

type Organisations = Extract<BooksSettings, { state: 'choose_organisation' }>['organisations'];

function Choice({
  organisations,
  crmCurrency,
  onChoose,
  choosing,
  problem,
}: Acts & { organisations: Organisations }) {
  const { t } = useWords();
  const [chosen, choose] = useState(organisations[0]?.id ?? '');
  const currency = organisations.find(({ id }) => id === chosen)?.currency ?? crmCurrency;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!choosing) onChoose(chosen);
  };
  return (
    <form onSubmit={submit}>
      <fieldset className="choices">
        <legend>{t('settings.books.which')}</legend>
        {organisations.map((organisation) => (
          <label key={organisation.id} className="choice">
            <input
              type="radio"
              name="organisation"
              value={organisation.id}
              checked={chosen === organisation.id}
              onChange={() => choose(organisation.id)}
            />
            <span>{organisationText(organisation, t)}</span>
          </label>
        ))}
      </fieldset>
      <Currency crm={crmCurrency} books={currency} />
      <div className="standing-actions">
        <button type="submit" className="button" aria-disabled={choosing}>
          {t('settings.books.use')}
        </button>
        <span role="alert" className="small">
          {problem ? `${t(`problem.${problem}`)}. ${t(`problem.${problem}.next`)}` : ''}
        </span>
      </div>
    </form>
  );
}

const organisationText = (
  { name, currency, timeZone }: Organisations[number],
  t: ReturnType<typeof useWords>['t'],
): string => t('settings.books.organisation', { name, currency, zone: timeZone });
