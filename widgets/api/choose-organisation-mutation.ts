import { mutationOptions } from '@tanstack/react-query';
import type { ChooseOrganisation } from '../../server/contract/settings.ts';
import { tell } from './ask.ts';
import { settingsQuery } from './settings-query.ts';

/** Whose books are read from now on. */
export const chooseOrganisationMutation = mutationOptions({
  mutationFn: (body: ChooseOrganisation) =>
    tell('/api/v1/settings/books/organisation', { method: 'PUT', body }),
  // also when it was refused: somebody else may have chosen in between
  onSettled: (_answer, _thrown, _body, _outcome, { client }) =>
    client.invalidateQueries({ queryKey: settingsQuery.queryKey }),
});
