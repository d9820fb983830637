import { randomUUID } from 'node:crypto';
import type { InstallState } from '../contract/lifecycle.ts';
import type { Database, Queries } from './database.ts';

/** A CRM organisation that installed us, as stored. */
export interface InstallRow {
  readonly id: string;
  readonly dataCentre: string;
  readonly zgid: string;
  readonly crmOrganisationId: string;
  readonly crmOrganisationName: string;
  readonly crmCurrency: string;
  readonly state: InstallState;
  /** The chosen Books organisation as JSON; its reader parses it. */
  readonly books: unknown;
  readonly booksConnectedAt: Date | null;
  /** Of the policy in force; 0 until an administrator has decided anything. */
  readonly policyVersion: number;
  /** In force; `null` until an administrator has decided anything. The document is JSON; its reader parses it. */
  readonly definitions: { readonly version: number; readonly document: unknown } | null;
  readonly administratorProfiles: readonly string[];
}

const SELECT = `select id, data_centre as "dataCentre", zgid, crm_organisation_id as "crmOrganisationId",
  crm_organisation_name as "crmOrganisationName", crm_currency as "crmCurrency", state, books, books_connected_at as "booksConnectedAt",
  coalesce((select max(version) from policies where install_id = installs.id), 0) as "policyVersion",
  (select jsonb_build_object('version', version, 'document', document) from definitions
    where install_id = installs.id order by version desc limit 1) as definitions,
  array(select profile_id from install_administrator_profiles where install_id = installs.id) as "administratorProfiles"
  from installs`;

const LEDGER_TABLES = [
  'customer_links',
  'deal_documents',
  'ledger_customers',
  'ledger_documents',
  'ledger_progress',
];

export async function installById(on: Queries, id: string): Promise<InstallRow | null> {
  return (await on.query<InstallRow>(`${SELECT} where id = $1`, [id]))[0] ?? null;
}

export async function installOf(
  on: Queries,
  tenant: { dataCentre: string; zgid: string },
): Promise<InstallRow | null> {
  return (
    (
      await on.query<InstallRow>(`${SELECT} where data_centre = $1 and zgid = $2`, [
        tenant.dataCentre,
        tenant.zgid,
      ])
    )[0] ?? null
  );
}

/** Creates the install, or refreshes what CRM says of the organisation. Answers its id. */
export async function saveInstall(
  on: Queries,
  install: Pick<
    InstallRow,
    'dataCentre' | 'zgid' | 'crmOrganisationId' | 'crmOrganisationName' | 'crmCurrency'
  >,
  now: Date,
): Promise<string> {
  const [row] = await on.query<{ id: string }>(
    `insert into installs (id, data_centre, zgid, crm_organisation_id, crm_organisation_name, crm_currency, created_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (data_centre, zgid) do update set crm_organisation_id = excluded.crm_organisation_id,
       crm_organisation_name = excluded.crm_organisation_name, crm_currency = excluded.crm_currency
     returning id`,
    [
      randomUUID(),
      install.dataCentre,
      install.zgid,
      install.crmOrganisationId,
      install.crmOrganisationName,
      install.crmCurrency,
      now,
    ],
  );
  if (!row) throw new Error('The install was not stored');
  return row.id;
}

/** Id of the Books organisation that is chosen, held until the transaction ends: of two who choose one comes second. */
export async function chosenOrganisation(on: Queries, installId: string): Promise<string | null> {
  const [row] = await on.query<{ chosen: string | null }>(
    `select books ->> 'organisationId' as chosen from installs where id = $1 for update`,
    [installId],
  );
  return row?.chosen ?? null;
}

/**
 * Give it a transaction, so that no figures of another organisation outlive the choice. It counts as a change of the
 * install, on whichever page it was made: whoever looked at what was there before is told.
 * @param books `null` forgets the choice, e.g. when a new connection no longer lists that organisation
 */
export async function saveBooksOrganisation(
  on: Queries,
  installId: string,
  books: object | null,
  now: Date,
): Promise<void> {
  await on.query(
    'update installs set books = $2::jsonb, books_connected_at = $3, state_version = state_version + 1 where id = $1',
    [installId, books === null ? null : JSON.stringify(books), books === null ? null : now],
  );
  // What was read from another organisation must not be shown as this one's.
  for (const table of [...LEDGER_TABLES, 'books_users']) {
    await on.query(`delete from ${table} where install_id = $1`, [installId]);
  }
}

export async function saveAdministratorProfiles(
  database: Database,
  installId: string,
  profileIds: readonly string[],
): Promise<void> {
  await database.transaction(async (on) => {
    await on.query('delete from install_administrator_profiles where install_id = $1', [installId]);
    for (const profileId of new Set(profileIds)) {
      await on.query('insert into install_administrator_profiles (install_id, profile_id) values ($1, $2)', [
        installId,
        profileId,
      ]);
    }
  });
}

/** Active installs with a chosen Books organisation: those whose local copy is kept up to date. */
export async function connectedInstalls(on: Queries): Promise<readonly InstallRow[]> {
  return on.query<InstallRow>(
    `${SELECT} where books is not null and state = 'active' order by created_at, id`,
  );
}
