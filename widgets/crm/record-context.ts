import * as z from 'zod/mini';
import { RecordModule, ZohoId } from '../../server/contract/record.ts';

/** Where in CRM the widget stands. */
export type RecordContext =
  | { readonly state: 'record'; readonly module: RecordModule; readonly recordId: ZohoId }
  /** Settings, web tabs, dashboards, a form of a record not saved yet. */
  | { readonly state: 'no_record' }
  | { readonly state: 'unsupported_module'; readonly module: string };

/** CRM sends one id as text in related lists, and a list of ids from buttons, even for one record. */
const PageLoad = z.object({
  Entity: z.string().check(z.minLength(1), z.maxLength(100)),
  EntityId: z.union([ZohoId, z.array(ZohoId)]),
});

/** What a PageLoad names. CRM sends nothing readable where there is no record. */
export function recordContext(pageLoad: unknown): RecordContext {
  const parsed = PageLoad.safeParse(pageLoad);
  if (!parsed.success) return { state: 'no_record' };
  const { Entity, EntityId } = parsed.data;
  const recordId = typeof EntityId === 'string' ? EntityId : EntityId[0];
  if (recordId === undefined) return { state: 'no_record' };
  const module = RecordModule.safeParse(Entity);
  if (!module.success) return { state: 'unsupported_module', module: Entity };
  return { state: 'record', module: module.data, recordId };
}
