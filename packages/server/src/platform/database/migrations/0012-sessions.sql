-- People who sign in, on which device, and which shops and wallets they act for (docs/guides/sign-in.md). Times of
-- sessions are protocol time. tenant_id leads every key: the same file serves PGlite, PostgreSQL and Citus.

-- Whoever confirmed a phone; a till is a person of its own, without one.
create table people (
  tenant_id uuid not null,
  id uuid not null,
  phone text, -- blind index
  created_at timestamptz not null,
  constraint people_pkey primary key (tenant_id, id),
  constraint people_phone unique (tenant_id, phone)
);

-- Look-up table: a code or refresh token arrives with the session's id and no tenant. Written before the session.
create table session_tenants (
  session_id uuid not null,
  tenant_id uuid not null,
  constraint session_tenants_pkey primary key (session_id)
);

create table sessions (
  tenant_id uuid not null,
  id uuid not null,
  status text not null,
  phone text, -- blind index, until it is confirmed: whose it will be; null: a till's
  person_id uuid,
  start_hash bytea, -- of the idempotency key that began it
  code_hmac bytea not null,
  wrong_tries smallint not null,
  code_expires_at timestamptz not null,
  sealed_name bytea, -- under the session's own data key
  device_thumbprint text, -- RFC 7638
  refresh_hash bytea,
  refresh_expires_at timestamptz,
  previous_refresh_hash bytea, -- with the key that it was used with: a lost answer may be asked for again
  rotation_hash bytea,
  rotated_at timestamptz,
  end_reason text,
  ended_at timestamptz,
  created_at timestamptz not null,
  constraint sessions_pkey primary key (tenant_id, id)
);
create index sessions_person on sessions (tenant_id, person_id, id);
create index sessions_start on sessions (tenant_id, start_hash);
create index sessions_waiting on sessions (tenant_id, status, created_at);

-- How many codes were asked for: for a phone, by a device, from an address. subject is an HMAC.
create table code_counters (
  tenant_id uuid not null,
  subject bytea not null,
  window_started_at timestamptz not null,
  count integer not null,
  constraint code_counters_pkey primary key (tenant_id, subject)
);

-- Proofs of possession that were used, for as long as they would be taken.
create table used_proofs (
  tenant_id uuid not null,
  proof_hash bytea not null,
  expires_at timestamptz not null,
  constraint used_proofs_pkey primary key (tenant_id, proof_hash)
);
create index used_proofs_age on used_proofs (tenant_id, expires_at);

-- Who acts for which registration. A till is a member, too. Rows are never deleted: they say who sold what.
create table members (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  registration_id uuid not null,
  person_id uuid, -- null: invited
  role text not null,
  status text not null,
  phone text, -- blind index, while invited
  sealed bytea, -- name and phone, as whoever invited them wrote it, under the data key of the shop
  created_at timestamptz not null,
  joined_at timestamptz,
  removed_at timestamptz,
  constraint members_pkey primary key (tenant_id, id)
);
create index members_registration on members (tenant_id, kind, registration_id, id);
create index members_person on members (tenant_id, person_id);
create index members_phone on members (tenant_id, phone);
create unique index members_once on members (tenant_id, kind, registration_id, person_id) where status = 'active';
create unique index members_invited_once on members (tenant_id, kind, registration_id, phone) where status = 'invited';

-- Who charged.
alter table payment_requests add column member_id uuid;
alter table payments add column member_id uuid;
create index payment_requests_member on payment_requests (tenant_id, member_id, id);
create index payments_member on payments (tenant_id, member_id, id);
