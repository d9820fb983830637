/** Tables of the first release. A migration that has been released is never edited; the next one mends it. */
export const firstSlice: readonly string[] = [
  `create table installs (
    id uuid primary key,
    data_centre text not null,
    zgid text not null,
    crm_organisation_id text not null,
    crm_organisation_name text not null,
    crm_currency text not null,
    books jsonb,
    books_connected_at timestamptz,
    created_at timestamptz not null,
    unique (data_centre, zgid)
  )`,
  `create table install_roles (
    install_id uuid not null references installs on delete cascade,
    role_id text not null,
    template text not null,
    primary key (install_id, role_id)
  )`,
  `create table install_administrator_profiles (
    install_id uuid not null references installs on delete cascade,
    profile_id text not null,
    primary key (install_id, profile_id)
  )`,
  // Random values that travel through browsers (state, code, refresh handle) are kept as SHA-256 only.
  `create table sign_ins (
    tx text primary key,
    purpose text not null,
    challenge text,
    data_centre text not null,
    install_id uuid references installs on delete cascade,
    crm_user_id text,
    expires_at timestamptz not null,
    state_hash text unique,
    prompt text,
    code_hash text,
    code_expires_at timestamptz,
    result_install_id uuid references installs on delete cascade,
    result_user_id text,
    result_user_name text,
    tries integer not null default 0,
    redeemed boolean not null default false
  )`,
  `create table sessions (
    id uuid primary key,
    install_id uuid not null references installs on delete cascade,
    crm_user_id text not null,
    user_name text not null,
    amr text not null,
    crm_person text,
    created_at timestamptz not null,
    used_at timestamptz not null
  )`,
  'create index sessions_of_user on sessions (install_id, crm_user_id)',
  `create table refresh_handles (
    hash text primary key,
    session_id uuid not null references sessions on delete cascade,
    spent_at timestamptz
  )`,
  'create index refresh_handles_of_session on refresh_handles (session_id)',
  // One refresh token per user and install, and one for the install's Books; sealed, never in clear.
  `create table user_grants (
    install_id uuid not null references installs on delete cascade,
    crm_user_id text not null,
    sealed_refresh_token text not null,
    scopes text[] not null,
    granted_at timestamptz not null,
    primary key (install_id, crm_user_id)
  )`,
  `create table books_grants (
    install_id uuid primary key references installs on delete cascade,
    sealed_refresh_token text not null,
    granted_at timestamptz not null,
    revoked boolean not null default false
  )`,
  // A consent for Books that nobody has taken over yet. No reference to sign_ins: a row here ends by being redeemed or
  // revoked, never on the side.
  `create table pending_books_grants (
    tx text primary key,
    install_id uuid not null references installs on delete cascade,
    crm_user_id text not null,
    challenge text not null,
    code_hash text not null,
    code_expires_at timestamptz not null,
    sealed_refresh_token text not null,
    tries integer not null default 0
  )`,
  'create index pending_books_grants_by_expiry on pending_books_grants (code_expires_at)',
  `create table signing_keys (
    kid text primary key,
    public_jwk jsonb not null,
    sealed_private_jwk text not null,
    created_at timestamptz not null
  )`,
  // By Books organisation too: what a read brings that began before another one was chosen is never taken for the new one's.
  `create table customer_snapshots (
    install_id uuid not null references installs on delete cascade,
    organisation_id text not null,
    customer_id text not null,
    body jsonb not null,
    known_good_at timestamptz not null,
    primary key (install_id, organisation_id, customer_id)
  )`,
  `create table customer_links (
    install_id uuid not null references installs on delete cascade,
    organisation_id text not null,
    owner text not null,
    customer_ids text[] not null,
    known_good_at timestamptz not null,
    primary key (install_id, organisation_id, owner)
  )`,
  `create table deal_documents (
    install_id uuid not null references installs on delete cascade,
    organisation_id text not null,
    deal_id text not null,
    types text[] not null,
    document_ids text[] not null,
    known_good_at timestamptz not null,
    primary key (install_id, organisation_id, deal_id)
  )`,
];
