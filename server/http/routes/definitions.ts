import type { FastifyInstance } from 'fastify';
import { DefinitionsHistory, DefinitionsView } from '../../contract/definitions.ts';
import { SaveDefinitions } from '../../contract/save-definitions.ts';
import type { DefinitionSettings } from '../../definitions/definitions.ts';
import { callerOf } from '../rights.ts';

/** What the organisation means by its figures, for administrators to look at and change. */
export function definitionsRoutes(
  app: FastifyInstance,
  { definitionSettings }: { readonly definitionSettings: DefinitionSettings },
): void {
  const config = { right: 'administrator' } as const;
  const reading = { ...config, unaudited: 'definitions, and nothing of a customer' };

  app.get(
    '/api/v1/settings/definitions',
    { config: reading, schema: { response: { 200: DefinitionsView } } },
    (request) => definitionSettings.view(callerOf(request)),
  );

  app.put(
    '/api/v1/settings/definitions',
    {
      config: { ...config, auditedBehind: ['definitions.changed'] },
      schema: { body: SaveDefinitions, response: { 200: DefinitionsView } },
    },
    (request) => definitionSettings.save(callerOf(request), SaveDefinitions.parse(request.body)),
  );

  app.get(
    '/api/v1/settings/definitions/history',
    { config: reading, schema: { response: { 200: DefinitionsHistory } } },
    (request) => definitionSettings.history(callerOf(request)),
  );
}
