import { type RecordModule, type RecordRef, ZohoId } from '../../../server/contract/record.ts';

/** What CRM calls these modules in its addresses. */
const IN_ADDRESSES: Readonly<Record<string, RecordModule>> = {
  accounts: 'Accounts',
  contacts: 'Contacts',
  potentials: 'Deals',
  deals: 'Deals',
};

/**
 * The record that a pasted id, or the address of its page in CRM, means. An address names its module itself; `null`
 * when there is no id in it or the module has no figures.
 */
export function recordPasted(text: string, chosen: RecordModule): RecordRef | null {
  const trimmed = text.trim();
  if (ZohoId.safeParse(trimmed).success) return { module: chosen, recordId: trimmed };
  const found = /\/(?:tab\/)?([A-Za-z]+)\/(\d{1,20})(?:[/?#]|$)/.exec(trimmed);
  const module = IN_ADDRESSES[found?.[1]?.toLowerCase() ?? ''];
  const recordId = found?.[2];
  return module && recordId ? { module, recordId } : null;
}
