import type { CustomerId } from '../domain/documents.ts';
import type { Database } from '../store/database.ts';
import { type MappingMode, type MappingRow, mappingSettings, mappingsAbout } from '../store/mappings.ts';
import type { LedgerKey } from '../store/snapshots.ts';

/** The CRM records a customer belongs to. */
export interface Owners {
  readonly crmAccountId: string | null;
  readonly crmContactId: string | null;
}

/** What administrators decided, for laying it over what Books says. */
export interface Decisions {
  /** To whom the customer belongs, given what Books says of it. */
  ownersOf(customerId: CustomerId, inBooks: Owners): Owners;
  /** Whether something is decided about the customer that counts whatever Books says. */
  isDecided(customerId: CustomerId): boolean;
}

/** Decisions as they are stored right now. They decide over rights to nothing: only whose a customer is. */
export async function readDecisions(
  database: Database,
  of: LedgerKey,
  customerIds: readonly CustomerId[],
): Promise<Decisions> {
  const [{ mode }, rows] = await Promise.all([
    mappingSettings(database, of),
    mappingsAbout(database, of, customerIds),
  ]);
  return decisionsOf(mode, rows);
}

/** The given rows, as far as they count in this mode. */
export function decisionsOf(mode: MappingMode, rows: readonly MappingRow[]): Decisions {
  const counting = new Map(rows.filter((row) => counts(row, mode)).map((row) => [row.customerId, row]));
  return {
    isDecided: (customerId) => counting.has(customerId),
    ownersOf(customerId, inBooks) {
      const decided = counting.get(customerId);
      if (!decided)
        return {
          crmAccountId: mode === 'contacts' ? null : inBooks.crmAccountId,
          crmContactId: mode === 'accounts' ? null : inBooks.crmContactId,
        };
      return {
        crmAccountId: decided.module === 'Accounts' ? decided.recordId : null,
        crmContactId: decided.module === 'Contacts' ? decided.recordId : null,
      };
    },
  };
}

/** A decision for a kind of record that has no customers at present waits until it has again. */
const counts = ({ says, module }: MappingRow, mode: MappingMode): boolean =>
  says === 'nobody' || (says === 'record' && (mode === 'both' || mode === module?.toLowerCase()));
