import { mutationOptions } from '@tanstack/react-query';
import { type PassStep, Setup } from '../../server/contract/setup.ts';
import { ask } from './ask.ts';
import { setupQuery } from './setup-query.ts';

/** Somebody is done with a step of the set-up. */
export const passStepMutation = mutationOptions({
  mutationFn: (body: PassStep) => ask('/api/v1/settings/setup/step', Setup, { method: 'PUT', body }),
  onSuccess: (now, _body, _outcome, { client }) => client.setQueryData(setupQuery.queryKey, now),
  // what stands in the way is told by the steps themselves
  onError: (_thrown, _body, _outcome, { client }) =>
    client.invalidateQueries({ queryKey: setupQuery.queryKey }),
});
