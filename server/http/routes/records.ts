import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Customer360, DocumentsPage, DocumentsQuery } from '../../contract/customer-360.ts';
import { RecordRef } from '../../contract/record.ts';
import type { Policies } from '../../policies/policies.ts';
import type { Projected } from '../../visibility/project.ts';
import { createKnownAnswers } from '../known-answers.ts';
import { callerOf } from '../rights.ts';
import { documentsPage, type RecordQuestion } from './record-answers.ts';
import { type StandingNeeds, standing360 } from './standing-360.ts';

interface RecordsNeeds extends StandingNeeds {
  readonly policies: Pick<Policies, 'of'>;
}

/** Figures and documents of a CRM record, as whoever asks may see them. */
export function recordsRoutes(app: FastifyInstance, needs: RecordsNeeds): void {
  const answering = { ...needs, knownAnswers: createKnownAnswers<Projected<Customer360>>() };
  app.get(
    '/api/v1/records/:module/:recordId/customer-360',
    {
      config: { right: 'session', audit: 'record.read' },
      schema: { params: RecordRef, response: { 200: Customer360 } },
    },
    async (request) => standing360(request, await questionOf(request, needs), answering),
  );
  app.get(
    '/api/v1/records/:module/:recordId/documents',
    {
      config: { right: 'session', audit: 'documents.read' },
      schema: { params: RecordRef, querystring: DocumentsQuery, response: { 200: DocumentsPage } },
    },
    async (request) =>
      documentsPage(
        { ...(await questionOf(request, needs)), query: DocumentsQuery.parse(request.query) },
        needs,
      ),
  );
}

async function questionOf(request: FastifyRequest, { policies }: RecordsNeeds): Promise<RecordQuestion> {
  const caller = callerOf(request);
  const policy = await policies.of(caller);
  request.policyVersion = policy.version;
  const record = RecordRef.parse(request.params);
  return { caller, policy, administrator: caller.administrator, record, log: request.log };
}
