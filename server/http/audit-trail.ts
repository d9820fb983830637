import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Audit } from '../audit/audit.ts';
import type { AuditAction } from '../contract/audit.ts';
import { RecordRef } from '../contract/record.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a good answer of this route counts as in the audit log. */
    audit?: Extract<AuditAction, 'record.read' | 'documents.read' | 'preview.read'>;
  }
  interface FastifyRequest {
    /** Of the policy the answer was made by. */
    policyVersion: number | null;
    /** Code of the problem this request is answered with. */
    refusedWith: string | null;
  }
}

/**
 * Writes down who was shown which record, and who was not. Only ids go in: what was sent that is no id of a record is
 * not repeated. Troubles that show nothing to anybody are for the log of the server.
 */
export function keepAuditTrail(app: FastifyInstance, audit: Pick<Audit, 'note'>): void {
  app.decorateRequest('policyVersion', null);
  app.decorateRequest('refusedWith', null);
  app.addHook('onSend', async (request, reply) => {
    const action = actionOf(request, reply);
    const record = RecordRef.safeParse(request.params);
    if (!action || !request.caller || !record.success) return;
    const { install, crmUserId: who, amr } = request.caller;
    await audit.note(install.id, {
      action,
      who,
      amr,
      subject: `${record.data.module}/${record.data.recordId}`,
      outcome: action === 'record.refused' ? (request.refusedWith ?? 'refused') : 'shown',
      ...(request.policyVersion === null ? {} : { policyVersion: request.policyVersion }),
    });
  });
}

function actionOf(request: FastifyRequest, { statusCode }: FastifyReply): AuditAction | null {
  const { audit: read } = request.routeOptions.config;
  if (!read) return null;
  if (statusCode < 400) return read;
  return statusCode === 403 || statusCode === 404 ? 'record.refused' : null;
}
