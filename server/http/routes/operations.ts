import type { FastifyInstance } from 'fastify';

interface OperationsNeeds {
  /** False while the database does not answer. */
  readonly isReady: () => Promise<boolean>;
  /** Prometheus text: counts, without names of people, organisations or records. */
  readonly metrics: () => string;
}

/** For whoever runs the server. */
export function operationsRoutes(app: FastifyInstance, { isReady, metrics }: OperationsNeeds): void {
  app.get(
    '/healthz',
    { config: { right: 'public', why: 'says only that the process runs', rateLimit: false } },
    async () => ({ status: 'ok' }),
  );
  app.get(
    '/readyz',
    { config: { right: 'public', why: 'says only whether it can serve', rateLimit: false } },
    async (_request, reply) => {
      const ready = await isReady();
      return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' });
    },
  );
  app.get(
    '/metrics',
    { config: { right: 'public', why: 'counts without names', rateLimit: false }, schema: { hide: true } },
    async (_request, reply) => reply.type('text/plain; version=0.0.4; charset=utf-8').send(metrics()),
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
