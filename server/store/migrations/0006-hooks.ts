/** Addresses Books may call, and customers it said something about. */
export const booksHooks: readonly string[] = [
  `create table books_hooks (
    install_id uuid primary key references installs on delete cascade,
    sealed_secret text not null,
    created_at timestamptz not null
  )`,
  'alter table customer_snapshots add column hinted_at timestamptz',
];
