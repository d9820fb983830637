import type { Queries } from './database.ts';
import type { LedgerKey } from './snapshots.ts';

/** Which kind of CRM record has Books customers. */
export type MappingMode = 'accounts' | 'contacts' | 'both';

/** What an administrator decided about one Books customer. */
export interface MappingRow {
  readonly customerId: string;
  /** From 1; it grows with every decision about this customer. */
  readonly version: number;
  /** `books`: the decision was taken back, and what Books says holds again. */
  readonly says: 'record' | 'nobody' | 'books';
  readonly module: 'Accounts' | 'Contacts' | null;
  readonly recordId: string | null;
  readonly byId: string;
  readonly byName: string;
  readonly at: Date;
}

interface MappingSettingsRow {
  /** 0: nobody has decided yet. */
  readonly version: number;
  readonly mode: MappingMode;
  readonly taxField: string | null;
}

const KEY = 'install_id = $1 and organisation_id = $2';
const COLUMNS = `customer_id as "customerId", version, says, module, record_id as "recordId", by_id as "byId",
  by_name as "byName", at`;

/** Everything that was ever decided in an organisation, also what was taken back. */
export const mappingsOf = (
  on: Queries,
  { installId, organisationId }: LedgerKey,
): Promise<readonly MappingRow[]> =>
  on.query<MappingRow>(`select ${COLUMNS} from customer_mappings where ${KEY} order by customer_id`, [
    installId,
    organisationId,
  ]);

export const mappingsAbout = (
  on: Queries,
  { installId, organisationId }: LedgerKey,
  customerIds: readonly string[],
): Promise<readonly MappingRow[]> =>
  on.query<MappingRow>(
    `select ${COLUMNS} from customer_mappings where ${KEY} and customer_id = any($3::text[])`,
    [installId, organisationId, [...customerIds]],
  );

/** As decided, or the way everybody begins. */
export async function mappingSettings(
  on: Queries,
  { installId, organisationId }: LedgerKey,
): Promise<MappingSettingsRow> {
  const rows = await on.query<MappingSettingsRow>(
    `select version, mode, tax_field as "taxField" from mapping_settings where ${KEY}`,
    [installId, organisationId],
  );
  return rows[0] ?? { version: 0, mode: 'both', taxField: null };
}

/** Of two at once one wins. @returns whether `basedOn` was still in force, and the settings were saved */
export async function saveMappingSettings(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  settings: Pick<MappingSettingsRow, 'mode' | 'taxField'> &
    Pick<MappingRow, 'byId' | 'byName' | 'at'> & { readonly basedOn: number },
): Promise<boolean> {
  const saved = await on.query(
    `insert into mapping_settings (install_id, organisation_id, version, mode, tax_field, by_id, by_name, at)
     select $1, $2, $3::integer + 1, $4, $5, $6, $7, $8
     where $3 = 0 or exists (select 1 from mapping_settings where ${KEY})
     on conflict (install_id, organisation_id) do update set version = excluded.version, mode = excluded.mode,
       tax_field = excluded.tax_field, by_id = excluded.by_id, by_name = excluded.by_name, at = excluded.at
     where mapping_settings.version = $3::integer returning version`,
    [
      installId,
      organisationId,
      settings.basedOn,
      settings.mode,
      settings.taxField,
      settings.byId,
      settings.byName,
      settings.at,
    ],
  );
  return saved.length > 0;
}

/** Of two at once one wins. @returns the new version, `null` when the customer's is no longer `basedOn` */
export async function saveMapping(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  row: Omit<MappingRow, 'version'> & { readonly basedOn: number },
): Promise<number | null> {
  const saved = await on.query<{ version: number }>(
    `insert into customer_mappings (install_id, organisation_id, customer_id, version, says, module, record_id,
       by_id, by_name, at)
     select $1, $2, $3, $4::integer + 1, $5, $6, $7, $8, $9, $10
     where $4 = 0 or exists (select 1 from customer_mappings where ${KEY} and customer_id = $3)
     on conflict (install_id, organisation_id, customer_id) do update set version = excluded.version,
       says = excluded.says, module = excluded.module, record_id = excluded.record_id, by_id = excluded.by_id,
       by_name = excluded.by_name, at = excluded.at
     where customer_mappings.version = $4::integer returning version`,
    [
      installId,
      organisationId,
      row.customerId,
      row.basedOn,
      row.says,
      row.module,
      row.recordId,
      row.byId,
      row.byName,
      row.at,
    ],
  );
  return saved[0]?.version ?? null;
}
