import * as z from 'zod/mini';
import { PolicyDocument } from './policy.ts';
import { Version } from './version.ts';

/** @throws Problem `policy.changed_meanwhile` (409) when `basedOn` is not the version in force: nothing is lost. */
export const SavePolicy = z.strictObject({ basedOn: Version, document: PolicyDocument });
export type SavePolicy = z.infer<typeof SavePolicy>;
