import { mutationOptions } from '@tanstack/react-query';
import type { AssignRoles } from '../../server/contract/settings.ts';
import { tell } from './ask.ts';
import { settingsQuery } from './settings-query.ts';

/** Which set of visibility levels each role gets. */
export const assignRolesMutation = mutationOptions({
  mutationFn: (body: AssignRoles) => tell('/api/v1/settings/roles', { method: 'PUT', body }),
  onSuccess: (_answer, _body, _outcome, { client }) =>
    client.invalidateQueries({ queryKey: settingsQuery.queryKey }),
});
