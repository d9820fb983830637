/**
 * How far the set-up of an organisation has come; whoever had chosen their books before has finished it. And what Zoho
 * really gave with a consent for Books, while nobody has taken it over.
 */
export const setup: readonly string[] = [
  `create table setups (
    install_id uuid primary key references installs on delete cascade,
    passed text[] not null,
    by_id text not null,
    by_name text not null,
    at timestamptz not null,
    finished_at timestamptz
  )`,
  `insert into setups (install_id, passed, by_id, by_name, at, finished_at)
   select id, '{}', '0', '', coalesce(books_connected_at, created_at), coalesce(books_connected_at, created_at)
   from installs where books is not null`,
  'alter table pending_books_grants add column granted_scopes text[]',
];
