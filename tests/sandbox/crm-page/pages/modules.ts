import type { Organisation, Wire } from '../../organisation.ts';
import { child, text } from '../../zoho-wire.ts';

export type ModuleName = 'Accounts' | 'Deals' | 'Contacts';

export interface Module {
  readonly name: ModuleName;
  /** First part of its addresses. */
  readonly path: 'accounts' | 'deals' | 'contacts';
  readonly one: string;
  nameOf(record: Wire): string;
}

const module = (name: ModuleName, path: Module['path'], one: string, nameField: string): Module => ({
  name,
  path,
  one,
  nameOf: (record) => text(record, nameField) || '(no name)',
});

export const MODULES: readonly Module[] = [
  module('Accounts', 'accounts', 'Account', 'Account_Name'),
  module('Deals', 'deals', 'Deal', 'Deal_Name'),
  module('Contacts', 'contacts', 'Contact', 'Full_Name'),
];

export const recordsOf = (organisation: Organisation, { name }: Module): readonly Wire[] =>
  organisation.crm[name];

export const idOf = (record: Wire): string => text(record, 'id');

/** Address of a record's page, or of nothing when a lookup is empty. */
export function pageOf(path: Module['path'], record: Wire | undefined): string | undefined {
  const id = text(record, 'id');
  return id === '' ? undefined : `/${path}/${encodeURIComponent(id)}`;
}

/** Whether a lookup of the record points at this id. */
export const pointsAt = (record: Wire, lookup: string, id: string): boolean =>
  text(child(record, lookup), 'id') === id;
