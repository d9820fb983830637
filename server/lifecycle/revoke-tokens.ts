import { randomUUID } from 'node:crypto';
import { type SealedSecrets, SecretUnreadable } from '../identity/sealed-secret.ts';
import type { Database } from '../store/database.ts';
import { type ErasureRow, eraseToken, type LeftToken, tokensLeft } from '../store/erasures.ts';
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
  /** Called when Zoho could not be told; it is told again. */
  readonly onTrouble: (trouble: unknown) => void;
}

/**
 * Ends every token of an install at Zoho, and erases each as Zoho confirms it. A server that dies in between leaves the
 * rest to the next: a token is asked to end twice at most, which Zoho takes for once.
 */
export function createRevokeTokens(needs: Needs) {
  const { database, secrets, accounts, dataCentreOf, clock, onTrouble } = needs;
  const holder = randomUUID();

  const opened = (token: LeftToken): string | null => {
    try {
      return secrets.open(token.sealed, token);
    } catch (cause) {
      if (cause instanceof SecretUnreadable) return null; // nobody can use it, and nobody can end it
      throw cause;
    }
  };

  async function revoke(token: LeftToken, location: string, giveUp: boolean): Promise<void> {
    const refreshToken = opened(token);
    if (refreshToken === null) return eraseToken(database, token, 'unconfirmed');
    try {
      await accounts.revoke({ dataCentre: dataCentreOf(location), refreshToken });
    } catch (cause) {
      onTrouble(cause);
      if (giveUp) await eraseToken(database, token, 'unconfirmed');
      return;
    }
    await eraseToken(database, token, 'revoked');
  }

  /** @returns whether none is left */
  return async (erasure: ErasureRow): Promise<boolean> => {
    const { installId, dataCentre, requestedAt, dueAt } = erasure;
    const isDue = dueAt <= clock();
    // what somebody gave who came back to look goes last
    const before = isDue ? clock() : requestedAt;
    const giveUp = isDue || clock().getTime() - requestedAt.getTime() > TRIED_FOR_MS;
    const lease = { name: `revoke|${installId}`, holder };
    for (const token of await tokensLeft(database, installId, before)) {
      const until = new Date(clock().getTime() + LEASE_MS);
      if (!(await takeLease(database, { ...lease, until }, clock()))) return false;
      await revoke(token, dataCentre, giveUp);
    }
    await endLease(database, lease);
    return (await tokensLeft(database, installId, before)).length === 0;
  };
}
export type RevokeTokens = ReturnType<typeof createRevokeTokens>;
