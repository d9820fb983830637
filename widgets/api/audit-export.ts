import { mutationOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { ask } from './ask.ts';
import { auditQuery } from './audit-query.ts';
import { saveAs } from './save-as.ts';

const FILE_NAME = 'customer-360-audit.ndjson';

/** Saves the whole audit log as a file, one entry a line. That it was taken is written into it. */
export const saveAuditMutation = mutationOptions({
  mutationFn: async () => {
    const lines = await ask('/api/v1/settings/audit/export', z.string(), { answer: 'text' });
    saveAs(new Blob([lines], { type: 'application/x-ndjson' }), FILE_NAME);
  },
  onSuccess: (_saved, _nothing, _outcome, { client }) =>
    client.invalidateQueries({ queryKey: auditQuery.queryKey }),
});
