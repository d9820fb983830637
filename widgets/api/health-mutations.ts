import { mutationOptions } from '@tanstack/react-query';
import { Alerts, SavedAlerts } from '../../server/contract/alerts.ts';
import { Diagnosis } from '../../server/contract/diagnosis.ts';
import type { SaveAlerts } from '../../server/contract/save-alerts.ts';
import { ask, tell } from './ask.ts';
import { alertsQuery, healthQuery } from './health-query.ts';
import { asProblem } from './problem-error.ts';
import { saveAs } from './save-as.ts';

const FILE_NAME = 'customer-360-diagnosis.json';

/** Has everything that failed tried again. @throws ProblemError `health.too_soon` */
export const retryMutation = mutationOptions({
  mutationFn: () => tell('/api/v1/settings/health/retry', { method: 'POST', body: {} }),
  onSuccess: (_done, _nothing, _outcome, { client }) =>
    client.invalidateQueries({ queryKey: healthQuery.queryKey }),
});

/** @throws ProblemError `alert.changed_meanwhile`, after which what holds now is asked for again */
export const saveAlertsMutation = mutationOptions({
  mutationFn: (body: SaveAlerts) =>
    ask('/api/v1/settings/health/alerts', SavedAlerts, { method: 'PUT', body }),
  onSuccess: ({ alerts }, _body, _outcome, { client }) => {
    client.setQueryData(alertsQuery.queryKey, alerts);
  },
  onError: (thrown, _body, _outcome, { client }) =>
    asProblem(thrown).code === 'alert.changed_meanwhile'
      ? client.invalidateQueries({ queryKey: alertsQuery.queryKey })
      : undefined,
});

export const testAlertsMutation = mutationOptions({
  mutationFn: () => ask('/api/v1/settings/health/alerts/test', Alerts, { method: 'POST', body: {} }),
  onSuccess: (alerts, _nothing, _outcome, { client }) => {
    client.setQueryData(alertsQuery.queryKey, alerts);
  },
});

/** Saves what support asks for first. That it was taken is written into the audit log. */
export const saveDiagnosisMutation = mutationOptions({
  mutationFn: async () => {
    const diagnosis = await ask('/api/v1/settings/health/diagnosis', Diagnosis);
    saveAs(new Blob([JSON.stringify(diagnosis, null, 2)], { type: 'application/json' }), FILE_NAME);
  },
});
