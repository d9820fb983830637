/** A row for each connection that ever changed something; see `watchChanges`. */
export const changes: readonly string[] = [
  'create table changes (connection integer primary key, count bigint not null)',
  `create function count_change() returns trigger language plpgsql as $$
  begin
    insert into changes (connection, count) values (pg_backend_pid(), 1)
    on conflict (connection) do update set count = changes.count + 1;
    return null;
  end $$`,
];
