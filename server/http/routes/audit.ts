import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { Audit } from '../../audit/audit.ts';
import { type AuditEntry, AuditPage, AuditQuery } from '../../contract/audit.ts';
import type { Administration } from '../../identity/administration.ts';
import { callerOf } from '../rights.ts';

interface AuditNeeds {
  readonly administration: Pick<Administration, 'mustAdminister'>;
  readonly audit: Audit;
}

/** What people did and saw, for their administrators. */
export function auditRoutes(app: FastifyInstance, { administration, audit }: AuditNeeds): void {
  app.get(
    '/api/v1/settings/audit',
    {
      config: {
        right: 'administrator',
        unaudited: 'a log of who turned its pages would never end; a download is told',
      },
      schema: { querystring: AuditQuery, response: { 200: AuditPage } },
    },
    async (request) => {
      const caller = callerOf(request);
      await administration.mustAdminister(caller);
      const { before } = AuditQuery.parse(request.query);
      return audit.page(caller.install.id, before === undefined ? null : Number(before));
    },
  );

  app.get(
    '/api/v1/settings/audit/export',
    { config: { right: 'administrator', freshToken: true, auditedBehind: ['audit.exported'] } },
    async (request, reply) => {
      const caller = callerOf(request);
      await administration.mustAdminister(caller);
      const { crmUserId: who, amr, install } = caller;
      await audit.write(install.id, {
        action: 'audit.exported',
        who,
        amr,
        subject: 'settings/audit',
        outcome: 'exported',
      });
      // JSON lines, not a spreadsheet's text: nothing in them is ever taken for a formula.
      return reply
        .type('application/x-ndjson; charset=utf-8')
        .header('content-disposition', 'attachment; filename="customer-360-audit.ndjson"')
        .send(Readable.from(lines(audit.all(install.id))));
    },
  );
}

async function* lines(entries: AsyncIterable<AuditEntry>): AsyncIterable<string> {
  for await (const entry of entries) yield `${JSON.stringify(entry)}\n`;
}
