import type { FastifyInstance } from 'fastify';
import { PassStep, PreFlight, Setup } from '../../contract/setup.ts';
import type { SetUp } from '../../setup/setup.ts';
import { callerOf } from '../rights.ts';

interface SetupNeeds {
  readonly setUp: SetUp;
}

/** How far the set-up has come, and whether everything is ready. Whether the caller is an administrator is asked of CRM. */
export function setupRoutes(app: FastifyInstance, { setUp }: SetupNeeds): void {
  const config = { right: 'administrator' } as const;
  const reading = {
    ...config,
    unaudited: 'steps and readiness, and nothing of a customer; who may not see it is told',
  };

  app.get('/api/v1/settings/setup', { config: reading, schema: { response: { 200: Setup } } }, (request) =>
    setUp.read(callerOf(request)),
  );

  app.get(
    '/api/v1/settings/setup/pre-flight',
    { config: reading, schema: { response: { 200: PreFlight } } },
    (request) => setUp.preFlight(callerOf(request)),
  );

  app.put(
    '/api/v1/settings/setup/step',
    {
      config: { ...config, auditedBehind: ['setup.passed', 'setup.finished'] },
      schema: { body: PassStep, response: { 200: Setup } },
    },
    (request) => setUp.pass(callerOf(request), PassStep.parse(request.body).step),
  );
}
