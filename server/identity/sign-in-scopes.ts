/** The least CRM rights a panel works with: who is this, of which organisation, and may they open this record. */
export const PANEL_SCOPES: readonly string[] = [
  'ZohoCRM.users.READ',
  'ZohoCRM.org.READ',
  'ZohoCRM.modules.deals.READ',
  'ZohoCRM.modules.accounts.READ',
  'ZohoCRM.modules.contacts.READ',
];

/** An administrator also assigns visibility to the organisation's roles. */
export const SETUP_SCOPES: readonly string[] = [...PANEL_SCOPES, 'ZohoCRM.settings.roles.READ'];

/** What the figures are read from; nothing is written to Books. */
export const BOOKS_SCOPES: readonly string[] = [
  'ZohoBooks.contacts.READ',
  'ZohoBooks.invoices.READ',
  'ZohoBooks.customerpayments.READ',
  'ZohoBooks.creditnotes.READ',
  'ZohoBooks.estimates.READ',
  'ZohoBooks.salesorders.READ',
  'ZohoBooks.expenses.READ',
  'ZohoBooks.settings.READ',
];
