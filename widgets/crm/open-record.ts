import type { RecordRef } from '../../server/contract/record.ts';
import { askZoho } from './ask-zoho.ts';

/** Opens a record in CRM itself, instead of ours inside the frame. @throws when CRM refuses or does not answer. */
export async function openRecord({ module, recordId }: RecordRef): Promise<void> {
  await askZoho('open record', ({ CRM }) => CRM.UI.Record.open({ Entity: module, RecordID: recordId }));
}
