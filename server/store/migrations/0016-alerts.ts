/** What went wrong lately, whom to tell, and what was told. Nothing here holds an amount, a name or words of Zoho. */
export const alerts: readonly string[] = [
  // One row per way of failing: it counts, and does not grow with every failure.
  `create table troubles (
    install_id uuid not null references installs on delete cascade,
    area text not null,
    cause text not null,
    code text not null,
    count integer not null,
    first_at timestamptz not null,
    last_at timestamptz not null,
    -- when the same work was next done well
    ended_at timestamptz,
    -- of the last one: a request, or a line of the log
    reference text not null,
    primary key (install_id, area, cause, code)
  )`,
  'create index troubles_by_age on troubles (last_at)',
  `create table alert_settings (
    install_id uuid primary key references installs on delete cascade,
    version integer not null,
    -- the address, whose path can be a secret, and what deliveries are signed with; null: nobody is told
    sealed_target text,
    kinds text[] not null,
    silent_hours integer not null,
    changed_at timestamptz not null
  )`,
  // When a kind of alert was last sent, and whether what it tells of has ended. The row is the claim of all servers.
  `create table alert_states (
    install_id uuid not null references installs on delete cascade,
    kind text not null,
    announced boolean not null,
    sent_at timestamptz not null,
    primary key (install_id, kind)
  )`,
  `create table alert_deliveries (
    id uuid primary key,
    install_id uuid not null references installs on delete cascade,
    kind text not null,
    created_at timestamptz not null,
    -- waiting, delivered or failed
    state text not null,
    tries integer not null default 0,
    next_try_at timestamptz not null,
    ended_at timestamptz,
    -- a word of ours, and the status of the answer
    outcome text,
    status integer
  )`,
  'create index alert_deliveries_of_install on alert_deliveries (install_id, created_at desc)',
  "create index alert_deliveries_waiting on alert_deliveries (next_try_at) where state = 'waiting'",
  'alter table books_grants add column revoked_at timestamptz',
  // When an administrator last asked to try again now.
  'alter table ledger_progress add column retry_at timestamptz',
  // When a customer whose sums had not tied came to tie again by being read in full.
  'alter table ledger_customers add column mended_at timestamptz',
];
