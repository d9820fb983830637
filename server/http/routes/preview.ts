import type { FastifyInstance, FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import { Customer360, DocumentsPage, DocumentsQuery } from '../../contract/customer-360.ts';
import { PreviewQuery } from '../../contract/policy.ts';
import { RecordRef } from '../../contract/record.ts';
import type { Policies } from '../../policies/policies.ts';
import type { PolicySettings } from '../../policies/policy-settings.ts';
import { callerOf } from '../rights.ts';
import { type AnswerNeeds, customer360, documentsPage, type RecordQuestion } from './record-answers.ts';

interface PreviewNeeds extends AnswerNeeds {
  readonly policies: Pick<Policies, 'as'>;
  readonly policySettings: Pick<PolicySettings, 'holder'>;
}

const PreviewDocumentsQuery = z.extend(DocumentsQuery, PreviewQuery.shape);

/**
 * A record as everybody of a role and profile gets it, for administrators. Which records and deals can be opened stays
 * the administrator's own: CRM is asked with their token, and theirs only.
 */
export function previewRoutes(app: FastifyInstance, needs: PreviewNeeds): void {
  const config = { right: 'administrator', audit: 'preview.read' } as const;

  app.get(
    '/api/v1/settings/preview/:module/:recordId/customer-360',
    { config, schema: { params: RecordRef, querystring: PreviewQuery, response: { 200: Customer360 } } },
    async (request) =>
      customer360(
        {
          ...(await questionOf(request, PreviewQuery.parse(request.query), needs)),
          wantsNewer: request.headers['cache-control'] === 'no-cache',
        },
        needs,
      ),
  );

  app.get(
    '/api/v1/settings/preview/:module/:recordId/documents',
    {
      config,
      schema: { params: RecordRef, querystring: PreviewDocumentsQuery, response: { 200: DocumentsPage } },
    },
    async (request) => {
      const { role, profile, ...query } = PreviewDocumentsQuery.parse(request.query);
      return documentsPage({ ...(await questionOf(request, { role, profile }, needs)), query }, needs);
    },
  );
}

async function questionOf(
  request: FastifyRequest,
  as: PreviewQuery,
  { policies, policySettings }: PreviewNeeds,
): Promise<RecordQuestion> {
  const caller = callerOf(request);
  const { install } = caller;
  request.previewedAs = as;
  const holder = await policySettings.holder(caller, as);
  const policy = await policies.as(install, holder);
  request.policyVersion = policy.version;
  return {
    caller,
    policy,
    administrator: install.administratorProfiles.has(holder.profileId),
    preview: as,
    record: RecordRef.parse(request.params),
    log: request.log,
  };
}
