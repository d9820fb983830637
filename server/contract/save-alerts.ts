import * as z from 'zod/mini';
import { AlertKind } from './alerts.ts';
import { Version } from './version.ts';

// Apart from what is told, because a widget that only reads should not carry what checks numbers.

const SilentHours = z.int().check(z.minimum(3), z.maximum(72));
const Kinds = z.array(AlertKind).check(z.minLength(1), z.maxLength(5));

export const SaveAlerts = z.strictObject({
  /** The version this is a change of. */
  basedOn: Version,
  channel: z.nullable(
    z.strictObject({
      /** Absent: the address stays. */
      url: z.optional(z.string().check(z.minLength(1), z.maxLength(2_000))),
      kinds: Kinds,
      silentHours: SilentHours,
      /** Makes another secret to sign with, at once. A new address always gets one. */
      newSecret: z.optional(z.boolean()),
    }),
  ),
});
export type SaveAlerts = z.infer<typeof SaveAlerts>;
