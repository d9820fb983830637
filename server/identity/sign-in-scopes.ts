/** The least CRM rights a panel works with: who is this, of which organisation, and may they open this record. */
export const PANEL_SCOPES: readonly string[] = [
  'ZohoCRM.users.READ',
  'ZohoCRM.org.READ',
  'ZohoCRM.modules.deals.READ',
  'ZohoCRM.modules.accounts.READ',
  'ZohoCRM.modules.contacts.READ',
];

/** An administrator also assigns visibility to the organisation's roles and profiles. */
export const SETUP_SCOPES: readonly string[] = [
  ...PANEL_SCOPES,
  'ZohoCRM.settings.roles.READ',
  'ZohoCRM.settings.profiles.READ',
];

/** A link is written onto the document itself; nothing else in Books is ever written. */
export const LINK_SCOPES: readonly string[] = [
  'ZohoBooks.invoices.UPDATE',
  'ZohoBooks.estimates.UPDATE',
  'ZohoBooks.salesorders.UPDATE',
  'ZohoBooks.expenses.UPDATE',
];

/** What the figures are read from, and what links are written with. */
export const BOOKS_SCOPES: readonly string[] = [
  'ZohoBooks.contacts.READ',
  'ZohoBooks.invoices.READ',
  'ZohoBooks.customerpayments.READ',
  'ZohoBooks.creditnotes.READ',
  'ZohoBooks.estimates.READ',
  'ZohoBooks.salesorders.READ',
  'ZohoBooks.expenses.READ',
  'ZohoBooks.settings.READ',
  ...LINK_SCOPES,
];

/** Without these nobody can even be told who they are, let alone what is missing. */
export const KNOWING_SCOPES: readonly string[] = ['ZohoCRM.users.READ', 'ZohoCRM.org.READ'];

/** Those of the wanted scopes that were not given. `ALL` of a group holds each of its operations. */
export function missingScopes(wanted: readonly string[], given: readonly string[]): readonly string[] {
  const has = new Set(given.map((scope) => scope.toLowerCase()));
  return wanted.filter((scope) => {
    const group = scope.slice(0, scope.lastIndexOf('.'));
    return !has.has(scope.toLowerCase()) && !has.has(`${group}.ALL`.toLowerCase());
  });
}

/** What was given of what was asked; Zoho does not always say, and then it is what was asked. */
export function givenOf(asked: readonly string[], given: readonly string[] | undefined): readonly string[] {
  if (given === undefined) return asked;
  const missing = missingScopes(asked, given);
  return asked.filter((scope) => !missing.includes(scope));
}
