import * as z from 'zod/mini';
import { MappingMode, MappingTarget, MOST_DECISIONS } from './mapping.ts';
import { ZohoId } from './record.ts';
import { Version } from './version.ts';

/** CRM's own name of a field. */
const FieldName = z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9_]{0,49}$/));

/** @throws Problem `mapping.changed_meanwhile` (409) when `basedOn` is not the version in force */
export const SaveMappingSettings = z.strictObject({
  basedOn: Version,
  mode: MappingMode,
  taxField: z.nullable(FieldName),
});
export type SaveMappingSettings = z.infer<typeof SaveMappingSettings>;

export const DecideMappings = z.strictObject({
  changes: z
    .array(z.strictObject({ customerId: ZohoId, version: Version, to: MappingTarget }))
    .check(z.minLength(1), z.maxLength(MOST_DECISIONS)),
});
export type DecideMappings = z.infer<typeof DecideMappings>;
