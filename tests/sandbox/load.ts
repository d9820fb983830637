import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Organisation, OrgFile, Wire } from './organisation.ts';
import { isWire } from './zoho-wire.ts';

/** A folder that is no organisation; names the file. */
class OrganisationFolderError extends Error {
  override readonly name = 'OrganisationFolderError';
}

/**
 * Reads an organisation folder: `org.json`, `crm/*.json`, `books/*.json`. A missing module file means none of them.
 * @throws OrganisationFolderError naming the file that cannot be used
 */
export function loadOrganisation(folder: string): Organisation {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new OrganisationFolderError(`${folder} is not a folder`);
  }
  const crm = (name: string): Wire[] => rows(join(folder, 'crm', `${name}.json`));
  const books = (name: string): Wire[] => rows(join(folder, 'books', `${name}.json`));
  return {
    org: orgFile(join(folder, 'org.json')),
    crm: {
      Accounts: crm('Accounts'),
      Contacts: crm('Contacts'),
      Deals: crm('Deals'),
      Products: crm('Products'),
      Vendors: crm('Vendors'),
      users: crm('users'),
      roles: crm('roles'),
      profiles: crm('profiles'),
    },
    books: {
      organizations: books('organizations'),
      contacts: books('contacts'),
      invoices: books('invoices'),
      customerpayments: books('customerpayments'),
      creditnotes: books('creditnotes'),
      estimates: books('estimates'),
      salesorders: books('salesorders'),
      expenses: books('expenses'),
      items: books('items'),
      users: books('users'),
    },
  };
}

function orgFile(file: string): OrgFile {
  const org = parsed(file);
  if (org === undefined) throw new OrganisationFolderError(`${file} is missing`);
  if (!isOrgFile(org))
    throw new OrganisationFolderError(`${file} needs an object "crm" with the organisation's id and zgid`);
  return org;
}

function isOrgFile(value: unknown): value is OrgFile {
  if (!isWire(value) || !isWire(value.crm)) return false;
  const { id, zgid } = value.crm;
  return (
    typeof id === 'string' && typeof zgid === 'string' && ['string', 'undefined'].includes(typeof value.today)
  );
}

function rows(file: string): Wire[] {
  const list = parsed(file);
  if (list === undefined) return [];
  if (!Array.isArray(list)) throw new OrganisationFolderError(`${file} is not a JSON array`);
  return list.map((row: unknown, at) => {
    if (!isWire(row)) throw new OrganisationFolderError(`${file}: entry ${at} is not an object`);
    return row;
  });
}

/** `undefined` when there is no such file. */
function parsed(file: string): unknown {
  if (!statSync(file, { throwIfNoEntry: false })) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new OrganisationFolderError(`${file} is not JSON: ${cause instanceof Error ? cause.message : ''}`, {
      cause,
    });
  }
}
