import { randomUUID } from 'node:crypto';
import { type SealedSecrets, SecretUnreadable } from '../identity/sealed-secret.ts';
import type { Database } from '../store/database.ts';
import {
  type ErasureRow,
  eraseToken,
  isDoomed,
  type LeftToken,
  removeLateAccessTokens,
  tokensLeft,
} from '../store/erasures.ts';
import { endLease, takeLease } from '../store/leases.ts';
import type { Accounts } from '../zoho/accounts/accounts.ts';
import type { DataCentre } from '../zoho/data-centres.ts';

/** One server at a time; longer than one answer of Zoho may take. */
const LEASE_MS = 30_000;
/** Zoho is asked for this long; then a token is erased here without its word. */
const TRIED_FOR_MS = 3_600_000;

interface Needs {
  readonly database: Database;
  readonly secrets: SealedSecrets;
  readonly accounts: Pick<Accounts, 'revoke'>;
  readonly dataCentreOf: (location: string) => DataCentre;
  readonly clock: () => Date;
  /** Aborted when the server stops: not one token more. */
  readonly stopping: AbortSignal;
  /** Called when Zoho could not be told; it is told again. */
  readonly onTrouble: (trouble: unknown) => void;
}

/**
 * Ends every token of an install at Zoho, and erases each as Zoho confirms it. A server that dies in between leaves the
 * rest to the next: a token is asked to end twice at most, which Zoho takes for once.
 */
export function createRevokeTokens(needs: Needs) {
  const { database, secrets, accounts, dataCentreOf, clock, stopping, onTrouble } = needs;
  const holder = randomUUID();

  async function revoke(token: LeftToken, location: string, giveUp: boolean): Promise<void> {
    try {
      const refreshToken = secrets.open(token.sealed, token);
      await accounts.revoke({ dataCentre: dataCentreOf(location), refreshToken });
    } catch (cause) {
      onTrouble(cause);
      // Damaged, nobody can end it any more. A key that is missing may come back with the next start.
      const isLost = cause instanceof SecretUnreadable && cause.why === 'damaged';
      if (giveUp || isLost) await eraseToken(database, token, 'unconfirmed');
      return;
    }
    await eraseToken(database, token, 'revoked');
  }

  /** @returns whether none is left */
  return async (erasure: ErasureRow): Promise<boolean> => {
    const { id, installId, dataCentre, requestedAt, dueAt } = erasure;
    const isDue = dueAt <= clock();
    // what somebody gave who came back to look goes last
    const before = isDue ? clock() : requestedAt;
    const giveUp = isDue || clock().getTime() - requestedAt.getTime() > TRIED_FOR_MS;
    const lease = { name: `revoke|${installId}`, holder };
    for (const token of await tokensLeft(database, installId, before)) {
      if (stopping.aborted) break;
      const until = new Date(clock().getTime() + LEASE_MS);
      if (!(await takeLease(database, { ...lease, until }, clock()))) return false;
      if (await isDoomed(database, id, token)) await revoke(token, dataCentre, giveUp);
    }
    await endLease(database, lease);
    await removeLateAccessTokens(database, id, before);
    return (await tokensLeft(database, installId, before)).length === 0;
  };
}
export type RevokeTokens = ReturnType<typeof createRevokeTokens>;
