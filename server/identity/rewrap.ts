import type { Database } from '../store/database.ts';
import { replaceSealed, rowsOfOtherKeys, SEALED_TABLES, type SealedRow } from '../store/sealed-rows.ts';
import { type SealedSecrets, SecretUnreadable } from './sealed-secret.ts';

/** Rows read at once: few, because people are being served meanwhile. */
const BATCH = 50;

/**
 * Seals everything that an older key wraps with the newest one, so that the older key can be retired. Runs beside the
 * serving, also on several servers at once: what changed meanwhile is left as it is.
 *
 * @returns how many rows were sealed anew, and how many no key opens: those are lost, and somebody signs in again
 */
export async function rewrapSecrets({
  database,
  secrets,
}: {
  database: Database;
  secrets: SealedSecrets;
}): Promise<{ rewrapped: number; unreadable: number }> {
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
  return { rewrapped, unreadable };
}

function opened(row: SealedRow, secrets: SealedSecrets): string | null {
  try {
    return secrets.open(row.sealed, row);
  } catch (cause) {
    if (cause instanceof SecretUnreadable) return null;
    throw cause;
  }
}
