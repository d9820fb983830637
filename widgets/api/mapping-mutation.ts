import { mutationOptions, type QueryClient } from '@tanstack/react-query';
import { DecidedMappings, MappingSettings } from '../../server/contract/mapping.ts';
import type { DecideMappings, SaveMappingSettings } from '../../server/contract/save-mapping.ts';
import { ask } from './ask.ts';
import { MAPPING_KEY, type MappingAsked, mappingQuery, readAgain } from './mapping-query.ts';

/** Decides about customers, each on its own; the report is asked for again, also after a failure. */
export const decideMutation = mutationOptions({
  mutationFn: (body: DecideMappings) =>
    ask('/api/v1/settings/mapping/decisions', DecidedMappings, { method: 'POST', body }),
  onSettled: reread,
});

/** @throws ProblemError `mapping.changed_meanwhile`, after which what is in force is asked for again */
export const saveMappingSettingsMutation = mutationOptions({
  mutationFn: (body: SaveMappingSettings) =>
    ask('/api/v1/settings/mapping', MappingSettings, { method: 'PUT', body }),
  onSettled: reread,
});

export const readAgainMutation = mutationOptions({
  mutationFn: (asked: MappingAsked) => readAgain(asked),
  onSuccess: (report, asked, _outcome, { client }) =>
    client.setQueryData(mappingQuery(asked).queryKey, report),
});

function reread(
  _answer: unknown,
  _problem: unknown,
  _asked: unknown,
  _outcome: unknown,
  { client }: { client: QueryClient },
): Promise<void> {
  return client.invalidateQueries({ queryKey: MAPPING_KEY });
}
