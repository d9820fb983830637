/** Which CRM record a Books customer belongs to, where an administrator has decided it; and what customers are known by. */
export const mappings: readonly string[] = [
  // One row per customer, which stays when its decision is taken back, so that versions only ever grow.
  `create table customer_mappings (
    install_id uuid not null references installs on delete cascade,
    organisation_id text not null,
    customer_id text not null,
    version integer not null,
    -- 'record': the one named; 'nobody': no record, whatever Books says; 'books': what Books says
    says text not null check (says in ('record', 'nobody', 'books')),
    module text check (module in ('Accounts', 'Contacts')),
    record_id text,
    by_id text not null,
    by_name text not null,
    at timestamptz not null,
    primary key (install_id, organisation_id, customer_id),
    check ((says = 'record') = (record_id is not null and module is not null))
  )`,
  `create index customer_mappings_of_record on customer_mappings (install_id, organisation_id, record_id)
   where record_id is not null`,
  `create table mapping_settings (
    install_id uuid not null references installs on delete cascade,
    organisation_id text not null,
    version integer not null,
    -- which kind of CRM record has customers
    mode text not null check (mode in ('accounts', 'contacts', 'both')),
    -- CRM's own field for an account's tax number, where the organisation has made one
    tax_field text,
    by_id text not null,
    by_name text not null,
    at timestamptz not null,
    primary key (install_id, organisation_id)
  )`,
  // E-mail, tax number, whether it is active: what a person would recognise a customer by. Null: not read yet.
  'alter table ledger_customers add column known_by jsonb',
];
