import type { FastifyInstance } from 'fastify';
import { PolicyHistory, PolicyView } from '../../contract/policy.ts';
import { SavePolicy } from '../../contract/save-policy.ts';
import type { PolicySettings } from '../../policies/policy-settings.ts';
import { callerOf } from '../rights.ts';

interface PolicyNeeds {
  readonly policySettings: PolicySettings;
}

/** A rule for each of five hundred, every cell said. */
const BODY_BYTES = 512 * 1_024;

/** Who sees what, for administrators to look at and change. Whether the caller is one is asked of CRM at each call. */
export function policyRoutes(app: FastifyInstance, { policySettings }: PolicyNeeds): void {
  const config = { right: 'administrator' } as const;
  const reading = { ...config, unaudited: 'rules, and nothing of a customer; who may not see them is told' };

  app.get(
    '/api/v1/settings/policy',
    { config: reading, schema: { response: { 200: PolicyView } } },
    (request) => policySettings.view(callerOf(request)),
  );

  app.put(
    '/api/v1/settings/policy',
    {
      config: { ...config, auditedBehind: ['policy.changed'] },
      bodyLimit: BODY_BYTES,
      schema: { body: SavePolicy, response: { 200: PolicyView } },
    },
    (request) => policySettings.save(callerOf(request), SavePolicy.parse(request.body)),
  );

  app.get(
    '/api/v1/settings/policy/history',
    { config: reading, schema: { response: { 200: PolicyHistory } } },
    (request) => policySettings.history(callerOf(request)),
  );
}
