import type { FastifyInstance } from 'fastify';
import { Health } from '../../contract/health.ts';
import { Problem } from '../../contract/problem.ts';
import type { Administration } from '../../identity/administration.ts';
import type { ConnectedBooks, Install } from '../../identity/install.ts';
import type { LedgerHealth } from '../../ledger/progress.ts';
import type { GovernorUsage } from '../../zoho/governor-usage.ts';
import { callerOf } from '../rights.ts';

interface HealthNeeds {
  readonly administration: Pick<Administration, 'mustAdminister'>;
  readonly ledgerHealth: (install: Install) => Promise<LedgerHealth>;
  readonly booksUsage: (install: Install, books: ConnectedBooks) => Promise<GovernorUsage>;
}

/** How the local copy of Books and its call budget stand, for administrators. */
export function healthRoutes(
  app: FastifyInstance,
  { administration, ledgerHealth, booksUsage }: HealthNeeds,
): void {
  app.get(
    '/api/v1/settings/health',
    {
      config: {
        right: 'administrator',
        unaudited: 'counts, and nothing of a customer; who may not see them is told',
      },
      schema: { response: { 200: Health } },
    },
    async (request): Promise<Health> => {
      const caller = callerOf(request);
      await administration.mustAdminister(caller);
      const { install } = caller;
      if (!install.books) throw new Problem('books.not_connected');
      const { backfill, followedTo, ...counts } = await ledgerHealth(install);
      const { minute, day, refused, limitAnswers, shutUntil } = await booksUsage(install, install.books);
      const { byPurpose, ...today } = day;
      return {
        calls: {
          minute,
          day: today,
          byPurpose,
          refused,
          limitAnswers,
          shutUntil: shutUntil?.toISOString() ?? null,
        },
        ledger: {
          ...counts,
          followedTo: followedTo?.toISOString() ?? null,
          backfill: { ...backfill, expectedEnd: backfill.expectedEnd?.toISOString() ?? null },
        },
      };
    },
  );
}
