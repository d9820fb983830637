import * as z from 'zod/mini';
import { ZohoId } from '../../server/contract/record.ts';
import { askZoho } from './ask-zoho.ts';
import type { CrmContext } from './connect-to-crm.ts';

const CurrentUser = z.object({ id: ZohoId, full_name: z.string() });

/**
 * Who is logged in to the CRM page around us; `null` when CRM does not tell. A hint only, to end a session that is
 * somebody else's: it proves nothing and grants nothing. Never rejects.
 */
export async function crmUser(): Promise<{ readonly id: ZohoId; readonly name: string } | null> {
  const answer = await askZoho('current user', ({ CRM }) => CRM.CONFIG.getCurrentUser?.()).catch(
    () => undefined, // not told is an answer too
  );
  const parsed = CurrentUser.safeParse(answer);
  return parsed.success ? { id: parsed.data.id, name: parsed.data.full_name } : null;
}

/** After this CRM's word is not waited for: most sessions are the right person's. */
const ASK_MS = 1_500;

/** The id of that person, for a place where CRM answers at all; `null` when it does not tell in time. Never rejects. */
export function personInCrm({ state }: CrmContext): Promise<ZohoId | null> {
  if (state === 'silent' || state === 'foreign_host') return Promise.resolve(null);
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), ASK_MS));
  return Promise.race([crmUser().then((user) => user?.id ?? null), late]);
}
