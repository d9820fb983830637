import { CompactSign } from 'jose';
import type { ErasureCertificate } from '../contract/lifecycle.ts';
import type { SigningKeys } from '../identity/signing-keys.ts';
import { auditHeads } from '../store/audit.ts';
import type { Database } from '../store/database.ts';
import { countRowsOf, type ErasedTable, removeInstall } from '../store/erase-install.ts';
import { type ErasureRow, erasureById, finishErasure } from '../store/erasures.ts';
import { lockInstallState } from '../store/life-cycle.ts';
import { signingKeys } from '../store/signing-keys.ts';

interface Needs {
  readonly database: Database;
  readonly keys: Pick<SigningKeys, 'current'>;
  readonly clock: () => Date;
}

/** How a certificate is told from everything else we sign. */
const TYPE = 'erasure+jws';
const GENESIS = '0'.repeat(64);

/**
 * Erases an install and issues its certificate: one transaction, so that it is all or nothing wherever a server dies,
 * and one server's, whichever locks the install first.
 */
export function createErase({ database, keys, clock }: Needs) {
  /** @returns whether it was this server that erased it */
  return async ({ id, installId }: Pick<ErasureRow, 'id' | 'installId'>): Promise<boolean> => {
    const { kid, key } = await keys.current();
    const publicJwk = (await signingKeys(database)).find((row) => row.kid === kid)?.publicJwk as object; // safe because we exported it
    return database.transaction(async (on) => {
      const install = await lockInstallState(on, installId);
      const erasure = await erasureById(on, id);
      const isDue = erasure && erasure.erasedAt === null && erasure.dueAt <= clock();
      if (install?.state !== 'uninstalling' || !isDue) return false;
      const erasedAt = clock();
      const certificate = certificateOf(erasure, erasedAt, {
        tables: await countRowsOf(on, installId),
        head: (await auditHeads(on)).find((head) => head.installId === installId),
      });
      const signed = await new CompactSign(new TextEncoder().encode(JSON.stringify(certificate)))
        .setProtectedHeader({ alg: 'EdDSA', typ: TYPE, kid })
        .sign(key);
      await finishErasure(on, id, { erasedAt, certificate: signed, publicJwk });
      await removeInstall(on, installId);
      return true;
    });
  };
}
export type Erase = ReturnType<typeof createErase>;

function certificateOf(
  erasure: ErasureRow,
  erasedAt: Date,
  found: {
    tables: readonly ErasedTable[];
    head: { readonly sequence: number; readonly hash: string } | undefined;
  },
): ErasureCertificate {
  return {
    id: erasure.id,
    install: erasure.installId,
    dataCentre: erasure.dataCentre,
    crmOrganisation: erasure.crmOrganisationId,
    uninstalledAt: erasure.requestedAt.toISOString(),
    uninstalledBy: erasure.requestedBy ?? 'marketplace',
    erasedAt: erasedAt.toISOString(),
    tokens: { revoked: erasure.revoked, unconfirmed: erasure.unconfirmed },
    tables: [...found.tables],
    auditLog: { entries: found.head?.sequence ?? 0, head: found.head?.hash ?? GENESIS },
  };
}
