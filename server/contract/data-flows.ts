/**
 * What leaves where, why, and for how long it is kept: the one source of the page in the settings and of
 * `docs/data-flows.md`. Words are in the message catalogue under `flows.…`; tests hold the scopes to those the sign-in
 * asks for, and the times to those the code uses.
 */

/** Where data can be. `chosen`: an address an administrator typed, so that alerts go there; none by default. */
export const PLACES = ['browser', 'server', 'accounts', 'crm', 'books', 'chosen'] as const;
type Place = (typeof PLACES)[number];

interface Flow {
  /** Names `flows.flow.<key>`, what goes there, and `flows.flow.<key>.why`. */
  readonly key: string;
  readonly from: Place;
  readonly to: Place;
}

/** Every connection that carries anything, in the order in which an organisation meets them. */
export const FLOWS = [
  { key: 'sign_in', from: 'server', to: 'accounts' },
  { key: 'who', from: 'crm', to: 'server' },
  { key: 'record', from: 'crm', to: 'server' },
  { key: 'customers', from: 'crm', to: 'server' },
  { key: 'read', from: 'books', to: 'server' },
  { key: 'link', from: 'server', to: 'books' },
  { key: 'hook', from: 'books', to: 'server' },
  { key: 'question', from: 'browser', to: 'server' },
  { key: 'answer', from: 'server', to: 'browser' },
  { key: 'sdk', from: 'crm', to: 'browser' },
  { key: 'alert', from: 'server', to: 'chosen' },
] as const satisfies readonly Flow[];

interface Kept {
  /** Names `flows.kept.<key>`, what is stored, and `flows.kept.<key>.for`, how long. */
  readonly key: string;
  /** Fills `{n}` in how long; the unit is in the words. */
  readonly n?: number;
}

/** Everything that is stored, and for how long. All of it is erased after an uninstall but the last. */
export const KEPT = [
  { key: 'ledger' },
  { key: 'decisions' },
  { key: 'links' },
  { key: 'consents' },
  { key: 'books_users' },
  { key: 'sessions', n: 12 },
  { key: 'audit', n: 12 },
  { key: 'requests', n: 24 },
  { key: 'troubles', n: 30 },
  { key: 'uninstalled', n: 30 },
  { key: 'certificate' },
] as const satisfies readonly Kept[];

/** Who can see what; each names `flows.sees.<key>`. */
export const SEES = ['administrators', 'roles', 'operator', 'nobody'] as const;

/** What Zoho is asked for, by when it is asked; each scope has its reason under `flows.scope.<scope>`. */
export const SCOPES = {
  /** Of everybody who signs in at the panel. */
  panel: [
    'ZohoCRM.users.READ',
    'ZohoCRM.org.READ',
    'ZohoCRM.modules.deals.READ',
    'ZohoCRM.modules.accounts.READ',
    'ZohoCRM.modules.contacts.READ',
  ],
  /** Of an administrator in the settings, too. */
  settings: ['ZohoCRM.settings.roles.READ', 'ZohoCRM.settings.profiles.READ'],
  /** Of the administrator who connects Books. */
  books: [
    'ZohoBooks.contacts.READ',
    'ZohoBooks.invoices.READ',
    'ZohoBooks.customerpayments.READ',
    'ZohoBooks.creditnotes.READ',
    'ZohoBooks.estimates.READ',
    'ZohoBooks.salesorders.READ',
    'ZohoBooks.expenses.READ',
    'ZohoBooks.settings.READ',
    'ZohoBooks.invoices.UPDATE',
    'ZohoBooks.estimates.UPDATE',
    'ZohoBooks.salesorders.UPDATE',
    'ZohoBooks.expenses.UPDATE',
  ],
} as const;
export type ScopeGroup = keyof typeof SCOPES;
