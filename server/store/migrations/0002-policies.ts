/**
 * Who sees what, a row per version, never updated. What administrators had decided about roles becomes version 1;
 * `install_roles` stays, unused, for servers of the version before that may still run beside this one.
 */
export const policies: readonly string[] = [
  `create table policies (
    install_id uuid not null references installs on delete cascade,
    version integer not null check (version > 0),
    at timestamptz not null,
    by_id text not null,
    by_name text not null,
    document jsonb not null,
    primary key (install_id, version)
  )`,
  `create function policies_refuse() returns trigger language plpgsql as $$
  begin
    raise exception 'a version of a policy is never changed';
  end $$`,
  `create trigger policies_stay before update on policies
   for each row execute function policies_refuse()`,
  `insert into policies (install_id, version, at, by_id, by_name, document)
   select install_id, 1, now(), '0', 'Customer 360', jsonb_build_object(
     'rules', jsonb_agg(jsonb_build_object('role', role_id, 'template', template, 'levels', '{}'::jsonb) order by role_id),
     'bands', '{}'::jsonb, 'cascadeFromBooks', true)
   from install_roles group by install_id`,
  // One row per install: its users in Books by e-mail in lower case, each with how far it reaches. No names.
  `create table books_users (
    install_id uuid primary key references installs on delete cascade,
    tried_at timestamptz not null,
    trouble text,
    read_at timestamptz,
    reaches jsonb not null default '{}'::jsonb
  )`,
];
