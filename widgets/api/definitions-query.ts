import { mutationOptions, queryOptions } from '@tanstack/react-query';
import { DefinitionsHistory, DefinitionsView } from '../../server/contract/definitions.ts';
import type { SaveDefinitions } from '../../server/contract/save-definitions.ts';
import { ask } from './ask.ts';
import { asProblem } from './problem-error.ts';
import { settingsQuery } from './settings-query.ts';

const PATH = '/api/v1/settings/definitions';

/** What the organisation means by its figures, as it is in force. */
export const definitionsQuery = queryOptions({
  queryKey: [...settingsQuery.queryKey, 'definitions'],
  queryFn: ({ signal }) => ask(PATH, DefinitionsView, { signal }),
  retry: false,
});

/** Every version there was, newest first. */
export const definitionsHistoryQuery = queryOptions({
  queryKey: [...settingsQuery.queryKey, 'definitions-history'],
  queryFn: ({ signal }) => ask(`${PATH}/history`, DefinitionsHistory, { signal }),
  retry: false,
});

/**
 * Puts other definitions in force, if those they were made from still are.
 * @throws ProblemError `definitions.changed_meanwhile`, after which what is in force is asked for again
 */
export const saveDefinitionsMutation = mutationOptions({
  mutationFn: (body: SaveDefinitions) => ask(PATH, DefinitionsView, { method: 'PUT', body }),
  onSuccess: (inForce, _body, _outcome, { client }) => {
    client.setQueryData(definitionsQuery.queryKey, inForce);
    // their history, the audit log, previews and what is left of setting up follow from it
    return client.invalidateQueries({
      queryKey: settingsQuery.queryKey,
      predicate: ({ queryKey }) => queryKey.at(-1) !== 'definitions',
    });
  },
  onError: (thrown, _body, _outcome, { client }) =>
    asProblem(thrown).code === 'definitions.changed_meanwhile'
      ? Promise.all([
          client.invalidateQueries({ queryKey: definitionsQuery.queryKey }),
          client.invalidateQueries({ queryKey: definitionsHistoryQuery.queryKey }),
        ])
      : undefined,
});
