import { decodeJwt } from 'jose';
import { type ErasureAnswer, ErasureCertificate } from '../contract/lifecycle.ts';
import type { ErasureRow } from '../store/erasures.ts';

/** What is known of an uninstalling to whoever holds its certificate's address. */
export function certificateAnswer(row: ErasureRow): ErasureAnswer {
  if (row.certificate === null)
    return {
      state: 'waiting',
      install: row.installId,
      dataCentre: row.dataCentre,
      crmOrganisation: row.crmOrganisationId,
      uninstalledAt: row.requestedAt.toISOString(),
      eraseAt: row.dueAt.toISOString(),
      tokens: { revoked: row.revoked, unconfirmed: row.unconfirmed },
    };
  return {
    state: 'erased',
    certificate: ErasureCertificate.parse(decodeJwt(row.certificate)),
    signed: row.certificate,
    key: row.publicJwk as Record<string, string>, // safe because we exported it, and a key of this kind is text throughout
  };
}
