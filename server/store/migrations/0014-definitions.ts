/** What an organisation means by its figures, a row per version, never updated. Nobody has decided: no row. */
export const definitions: readonly string[] = [
  `create table definitions (
    install_id uuid not null references installs on delete cascade,
    version integer not null check (version > 0),
    at timestamptz not null,
    by_id text not null,
    by_name text not null,
    document jsonb not null,
    primary key (install_id, version)
  )`,
  `create function definitions_refuse() returns trigger language plpgsql as $$
  begin
    raise exception 'a version of definitions is never changed';
  end $$`,
  `create trigger definitions_stay before update on definitions
   for each row execute function definitions_refuse()`,
];
