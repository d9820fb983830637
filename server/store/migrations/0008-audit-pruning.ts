/**
 * What is removed from the audit log is a year old, whatever the head says: somebody who moves the head on cannot have
 * younger entries taken out after it. The server's own clock may be off by less than the day it leaves on top.
 */
export const auditPruning: readonly string[] = [
  `create or replace function audit_refuse_delete() returns trigger language plpgsql as $$
  begin
    if old.sequence <= (select pruned_sequence from audit_heads where install_id = old.install_id)
      and old.at at time zone 'UTC' < now() at time zone 'UTC' - interval '12 months' then
      return old;
    end if;
    raise exception 'the audit log is append-only';
  end $$`,
];
