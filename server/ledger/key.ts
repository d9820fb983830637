import type { Install } from '../identity/install.ts';
import type { LedgerKey } from '../store/snapshots.ts';
import { ZohoTrouble } from '../zoho/trouble.ts';

/** Without a chosen organisation there is nothing to read, and nothing that was read counts. */
export function keyOf({ id, books }: Install): LedgerKey {
  if (!books) throw new ZohoTrouble('books', 'revoked', { code: 'not_connected' });
  return { installId: id, organisationId: books.organisationId };
}

/** For reads under way: nobody may share one of another organisation. */
export function nameOf(install: Install): string {
  const { installId, organisationId } = keyOf(install);
  return `${installId}|${organisationId}`;
}

/** The lease of an organisation's background work. */
export const leaseOf = ({ installId, organisationId }: LedgerKey): string =>
  `ledger|${installId}|${organisationId}`;
