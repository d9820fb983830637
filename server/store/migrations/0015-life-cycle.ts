/**
 * Whether an install reads, and what becomes of it once it was uninstalled. Servers of the version before read on in
 * every state until they are replaced; nothing else changes for them.
 */
export const lifeCycle: readonly string[] = [
  `alter table installs
    add column state text not null default 'active' check (state in ('active', 'paused', 'disabled', 'uninstalling')),
    add column state_version integer not null default 0,
    add column state_at timestamptz,
    add column state_by text,
    add column state_by_name text`,
  // Who connected Books; null from before that was kept.
  'alter table books_grants add column granted_by text, add column granted_by_name text',
  // One row per uninstalling. No reference to installs: the certificate is what stays of one. Ids and counts only.
  `create table erasures (
    id text primary key,
    install_id uuid not null unique,
    data_centre text not null,
    crm_organisation_id text not null,
    requested_at timestamptz not null,
    -- a CRM user's id; null when the Marketplace told us
    requested_by text,
    due_at timestamptz not null,
    revoked integer not null default 0,
    unconfirmed integer not null default 0,
    erased_at timestamptz,
    -- the certificate as signed, and the public key it was signed with
    certificate text,
    public_jwk jsonb
  )`,
  'create index erasures_open on erasures (due_at) where erased_at is null',
  // A certificate that was issued stays as it is.
  `create function erasures_refuse() returns trigger language plpgsql as $$
  begin
    if old.erased_at is not null then
      raise exception 'a certificate of erasure is never changed';
    end if;
    return case tg_op when 'DELETE' then old else new end;
  end $$`,
  `create trigger erasures_stay before update or delete on erasures
   for each row execute function erasures_refuse()`,
  // What the audit log says of an organisation goes with it, and only then: the certificate, which stays, says so.
  `create or replace function audit_refuse_delete() returns trigger language plpgsql as $$
  begin
    if exists (select 1 from erasures where install_id = old.install_id and erased_at is not null) then
      return old;
    end if;
    if old.sequence <= (select pruned_sequence from audit_heads where install_id = old.install_id)
      and old.at at time zone 'UTC' < now() at time zone 'UTC' - interval '12 months' then
      return old;
    end if;
    raise exception 'the audit log is append-only';
  end $$`,
  `create function audit_refuse_head_delete() returns trigger language plpgsql as $$
  begin
    if exists (select 1 from erasures where install_id = old.install_id and erased_at is not null) then
      return old;
    end if;
    raise exception 'the audit log is append-only';
  end $$`,
  'drop trigger audit_heads_stay on audit_heads',
  `create trigger audit_heads_stay before delete on audit_heads
   for each row execute function audit_refuse_head_delete()`,
];
