/**
 * The audit log. No reference to installs: the log of an organisation outlives its install. `entry` is the very text
 * that was hashed; `at` is apart only to find what is old.
 */
export const auditLog: readonly string[] = [
  `create table audit_heads (
    install_id uuid primary key,
    sequence bigint not null,
    hash text not null,
    pruned_sequence bigint not null default 0,
    pruned_hash text not null
  )`,
  `create table audit_entries (
    install_id uuid not null,
    sequence bigint not null,
    at timestamptz not null,
    entry text not null,
    hash text not null,
    primary key (install_id, sequence)
  )`,
  // What was written stays. Only what the head already counts as pruned may go, oldest first.
  `create function audit_refuse() returns trigger language plpgsql as $$
  begin
    raise exception 'the audit log is append-only';
  end $$`,
  `create function audit_refuse_delete() returns trigger language plpgsql as $$
  begin
    if old.sequence <= (select pruned_sequence from audit_heads where install_id = old.install_id) then
      return old;
    end if;
    raise exception 'the audit log is append-only';
  end $$`,
  `create function audit_head_forward() returns trigger language plpgsql as $$
  begin
    if new.install_id <> old.install_id or new.sequence < old.sequence
      or new.pruned_sequence < old.pruned_sequence or new.pruned_sequence > new.sequence then
      raise exception 'the audit log only goes forward';
    end if;
    return new;
  end $$`,
  `create trigger audit_entries_stay before update on audit_entries
   for each row execute function audit_refuse()`,
  `create trigger audit_entries_pruned before delete on audit_entries
   for each row execute function audit_refuse_delete()`,
  `create trigger audit_entries_whole before truncate on audit_entries
   for each statement execute function audit_refuse()`,
  `create trigger audit_heads_forward before update on audit_heads
   for each row execute function audit_head_forward()`,
  `create trigger audit_heads_stay before delete on audit_heads
   for each row execute function audit_refuse()`,
  `create trigger audit_heads_whole before truncate on audit_heads
   for each statement execute function audit_refuse()`,
];
