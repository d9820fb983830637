/** Calls and tokens that several servers share: budgets of Books organisations, and access tokens at Zoho. */
export const budgets: readonly string[] = [
  // What an organisation's calls were spent on; JSON that the governor alone understands. The row is its lock.
  `create table books_budgets (
    organisation text primary key,
    budget jsonb
  )`,
  // Access tokens live an hour. One server asks Zoho for a new one, the others take what it stored.
  `create table access_tokens (
    install_id uuid not null references installs on delete cascade,
    -- a CRM user's id, or "books"
    holder text not null,
    -- names the consent the token was made of: none of an earlier consent is taken for one of this
    consent text,
    sealed_access_token text,
    expires_at timestamptz,
    since timestamptz,
    renewing_by uuid,
    renewing_until timestamptz,
    primary key (install_id, holder)
  )`,
];
