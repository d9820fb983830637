import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, useState } from 'react';
import type { PassableStep, Setup, SetupStep } from '../../../server/contract/setup.ts';
import { passStepMutation } from '../../api/pass-step-mutation.ts';
import { asProblem } from '../../api/problem-error.ts';
import { settingsQuery } from '../../api/settings-query.ts';
import { preFlightQuery } from '../../api/setup-query.ts';
import { Part } from '../../ui/Part.tsx';
import { useWords } from '../../ui/words.tsx';
import { Asked, Waiting } from '../Asked.tsx';
import { Books } from '../Books.tsx';
import { FirstVisibility } from './FirstVisibility.tsx';
import { OpenChecks } from './OpenChecks.tsx';
import { Place } from './Place.tsx';
import { PreFlight } from './PreFlight.tsx';
import { WizardFrame } from './WizardFrame.tsx';
import { scopesMissingIn, stepAfter, stepsToMend, whereLeft } from './wizard-steps.ts';

const Mapping = lazy(() => import('../mapping/Mapping.tsx').then((module) => ({ default: module.Mapping })));
const Definitions = lazy(() =>
  import('../definitions/Definitions.tsx').then((module) => ({ default: module.Definitions })),
);

/** How long what the checks found is taken for true while steps change. */
const KNOWN_MS = 60_000;

/** The set-up, step by step; it opens where it was left. @param onLeave given where there are settings to go back to */
export function Wizard({ setup, onLeave }: { setup: Setup; onLeave?: () => void }) {
  const { t } = useWords();
  const [current, open] = useState<SetupStep>(() => whereLeft(setup));
  const passing = useMutation(passStepMutation);
  const client = useQueryClient();
  // what Books permits is known once it is connected; no step waits for the answer
  const isConnected = setup.steps.some(({ step, state }) => step === 'books' && state === 'done');
  const { data: preFlight } = useQuery({ ...preFlightQuery, enabled: isConnected, staleTime: KNOWN_MS });
  const checks = preFlight?.checks ?? [];
  // not before the checks: without a permission CRM would refuse it, and the checks say so
  const settings = useQuery({ ...settingsQuery, enabled: current !== 'pre_flight' });

  const goOn = (from: SetupStep): void => {
    const next = stepAfter(setup, from);
    if (next) open(next);
  };
  /** Straight on, unless Books gave too little: that is told where it is mended. */
  const connected = async (): Promise<void> => {
    // without an answer on it goes: the last step asks again, and tells
    const found = await client.fetchQuery(preFlightQuery).catch(() => null);
    if (scopesMissingIn(found?.checks ?? []).length === 0)
      open((now) => (now === 'books' ? 'organisation' : now));
  };
  const pass = (step: PassableStep): void =>
    passing.mutate({ step }, { onSuccess: () => (step === 'place' ? onLeave?.() : goOn(step)) });

  const refused = passing.error ? asProblem(passing.error).code : null;
  const problem = refused === null ? '' : `${t(`problem.${refused}`)}. ${t(`problem.${refused}.next`)}`;

  const content = () => {
    switch (current) {
      case 'pre_flight':
        return <PreFlight onContinue={() => pass('pre_flight')} />;
      case 'books':
      case 'organisation':
        return (
          <Asked query={settings} meanwhile="settings.loading">
            {({ books, crm }) => (
              <Books
                books={books}
                crmCurrency={crm.baseCurrency}
                part={current === 'books' ? 'connection' : 'organisation'}
                missing={scopesMissingIn(checks)}
                onDone={() => (current === 'books' ? void connected() : goOn(current))}
                onContinue={() => goOn(current)}
              />
            )}
          </Asked>
        );
      case 'mapping':
        return (
          <Part meanwhile={<Waiting meanwhile="mapping.loading" />}>
            <Mapping onContinue={() => pass('mapping')} />
          </Part>
        );
      case 'visibility':
        return (
          <Asked query={settings} meanwhile="settings.loading">
            {({ roles }) => <FirstVisibility roles={roles} onContinue={() => pass('visibility')} />}
          </Asked>
        );
      case 'definitions':
        return (
          <Part meanwhile={<Waiting meanwhile="definitions.loading" />}>
            <Definitions onContinue={() => pass('definitions')} />
          </Part>
        );
      case 'place':
        return (
          <>
            <OpenChecks />
            <Place onFinish={() => pass('place')} finishing={passing.isPending} problem={problem} />
          </>
        );
    }
  };
  return (
    <WizardFrame
      setup={setup}
      current={current}
      toMend={stepsToMend(checks)}
      onOpen={(step) => {
        passing.reset();
        open(step);
      }}
      {...(onLeave && setup.finishedAt !== null ? { onLeave } : {})}
    >
      {content()}
      {current !== 'place' && problem !== '' && (
        <p role="alert" className="fault">
          {problem}
        </p>
      )}
    </WizardFrame>
  );
}
