import type { FastifyInstance } from 'fastify';
import { Health } from '../../contract/health.ts';
import { Problem } from '../../contract/problem.ts';
import type { Administration } from '../../identity/administration.ts';
import type { Install } from '../../identity/install.ts';
import type { LedgerHealth } from '../../ledger/progress.ts';
import { callerOf } from '../rights.ts';

interface HealthNeeds {
  readonly administration: Pick<Administration, 'mustAdminister'>;
  readonly ledgerHealth: (install: Install) => Promise<LedgerHealth>;
}

/** How the local copy of Books stands, for administrators. */
export function healthRoutes(app: FastifyInstance, { administration, ledgerHealth }: HealthNeeds): void {
  app.get(
    '/api/v1/settings/health',
    { config: { right: 'administrator' }, schema: { response: { 200: Health } } },
    async (request): Promise<Health> => {
      const caller = callerOf(request);
      await administration.mustAdminister(caller);
      if (!caller.install.books) throw new Problem('books.not_connected');
      const { backfill, followedTo, ...counts } = await ledgerHealth(caller.install);
      return {
        ledger: {
          ...counts,
          followedTo: followedTo?.toISOString() ?? null,
          backfill: { ...backfill, expectedEnd: backfill.expectedEnd?.toISOString() ?? null },
        },
      };
    },
  );
}
