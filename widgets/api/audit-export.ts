import { mutationOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { ask } from './ask.ts';
import { auditQuery } from './audit-query.ts';

const FILE_NAME = 'customer-360-audit.ndjson';

/** Saves the whole audit log as a file, one entry a line. That it was taken is written into it. */
export const saveAuditMutation = mutationOptions({
  mutationFn: async () => {
    const lines = await ask('/api/v1/settings/audit/export', z.string(), { answer: 'text' });
    saveAs(new Blob([lines], { type: 'application/x-ndjson' }));
  },
  onSuccess: (_saved, _nothing, _outcome, { client }) =>
    client.invalidateQueries({ queryKey: auditQuery.queryKey }),
});

/** The address carries no token, so a link cannot fetch it: the browser saves what we already hold. */
function saveAs(content: Blob): void {
  const href = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = href;
  link.download = FILE_NAME;
  link.click();
  URL.revokeObjectURL(href);
}
