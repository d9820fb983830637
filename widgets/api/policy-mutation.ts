import { mutationOptions } from '@tanstack/react-query';
import { PolicyView } from '../../server/contract/policy.ts';
import type { SavePolicy } from '../../server/contract/save-policy.ts';
import { ask } from './ask.ts';
import { policyQuery } from './policy-query.ts';
import { asProblem } from './problem-error.ts';
import { settingsQuery } from './settings-query.ts';

/**
 * Puts another policy in force, if the one it was made from still is.
 * @throws ProblemError `policy.changed_meanwhile`, after which what is in force is asked for again
 */
export const savePolicyMutation = mutationOptions({
  mutationFn: (body: SavePolicy) => ask('/api/v1/settings/policy', PolicyView, { method: 'PUT', body }),
  onSuccess: (inForce, _body, _outcome, { client }) => {
    client.setQueryData(policyQuery.queryKey, inForce);
    // history, previews, the audit log and which roles are decided about follow from it
    return client.invalidateQueries({
      queryKey: settingsQuery.queryKey,
      predicate: ({ queryKey }) =>
        queryKey.length !== policyQuery.queryKey.length || queryKey[1] !== 'policy',
    });
  },
  onError: (thrown, _body, _outcome, { client }) =>
    asProblem(thrown).code === 'policy.changed_meanwhile'
      ? client.invalidateQueries({ queryKey: policyQuery.queryKey })
      : undefined,
});
