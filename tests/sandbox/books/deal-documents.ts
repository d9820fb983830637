/** Kinds of documents Books keeps a deal on. */
export const DEAL_RESOURCES = ['invoices', 'estimates', 'salesorders', 'expenses'] as const;
export type DealResource = (typeof DEAL_RESOURCES)[number];
export const isDealResource = (name: string): name is DealResource =>
  (DEAL_RESOURCES as readonly string[]).includes(name);

/** Key of a document's own id. */
export const ID_KEYS: Readonly<Record<DealResource, string>> = {
  invoices: 'invoice_id',
  estimates: 'estimate_id',
  salesorders: 'salesorder_id',
  expenses: 'expense_id',
};
