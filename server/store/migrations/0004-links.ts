/** Which document belongs to which deal, beyond the one place Books has for it, and what we are just changing. */
export const links: readonly string[] = [
  // What a document's own page said the last time it was looked at. `in_books` says whether Books holds what our links
  // want it to hold; `outdated` names a list row that was found to be older than the page.
  `create table seen_documents (
    install_id uuid not null references installs on delete cascade,
    organisation_id text not null,
    document_type text not null,
    document_id text not null,
    customer_id text,
    currency text not null,
    net numeric,
    books_deal text,
    version text,
    outdated text,
    in_books text not null,
    reason text,
    seen_at timestamptz not null,
    primary key (install_id, organisation_id, document_type, document_id)
  )`,
  'create index seen_documents_of_customer on seen_documents (install_id, organisation_id, customer_id)',
  // A link that was taken back stays, as a tombstone: it can be restored, and tells who ended it.
  `create table deal_links (
    id uuid primary key,
    install_id uuid not null references installs on delete cascade,
    organisation_id text not null,
    document_type text not null,
    document_id text not null,
    deal_id text not null,
    share numeric check (share > 0),
    origin text not null,
    made_by text,
    made_by_name text,
    made_at timestamptz,
    removed_at timestamptz,
    removed_by text,
    removed_because text,
    removed_reason text
  )`,
  `create unique index deal_links_once on deal_links (install_id, organisation_id, document_type, document_id, deal_id)
   where removed_at is null`,
  `create unique index deal_links_one_rest on deal_links (install_id, organisation_id, document_type, document_id)
   where removed_at is null and share is null`,
  'create index deal_links_of_document on deal_links (install_id, organisation_id, document_type, document_id)',
  'create index deal_links_of_deal on deal_links (install_id, organisation_id, deal_id)',
  // One change of a document at a time, over all servers: whoever holds the open row, until its lease is over.
  `create table link_intents (
    id text primary key,
    install_id uuid not null references installs on delete cascade,
    organisation_id text not null,
    document_type text not null,
    document_id text not null,
    deal_id text not null,
    who text not null,
    who_name text not null,
    request_id text,
    asked jsonb not null,
    state text not null,
    from_deal text,
    to_deal text,
    attempts integer not null default 0,
    at timestamptz not null,
    holder uuid not null,
    lease_until timestamptz not null,
    result jsonb
  )`,
  `create unique index link_intents_one_open on link_intents (install_id, organisation_id, document_type, document_id)
   where state in ('pending', 'writing')`,
  // What a consent for Books was asked for. Unknown: it is from before links were written, and does not cover them.
  'alter table books_grants add column scopes text[]',
  // Deals CRM says were deleted, also by a merge. A deal that comes back has its row removed; a new one has a new id.
  `create table gone_deals (
    install_id uuid not null references installs on delete cascade,
    deal_id text not null,
    noticed_at timestamptz not null,
    primary key (install_id, deal_id)
  )`,
];
