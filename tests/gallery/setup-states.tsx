import type { ReactNode } from 'react';
import type { Settings } from '../../server/contract/settings.ts';
import type { Check, Setup, SetupStep } from '../../server/contract/setup.ts';
import { BooksPart } from '../../widgets/settings/BooksCard.tsx';
import { RolesCard } from '../../widgets/settings/RolesCard.tsx';
import { SettingsView } from '../../widgets/settings/SettingsView.tsx';
import { CheckList } from '../../widgets/settings/setup/CheckList.tsx';
import { HandOff } from '../../widgets/settings/setup/HandOff.tsx';
import { Place } from '../../widgets/settings/setup/Place.tsx';
import { WizardFrame } from '../../widgets/settings/setup/WizardFrame.tsx';
import { stepsToMend } from '../../widgets/settings/setup/wizard-steps.ts';
import type { PopupView } from '../../widgets/ui/PopupSteps.tsx';
import type { ProblemTextCode } from '../../widgets/ui/ProblemStanding.tsx';
import { checksOf, FINISHED, ORGANISATIONS, ROLES, setupAt } from './sample-setup.ts';

const ended = (): void => undefined;
const ready: PopupView = { state: 'ready', url: 'https://books.example/' };

const wizard = (
  current: SetupStep,
  content: ReactNode,
  { setup = setupAt(current), found = [] }: { setup?: Setup; found?: readonly Check[] } = {},
): ReactNode => (
  <SettingsView
    state={{ state: 'settings', setup }}
    onSignIn={ended}
    onRetry={ended}
    wizard={(given) => (
      <WizardFrame setup={given} current={current} toMend={stepsToMend(found)} onOpen={ended}>
        {content}
      </WizardFrame>
    )}
    summary={() => null}
    later={[]}
  />
);

const checks = (found: readonly Check[], setup?: Setup): ReactNode =>
  wizard('pre_flight', <CheckList checks={found} />, {
    found,
    ...(setup ? { setup } : {}),
  });

const books = (
  step: 'books' | 'organisation',
  state: Settings['books'],
  {
    popup = ready,
    problem = null,
    missing = [],
  }: { popup?: PopupView; problem?: ProblemTextCode | null; missing?: readonly string[] } = {},
): ReactNode =>
  wizard(
    step,
    <BooksPart
      part={step === 'books' ? 'connection' : 'organisation'}
      books={state}
      crmCurrency="EUR"
      popup={popup}
      onConnect={ended}
      onChoose={ended}
      choosing={false}
      problem={problem}
      onContinue={ended}
      missing={missing}
    />,
  );

const toChoose: Settings['books'] = { state: 'choose_organisation', organisations: [...ORGANISATIONS] };
const connected: Settings['books'] = {
  state: 'connected',
  organisation: ORGANISATIONS[1],
  connectedAt: '2026-11-20T09:30:00Z',
};
const refused = (code: string): PopupView => ({ ...ready, state: 'refused', code });

/** Every designed state of the set-up. */
export const SETUP_STATES: Readonly<Record<string, () => ReactNode>> = {
  'set-up: all is ready': () => checks(checksOf({})),
  'set-up: before Books is connected': () =>
    checks(
      checksOf({
        booksCurrency: null,
        missingBooksScopes: null,
        access: null,
        dataCentre: { crm: 'eu', books: null },
      }),
    ),
  'set-up: wrong edition': () =>
    checks(checksOf({ licence: { edition: 'standard', trial: null } }), {
      ...setupAt('books'),
      last: { name: 'Bert Admin', yourself: false, at: '2026-11-20T09:40:00Z' },
    }),
  'set-up: everything else that can be wrong': () =>
    checks(
      checksOf({
        licence: { edition: 'professional', trial: null },
        booksCurrency: 'USD',
        modules: { Accounts: true, Deals: false, Contacts: null },
        missingCrmScopes: ['ZohoCRM.settings.roles.READ'],
        missingBooksScopes: { reading: ['ZohoBooks.invoices.READ'], links: ['ZohoBooks.invoices.UPDATE'] },
        access: 'refused',
        secondsAhead: -340,
      }),
    ),
  'set-up: connect Books': () => books('books', { state: 'not_connected' }),
  'set-up: consent refused': () =>
    books('books', { state: 'not_connected' }, { popup: refused('sign_in.invalid') }),
  'set-up: another data centre': () =>
    books('books', { state: 'not_connected' }, { popup: refused('sign_in.other_data_centre') }),
  'set-up: window blocked': () =>
    books('books', { state: 'not_connected' }, { popup: { ...ready, state: 'blocked' } }),
  'set-up: access withdrawn': () => books('books', { state: 'reconnect', reason: 'revoked' }),
  'set-up: Books is connected': () => books('books', toChoose),
  'set-up: Books gave too little': () =>
    books('books', toChoose, { missing: ['ZohoBooks.invoices.READ', 'ZohoBooks.creditnotes.READ'] }),
  'set-up: the connection has ended': () => checks(checksOf({ missingBooksScopes: null, access: null })),
  'set-up: choose organisation': () => books('organisation', toChoose),
  'set-up: organisation without access': () =>
    books('organisation', toChoose, { problem: 'settings.no_access' }),
  'set-up: no organisation': () => books('organisation', { state: 'choose_organisation', organisations: [] }),
  'set-up: somebody else chose': () =>
    books('organisation', connected, { problem: 'settings.changed_meanwhile' }),
  'set-up: decide about roles': () =>
    wizard(
      'visibility',
      <RolesCard roles={ROLES} onSave={ended} onChange={ended} saving="no" problem={null} isStep />,
    ),
  'set-up: place the panel': () =>
    wizard(
      'place',
      <Place
        onFinish={ended}
        finishing={false}
        problem="A check that has to be passed is not. Mend what failed above, then finish again."
      />,
    ),
  'set-up: looked at again': () => wizard('place', <CheckList checks={checksOf({})} />, { setup: FINISHED }),
  'set-up: hand-off': () => <HandOff address="https://customer360.example.com/widgets/settings.html" />,
};
