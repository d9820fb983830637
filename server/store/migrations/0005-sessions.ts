/** Codes for typing, access tokens that serve once, and requests that are not to be done twice. */
export const sessionProofs: readonly string[] = [
  'alter table sign_ins add column typed_code_hash text, add column typed_expires_at timestamptz',
  `create table used_tokens (
    jti text primary key,
    session_id uuid not null references sessions on delete cascade,
    used_at timestamptz not null
  )`,
  'create index used_tokens_of_session on used_tokens (session_id)',
  `create table idempotency_keys (
    session_id uuid not null references sessions on delete cascade,
    key text not null,
    request_hash text not null,
    at timestamptz not null,
    primary key (session_id, key)
  )`,
];
