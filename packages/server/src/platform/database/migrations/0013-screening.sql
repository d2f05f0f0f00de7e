-- Screening lists (docs/guides/screening.md). A version of a list is never changed once it is active: what was decided
-- on it can be decided again. Lists are a tenant's own (docs/decisions/0011-lists-are-a-tenants-own.md).
create table screening_lists (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  version text not null,
  status text not null,
  consequence text not null,
  legal_basis text not null,
  source text not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  entry_count bigint not null,
  hash bytea, -- null while loading
  created_at timestamptz not null,
  activated_at timestamptz,
  constraint screening_lists_pkey primary key (tenant_id, id)
);
create index screening_lists_status on screening_lists (tenant_id, status);

-- Contents of entries by their SHA-256: versions of a list share what did not change.
create table screening_entries (
  tenant_id uuid not null,
  hash bytea not null,
  content json not null,
  constraint screening_entries_pkey primary key (tenant_id, hash)
);

create table screening_list_entries (
  tenant_id uuid not null,
  list_id uuid not null,
  entry_id text not null,
  hash bytea not null,
  constraint screening_list_entries_pkey primary key (tenant_id, list_id, entry_id)
);
