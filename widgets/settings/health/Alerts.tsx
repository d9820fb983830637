import { useMutation, useQuery } from '@tanstack/react-query';
import { saveAlertsMutation, testAlertsMutation } from '../../api/health-mutations.ts';
import { alertsQuery } from '../../api/health-query.ts';
import { asProblem } from '../../api/problem-error.ts';
import { Asked } from '../Asked.tsx';
import { AlertsCard } from './AlertsCard.tsx';

/** Whom to tell of troubles. */
export function Alerts() {
  const alerts = useQuery(alertsQuery);
  const saving = useMutation(saveAlertsMutation);
  const testing = useMutation(testAlertsMutation);
  const failure = testing.error ?? saving.error;
  return (
    <Asked query={alerts} meanwhile="health.loading">
      {(known) => (
        <AlertsCard
          alerts={known}
          onSave={(channel) => {
            testing.reset();
            saving.mutate({ basedOn: known.version, channel });
          }}
          // what was saved stays on screen, for the secret in it is shown only now
          onTest={() => testing.mutate()}
          saving={saving.isPending ? 'running' : saving.isSuccess ? 'done' : 'no'}
          testing={testing.isPending}
          secret={saving.data?.secret ?? null}
          problem={failure ? asProblem(failure).code : null}
        />
      )}
    </Asked>
  );
}
