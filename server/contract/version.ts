import * as z from 'zod/mini';

// Apart from what is told, because a widget that only reads should not carry what checks numbers.

/** Of what is kept in versions: 0 while there is none. No larger than the database counts. */
export const Version = z.int().check(z.nonnegative(), z.maximum(2_147_483_646));
