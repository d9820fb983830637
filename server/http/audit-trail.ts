import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import * as z from 'zod/mini';
import type { Audit } from '../audit/audit.ts';
import type { AuditEvent } from '../audit/chain.ts';
import type { AuditAction } from '../contract/audit.ts';
import type { PreviewQuery } from '../contract/policy.ts';
import { RecordRef, ZohoId } from '../contract/record.ts';

/** What somebody can be shown of a record. */
type Reading = Extract<
  AuditAction,
  | 'record.read'
  | 'documents.read'
  | 'preview.read'
  | 'links.read'
  | 'links.suggested'
  | 'links.previewed'
  | 'deals.read'
>;

/** What a route leaves in the audit log, or why nothing. */
interface DeclaredAudit {
  readonly method: string;
  readonly url: string;
  readonly audit: Reading | null;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a good answer of this route counts as in the audit log. */
    audit?: Reading;
    /** What is written behind the route instead, together with what it changes. */
    auditedBehind?: readonly AuditAction[];
    /** Why a route that knows who asks leaves nothing there. */
    unaudited?: string;
  }
  interface FastifyRequest {
    /** Of the policy the answer was made by. */
    policyVersion: number | null;
    /** As whom an administrator looks. */
    previewedAs: PreviewQuery | null;
    /** Code of the problem this request is answered with. */
    refusedWith: string | null;
  }
  interface FastifyInstance {
    /** Every route that knows who asks, as declared. */
    declaredAudits: readonly DeclaredAudit[];
  }
}

const DealParams = z.object({ dealId: ZohoId });
const AccountParams = z.object({ accountId: ZohoId });

/**
 * Writes down who was shown which record, and who was not. Only ids go in: what was sent that is no id of a record is
 * not repeated. Troubles that show nothing to anybody are for the log of the server. A route that knows who asks and
 * does not say what it leaves in the audit log keeps the server from starting.
 */
export function keepAuditTrail(app: FastifyInstance, audit: Pick<Audit, 'note'>): void {
  const declared: DeclaredAudit[] = [];
  app.decorate('declaredAudits', declared);
  app.decorateRequest('policyVersion', null);
  app.decorateRequest('previewedAs', null);
  app.decorateRequest('refusedWith', null);
  app.addHook('onRoute', (route: RouteOptions) => {
    const { right, audit: reading, auditedBehind, unaudited } = route.config ?? {};
    if (right !== 'session' && right !== 'administrator') return;
    if (!reading && !auditedBehind?.length && !unaudited)
      throw new Error(`${String(route.method)} ${route.url} does not say what the audit log is told of it`);
    for (const method of [route.method].flat())
      declared.push({ method, url: route.url, audit: reading ?? null });
  });
  app.addHook('onSend', async (request, reply) => {
    const event = auditedReading(request, reply);
    if (event && request.caller) await audit.note(request.caller.install.id, event);
  });
}

/** What the audit log is told of an answer; `null`: nothing, or what changed something tells it. */
export function auditedReading(request: FastifyRequest, reply: FastifyReply): AuditEvent | null {
  const action = actionOf(request, reply);
  const record = recordOf(request.params);
  if (!action || !request.caller || !record) return null;
  const { crmUserId: who, amr } = request.caller;
  const { policyVersion, previewedAs: as } = request;
  return {
    action,
    who,
    amr,
    subject: as ? `${record} as roles/${as.role} profiles/${as.profile}` : record,
    outcome: action === 'record.refused' ? (request.refusedWith ?? 'refused') : 'shown',
    ...(policyVersion === null ? {} : { policyVersion }),
  };
}

/** `Deals/123`; `null` where the address names no record. */
function recordOf(params: unknown): string | null {
  const record = RecordRef.safeParse(params).data;
  if (record) return `${record.module}/${record.recordId}`;
  const deal = DealParams.safeParse(params).data;
  if (deal) return `Deals/${deal.dealId}`;
  const account = AccountParams.safeParse(params).data;
  return account ? `Accounts/${account.accountId}` : null;
}

function actionOf(request: FastifyRequest, { statusCode }: FastifyReply): AuditAction | null {
  const { audit: reading, auditedBehind } = request.routeOptions.config;
  if (reading && statusCode < 400) return reading;
  if (!reading && !auditedBehind) return null;
  return statusCode === 403 || statusCode === 404 ? 'record.refused' : null;
}
