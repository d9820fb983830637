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
