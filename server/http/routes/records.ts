import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Access } from '../../access/may-see-record.ts';
import { Customer360, DocumentsPage, DocumentsQuery } from '../../contract/customer-360.ts';
import { RecordRef } from '../../contract/record.ts';
import type { Policies } from '../../policies/policies.ts';
import type { Projected } from '../../visibility/project.ts';
import { createKnownAnswers } from '../known-answers.ts';
import { callerOf } from '../rights.ts';
import { type AnswerNeeds, customer360, documentsPage, type RecordQuestion } from './record-answers.ts';

interface RecordsNeeds extends AnswerNeeds {
  readonly access: AnswerNeeds['access'] & Pick<Access, 'seenUntil'>;
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
    async (request) => standing360(request, answering),
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

/** The answer, noting until when it stands: unless other records of CRM were asked about, each believed for itself. */
async function standing360(request: FastifyRequest, needs: RecordsNeeds): Promise<Projected<Customer360>> {
  const question = await questionOf(request, needs);
  const { caller, record } = question;
  let asksOthers = false;
  const access: AnswerNeeds['access'] = {
    recordSeenBy: needs.access.recordSeenBy,
    contactsOfAccount(...of) {
      asksOthers = true;
      return needs.access.contactsOfAccount(...of);
    },
    dealsSeenBy(...of) {
      asksOthers = true;
      return needs.access.dealsSeenBy(...of);
    },
  };
  const wantsNewer = request.headers['cache-control'] === 'no-cache';
  const answer = await customer360({ ...question, wantsNewer }, { ...needs, access });
  if (isSettled(answer) && !asksOthers)
    request.standsUntil = Math.min(caller.believedUntil, needs.access.seenUntil(caller, record));
  return answer;
}

/** Nothing of it is being read, or will have to be asked for again soon. */
const isSettled = (answer: Customer360): boolean =>
  answer.state === 'linked' &&
  answer.freshness.state === 'fresh' &&
  answer.freshness.missing.length === 0 &&
  answer.freshness.refetchAfterSeconds === undefined;

async function questionOf(request: FastifyRequest, { policies }: RecordsNeeds): Promise<RecordQuestion> {
  const caller = callerOf(request);
  const policy = await policies.of(caller);
  request.policyVersion = policy.version;
  const record = RecordRef.parse(request.params);
  return { caller, policy, administrator: caller.administrator, record, log: request.log };
}
