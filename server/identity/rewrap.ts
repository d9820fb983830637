import type { Database } from '../store/database.ts';
import {
  countByOtherKey,
  replaceSealed,
  rowsOfOtherKeys,
  SEALED_TABLES,
  type SealedRow,
} from '../store/sealed-rows.ts';
import { type SealedSecrets, SecretUnreadable } from './sealed-secret.ts';

/** Rows read at once: few, because people are being served meanwhile. */
const BATCH = 50;

interface Rewrapped {
  readonly rewrapped: number;
  readonly unreadable: number;
  /** Rows by the id of the key that wraps them. */
  readonly waiting: Readonly<Record<string, number>>;
}

/**
 * Seals everything that an older key wraps with the newest one, so that the older key can be retired. Runs beside the
 * serving, also on several servers at once: what changed meanwhile is left as it is.
 *
 * @returns how many rows were sealed anew; how many no key opens: those are lost, and somebody signs in again; and how
 *   many rows each other key still wraps: none, and that key may go
 */
export async function rewrapSecrets({
  database,
  secrets,
}: {
  database: Database;
  secrets: SealedSecrets;
}): Promise<Rewrapped> {
  let rewrapped = 0;
  let unreadable = 0;
  for (const table of SEALED_TABLES) {
    let after = '';
    do {
      const found = await rowsOfOtherKeys(database, table, { keyId: secrets.keyId, after, most: BATCH });
      for (const row of found.rows) {
        const plain = opened(row, secrets);
        if (plain === null) unreadable += 1;
        else if (await replaceSealed(database, row, secrets.seal(plain, row))) rewrapped += 1;
      }
      ({ after } = found);
    } while (after !== '');
  }
  const waiting = new Map<string, number>();
  for (const table of SEALED_TABLES)
    for (const { keyId, rows } of await countByOtherKey(database, table, secrets.keyId))
      waiting.set(keyId, (waiting.get(keyId) ?? 0) + rows);
  return { rewrapped, unreadable, waiting: Object.fromEntries(waiting) };
}

function opened(row: SealedRow, secrets: SealedSecrets): string | null {
  try {
    return secrets.open(row.sealed, row);
  } catch (cause) {
    if (cause instanceof SecretUnreadable) return null;
    throw cause;
  }
}
