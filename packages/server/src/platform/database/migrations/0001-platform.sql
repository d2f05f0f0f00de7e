-- Tenants, their keys, and what all capabilities share (docs/architecture.md). tenant_id leads every key: the same file
-- serves PGlite, PostgreSQL and Citus.

create table tenants (
  tenant_id uuid not null,
  code text not null,
  name text not null,
  country text not null,
  currency text not null,
  time_zone text not null,
  log_origin text not null,
  funding_account_id uuid,
  livemode boolean not null,
  created_at timestamptz not null,
  constraint tenants_pkey primary key (tenant_id)
);

-- Look-up table: whose code it is. Whoever inserts a code first makes the tenant.
create table tenant_codes (
  code text not null,
  tenant_id uuid not null,
  constraint tenant_codes_pkey primary key (code)
);

-- Look-up table: a request arrives with a key and nothing else. sandbox_key is the key itself, kept only in the
-- sandbox so that a later start prints it again. scopes: words with spaces between, or * for all.
create table api_keys (
  key_hash bytea not null,
  tenant_id uuid not null,
  client_id uuid not null,
  scopes text not null,
  sandbox_key text,
  created_at timestamptz not null,
  revoked_at timestamptz,
  constraint api_keys_pkey primary key (key_hash)
);
create index api_keys_tenant on api_keys (tenant_id);

create table signing_keys (
  tenant_id uuid not null,
  key_use text not null,
  key_id text not null,
  public_key bytea not null,
  private_seed bytea not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  constraint signing_keys_pkey primary key (tenant_id, key_use, key_id)
);

-- Reference table: secrets that all processes of one database share.
create table server_secrets (
  name text not null,
  value bytea not null,
  constraint server_secrets_pkey primary key (name)
);

-- Reference table, one row: the sandbox's test clock, and how often it was started.
create table sandbox_state (
  name text not null,
  clock_offset_ms bigint not null,
  start_count bigint not null,
  constraint sandbox_state_pkey primary key (name)
);

-- SMS that the sandbox keeps instead of sending.
create table messages (
  tenant_id uuid not null,
  message_id uuid not null,
  recipient text not null,
  body text not null,
  code text,
  created_at timestamptz not null,
  constraint messages_pkey primary key (tenant_id, message_id)
);
create index messages_newest on messages (tenant_id, created_at, message_id);
create index messages_recipient on messages (tenant_id, recipient, created_at, message_id);

-- What must happen at a business time. is_claimed with not_before (protocol time) is a worker's lease; not_before alone
-- is a wait before the next attempt.
create table due (
  tenant_id uuid not null,
  kind text not null,
  reference text not null,
  due_at timestamptz not null,
  attempt_count integer not null default 0,
  is_claimed boolean not null default false,
  not_before timestamptz,
  constraint due_pkey primary key (tenant_id, kind, reference)
);
create index due_order on due (tenant_id, due_at);
