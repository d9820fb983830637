import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../metrics.ts';

interface OperationsNeeds {
  /** False while the database does not answer. */
  readonly isReady: () => Promise<boolean>;
  /** Prometheus text: counts, without names of people, organisations or records. */
  readonly metrics: Pick<Metrics, 'text'>;
}

/** For whoever runs the server. How it is, anybody may ask; what it is asked for, only the operator. */
export function operationsRoutes(app: FastifyInstance, { isReady, metrics }: OperationsNeeds): void {
  const config = { right: 'public', rateLimit: false, evenWhenBusy: true } as const;
  app.get('/healthz', { config: { ...config, why: 'says only that the process runs' } }, async () => ({
    status: 'ok',
  }));
  app.get(
    '/readyz',
    { config: { ...config, why: 'says only whether it can serve' } },
    async (_request, reply) => {
      const ready = await isReady();
      return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' });
    },
  );
  app.get(
    '/metrics',
    { config: { right: 'operator', evenWhenBusy: true }, schema: { hide: true } },
    async (_request, reply) =>
      reply.type('text/plain; version=0.0.4; charset=utf-8').send(await metrics.text()),
  );
  app.get(
    '/api/openapi.json',
    {
      config: { right: 'public', why: 'the description of the API holds no data', rateLimit: false },
      schema: { hide: true },
    },
    async () => app.swagger(),
  );
}
