import type { FastifyInstance } from 'fastify';
import type { ProblemCode } from '../contract/problems.ts';
import type { KnownTrouble } from '../health/causes.ts';
import type { Troubles } from '../health/troubles.ts';

/** What a question failed by, as far as administrators can do something about it; `code` as Books names it is not known here. */
const CAUSES: Readonly<Partial<Record<ProblemCode, KnownTrouble['cause']>>> = {
  'books.refused': 'books.refused',
  'books.unreachable': 'books.unreachable',
  'books.rate_limited': 'budget.minute',
  'crm.unreachable': 'crm.unreachable',
  'crm.rate_limited': 'crm.rate_limited',
  'server.failed': 'server.failed',
};

/** Counts questions that failed, for the health page of the install; the reference is the one their asker was told. */
export function keepTroubleTrail(app: FastifyInstance, troubles: Pick<Troubles, 'noteKnown'>): void {
  app.addHook('onResponse', async ({ caller, refusedWith, id }) => {
    // safe because only `sendProblem` sets it; a code that is not in the table has no cause
    const cause = refusedWith === null ? undefined : CAUSES[refusedWith as ProblemCode];
    if (!caller || !cause || refusedWith === null) return;
    troubles.noteKnown(caller.install.id, { cause, code: 'other' }, { area: 'requests', reference: id });
  });
}
