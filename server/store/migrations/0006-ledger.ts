/** The local copy of Books: one narrow row per customer, document and payment, instead of one snapshot per customer. */
export const ledger: readonly string[] = [
  'drop table customer_snapshots',
  `create table ledger_customers (
    install_id uuid not null references installs on delete cascade,
    organisation_id text not null,
    customer_id text not null,
    body jsonb not null,
    crm_account_id text,
    crm_contact_id text,
    -- when the lists the figures need were last read in full; null: only its contact row is known
    filled_at timestamptz,
    -- the fill that quotes, orders, expenses and refunds belong to
    rest_filled_at timestamptz,
    read_lists text[] not null default '{}',
    warnings text[] not null default '{}',
    silent_about_deals text[] not null default '{}',
    refused_parts text[] not null default '{}',
    -- set when something changed in Books that only reading this customer again can tell
    wanted_since timestamptz,
    -- how much of it has to be read again
    wanted_why text,
    -- how often it was wished for: a wish that comes while one is being fulfilled is not lost
    wishes integer not null default 0,
    -- when its sums were last held against Books' own, and whether they tied
    checked_at timestamptz,
    ties boolean,
    primary key (install_id, organisation_id, customer_id)
  )`,
  'create index ledger_customers_of_account on ledger_customers (install_id, organisation_id, crm_account_id) where crm_account_id is not null',
  'create index ledger_customers_of_contact on ledger_customers (install_id, organisation_id, crm_contact_id) where crm_contact_id is not null',
  'create index ledger_customers_wanted on ledger_customers (install_id, organisation_id, wanted_since) where wanted_since is not null',
  'create index ledger_customers_unfilled on ledger_customers (install_id, organisation_id, customer_id) where filled_at is null',
  'create index ledger_customers_to_check on ledger_customers (install_id, organisation_id, checked_at nulls first) where filled_at is not null',
  `create table ledger_documents (
    install_id uuid not null references installs on delete cascade,
    organisation_id text not null,
    type text not null,
    document_id text not null,
    customer_id text not null,
    deal_id text,
    body jsonb not null,
    -- when we asked for it: an answer that was asked for earlier never overwrites a later one
    read_at timestamptz not null,
    primary key (install_id, organisation_id, type, document_id)
  )`,
  'create index ledger_documents_of_customer on ledger_documents (install_id, organisation_id, customer_id)',
  'create index ledger_documents_of_deal on ledger_documents (install_id, organisation_id, deal_id) where deal_id is not null',
  // Lists do not tell tax: invoices whose own page is still to be read.
  "create index ledger_documents_net_owed on ledger_documents (install_id, organisation_id) where type = 'invoice' and body->>'net' is null",
  // Where the change feed and the backfill stand. One row per organisation, so that totals and rows move together.
  `create table ledger_progress (
    install_id uuid not null references installs on delete cascade,
    organisation_id text not null,
    -- every change made before this instant is in the rows
    followed_to timestamptz,
    followed_at timestamptz,
    cursors jsonb not null default '{}',
    -- kinds of document somebody told us changed: asked about before the next pass is due
    hinted text[] not null default '{}',
    hinted_at timestamptz,
    -- when Books last told us of a change by itself
    told_at timestamptz,
    -- when a change was last found that Books should have told us of and did not
    missed_at timestamptz,
    -- when somebody last looked: nobody is in a hurry while nobody does
    viewed_at timestamptz,
    backfill_module text,
    backfill_page integer not null default 1,
    backfill_started_at timestamptz,
    -- when the last page of the last list was read; what is left then are the customers' own pages
    backfill_listed_at timestamptz,
    backfill_done_at timestamptz,
    backfill_pages integer not null default 0,
    primary key (install_id, organisation_id)
  )`,
  // One server at a time does an organisation's background work; a lease that is not renewed passes to another.
  `create table leases (
    name text primary key,
    holder uuid not null,
    until timestamptz not null
  )`,
];
