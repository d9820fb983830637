import * as z from 'zod';
import { DefinitionsDocument } from '../contract/definitions.ts';
import type { Database } from '../store/database.ts';
import { connectedInstalls, type InstallRow, installById, installOf } from '../store/installs.ts';
import type { ConnectedBooks, Install, InstallId } from './install.ts';

const StoredBooks = z.object({
  organisationId: z.string(),
  name: z.string(),
  currency: z.string(),
  timeZone: z.string(),
  plan: z.optional(z.string()),
});

/** The install as the rest of the server knows it; `null` once it is gone. */
export async function findInstall(database: Database, id: string): Promise<Install | null> {
  const row = await installById(database, id);
  return row && toInstall(row);
}

/** Installs with a chosen Books organisation. */
export async function findConnected(database: Database): Promise<readonly Install[]> {
  return (await connectedInstalls(database)).map(toInstall);
}

export async function findTenant(
  database: Database,
  tenant: { dataCentre: string; zgid: string },
): Promise<Install | null> {
  const row = await installOf(database, tenant);
  return row && toInstall(row);
}

function toInstall(row: InstallRow): Install {
  const { definitions } = row;
  const books: ConnectedBooks | null = row.books === null ? null : StoredBooks.parse(row.books);
  return {
    id: row.id as InstallId, // safe because it came out of the installs table
    dataCentre: row.dataCentre,
    zgid: row.zgid,
    crmOrganisationId: row.crmOrganisationId,
    crmOrganisationName: row.crmOrganisationName,
    crmCurrency: row.crmCurrency,
    state: row.state,
    books,
    policyVersion: row.policyVersion,
    ...(definitions && {
      definitions: {
        version: definitions.version,
        document: DefinitionsDocument.parse(definitions.document),
      },
    }),
    administratorProfiles: new Set(row.administratorProfiles),
  };
}
