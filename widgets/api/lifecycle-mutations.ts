import { mutationOptions, type QueryClient } from '@tanstack/react-query';
import {
  type ChangeState,
  Lifecycle,
  type SwitchOrganisation,
  type Uninstall,
  Uninstalled,
} from '../../server/contract/lifecycle.ts';
import { ask } from './ask.ts';
import { lifecycleQuery, uninstalledQuery } from './lifecycle-query.ts';
import { asProblem } from './problem-error.ts';
import { forgetSession } from './session.ts';
import { settingsQuery } from './settings-query.ts';

const PATH = '/api/v1/settings/lifecycle';

/** Whoever was overtaken is shown what holds now. */
const onError = (thrown: unknown, client: QueryClient): Promise<void> | undefined =>
  asProblem(thrown).code === 'lifecycle.changed_meanwhile'
    ? client.invalidateQueries({ queryKey: lifecycleQuery.queryKey, exact: true })
    : undefined;

function onSuccess(now: Lifecycle, client: QueryClient): Promise<void> {
  client.setQueryData(lifecycleQuery.queryKey, now);
  // what else the settings show follows from it
  return client.invalidateQueries({
    queryKey: settingsQuery.queryKey,
    predicate: ({ queryKey }) => queryKey[1] !== 'lifecycle',
  });
}

/** Pauses, switches off, reads again, or keeps what was to be erased. */
export const changeStateMutation = mutationOptions({
  mutationFn: (body: ChangeState) => ask(PATH, Lifecycle, { method: 'PUT', body }),
  onSuccess: (now, _body, _outcome, { client }) => onSuccess(now, client),
  onError: (thrown, _body, _outcome, { client }) => onError(thrown, client),
});

export const switchOrganisationMutation = mutationOptions({
  mutationFn: (body: SwitchOrganisation) => ask(`${PATH}/organisation`, Lifecycle, { method: 'PUT', body }),
  onSuccess: (now, _body, _outcome, { client }) => onSuccess(now, client),
  onError: (thrown, _body, _outcome, { client }) => onError(thrown, client),
});

/** Ends everything, this session too: afterwards nothing is asked any more. */
export const uninstallMutation = mutationOptions({
  mutationFn: (body: Uninstall) => ask(`${PATH}/uninstall`, Uninstalled, { method: 'POST', body }),
  onSuccess: (uninstalled, _body, _outcome, { client }) => {
    const organisation = client.getQueryData(lifecycleQuery.queryKey)?.crm.organisation ?? '';
    client.setQueryData(uninstalledQuery.queryKey, { ...uninstalled, organisation });
    forgetSession();
  },
  onError: (thrown, _body, _outcome, { client }) => onError(thrown, client),
});
