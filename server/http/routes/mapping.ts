import type { FastifyInstance } from 'fastify';
import {
  CustomersQuery,
  DecidedMappings,
  FoundCustomers,
  MappingQuery,
  MappingReport,
  MappingSettings,
} from '../../contract/mapping.ts';
import { DecideMappings, SaveMappingSettings } from '../../contract/save-mapping.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import { callerOf } from '../rights.ts';

interface MappingNeeds {
  readonly mapping: Mapping;
}

/** Which CRM record a Books customer belongs to. Whether the caller is an administrator is asked of CRM at each call. */
export function mappingRoutes(app: FastifyInstance, { mapping }: MappingNeeds): void {
  const config = { right: 'administrator' } as const;

  app.get(
    '/api/v1/settings/mapping',
    {
      config: {
        ...config,
        unaudited: 'names an administrator has in both products, and no figure; who may not see them is told',
      },
      schema: { querystring: MappingQuery, response: { 200: MappingReport } },
    },
    (request) => mapping.report(callerOf(request), MappingQuery.parse(request.query)),
  );

  app.get(
    '/api/v1/settings/mapping/customers',
    {
      config: {
        ...config,
        unaudited: 'names an administrator has in Books, and no figure; who may not see them is told',
      },
      schema: { querystring: CustomersQuery, response: { 200: FoundCustomers } },
    },
    (request) => mapping.customers(callerOf(request), CustomersQuery.parse(request.query)),
  );

  app.put(
    '/api/v1/settings/mapping',
    {
      config: { ...config, auditedBehind: ['mapping.mode_changed'] },
      schema: { body: SaveMappingSettings, response: { 200: MappingSettings } },
    },
    (request) => mapping.save(callerOf(request), SaveMappingSettings.parse(request.body)),
  );

  app.post(
    '/api/v1/settings/mapping/decisions',
    {
      config: { ...config, auditedBehind: ['mapping.changed'] },
      schema: { body: DecideMappings, response: { 200: DecidedMappings } },
    },
    (request) => mapping.decide(callerOf(request), DecideMappings.parse(request.body)),
  );
}
