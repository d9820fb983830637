import type { FastifyInstance } from 'fastify';
import type { Audit } from '../../audit/audit.ts';
import { Alerts, SavedAlerts } from '../../contract/alerts.ts';
import { Diagnosis } from '../../contract/diagnosis.ts';
import { Health } from '../../contract/health.ts';
import { SaveAlerts } from '../../contract/save-alerts.ts';
import type { HealthSettings } from '../../health/create-health.ts';
import type { Administration } from '../../identity/administration.ts';
import { callerOf } from '../rights.ts';

interface HealthNeeds {
  readonly administration: Pick<Administration, 'mustAdminister'>;
  readonly health: HealthSettings;
  readonly audit: Pick<Audit, 'write'>;
}

/** How an install stands, what can be done about it, and whom to tell. For administrators; CRM is asked at each call. */
export function healthRoutes(app: FastifyInstance, { administration, health, audit }: HealthNeeds): void {
  const config = { right: 'administrator' } as const;

  app.get(
    '/api/v1/settings/health',
    {
      config: {
        ...config,
        unaudited: 'counts, and names of customers without any figure; who may not see them is told',
      },
      schema: { response: { 200: Health } },
    },
    async (request) => {
      const caller = callerOf(request);
      await administration.mustAdminister(caller);
      return health.read(caller.install);
    },
  );

  app.post(
    '/api/v1/settings/health/retry',
    { config: { ...config, auditedBehind: ['health.retried'] } },
    async (request, reply) => {
      const caller = callerOf(request);
      await administration.mustAdminister(caller);
      await health.retry(caller);
      return reply.code(204).send();
    },
  );

  app.get(
    '/api/v1/settings/health/alerts',
    {
      config: { ...config, unaudited: 'whom to tell of what, and nothing of a customer' },
      schema: { response: { 200: Alerts } },
    },
    async (request) => {
      const caller = callerOf(request);
      await administration.mustAdminister(caller);
      return health.alerts.view(caller.install.id);
    },
  );

  app.put(
    '/api/v1/settings/health/alerts',
    {
      config: { ...config, auditedBehind: ['alerts.changed'] },
      schema: { body: SaveAlerts, response: { 200: SavedAlerts } },
    },
    async (request) => {
      const caller = callerOf(request);
      await administration.mustAdminister(caller);
      return health.alerts.save(caller, SaveAlerts.parse(request.body));
    },
  );

  app.post(
    '/api/v1/settings/health/alerts/test',
    { config: { ...config, auditedBehind: ['alerts.changed'] }, schema: { response: { 200: Alerts } } },
    async (request) => {
      const caller = callerOf(request);
      await administration.mustAdminister(caller);
      return health.alerts.test(caller);
    },
  );

  app.get(
    '/api/v1/settings/health/diagnosis',
    {
      config: { ...config, freshToken: true, auditedBehind: ['diagnosis.exported'] },
      schema: { response: { 200: Diagnosis } },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      await administration.mustAdminister(caller);
      const { crmUserId: who, amr, install } = caller;
      const diagnosis = await health.diagnose(install);
      await audit.write(install.id, {
        action: 'diagnosis.exported',
        who,
        amr,
        subject: 'settings/health',
        outcome: 'exported',
      });
      reply.header('content-disposition', 'attachment; filename="customer-360-diagnosis.json"');
      return diagnosis;
    },
  );
}
