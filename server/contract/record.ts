import * as z from 'zod/mini';

/** CRM modules whose records carry the panel. */
export const RecordModule = z.enum(['Accounts', 'Deals', 'Contacts']);
export type RecordModule = z.infer<typeof RecordModule>;

/** CRM and Books ids are 64-bit integers sent as text; they never become numbers. */
export const ZohoId = z.string().check(z.regex(/^[0-9]{1,20}$/));
export type ZohoId = z.infer<typeof ZohoId>;

export const RecordRef = z.strictObject({ module: RecordModule, recordId: ZohoId });
export type RecordRef = z.infer<typeof RecordRef>;
