/** What a document's own page told of what it was made from and of what stands on it; null: nobody has read it yet. */
export const contents: readonly string[] = ['alter table ledger_documents add column contents jsonb'];
