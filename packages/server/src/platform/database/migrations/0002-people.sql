-- Merchants and consumers, what makes them unique, their phone checks, and imports (docs/concepts/onboarding.md).
-- tenant_id leads every key: the same file serves PGlite, PostgreSQL and Citus.

create table registrations (
  tenant_id uuid not null,
  kind text not null,
  id uuid not null,
  status text not null,
  tier smallint not null,
  country text not null,
  phone text not null,
  phone_confirmed_at timestamptz,
  phone_confirmed_by text,
  locale text not null,
  given_names text not null,
  family_names text not null,
  date_of_birth date not null,
  document_type text not null,
  document_number text not null,
  trade_name text,
  category_code text,
  consent_version text not null,
  consent_accepted_at timestamptz not null,
  consent_channel text not null,
  alias text not null,
  account_id uuid,
  finding text,
  policy_version text not null,
  external_id text,
  metadata json not null,
  created_at timestamptz not null,
  constraint registrations_pkey primary key (tenant_id, kind, id),
  constraint registrations_alias unique (tenant_id, alias)
);
create index registrations_status on registrations (tenant_id, kind, status, id);
create index registrations_external_id on registrations (tenant_id, kind, external_id, id);

-- One row for each document and phone of a registration that is neither closed nor rejected.
create table registration_documents (
  tenant_id uuid not null,
  kind text not null,
  document_key text not null,
  registration_id uuid not null,
  constraint registration_documents_pkey primary key (tenant_id, kind, document_key)
);

create table registration_phones (
  tenant_id uuid not null,
  kind text not null,
  phone text not null,
  registration_id uuid not null,
  constraint registration_phones_pkey primary key (tenant_id, kind, phone)
);

-- Look-up table: what arrives without a tenant. Written before its registration; a row whose registration was never
-- written is a reservation that nobody used, and leads nowhere.
create table aliases (
  alias text not null,
  tenant_id uuid not null,
  kind text not null,
  registration_id uuid not null,
  constraint aliases_pkey primary key (alias)
);

create table phone_verifications (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  registration_id uuid not null,
  phone text not null,
  code_hmac bytea not null,
  status text not null,
  wrong_tries smallint not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  requested_at timestamptz not null, -- protocol time, for the limit of codes per hour
  constraint phone_verifications_pkey primary key (tenant_id, id)
);
create unique index phone_verifications_pending on phone_verifications (tenant_id, kind, registration_id)
  where status = 'pending';
create index phone_verifications_phone on phone_verifications (tenant_id, phone, requested_at);

create table imports (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  name text not null,
  created_at timestamptz not null,
  constraint imports_pkey primary key (tenant_id, id)
);

-- Each row of a file is decided once, for ever.
create table import_rows (
  tenant_id uuid not null,
  import_id uuid not null,
  row_number bigint not null,
  external_id text not null,
  outcome text not null,
  merchant_id uuid,
  constraint import_rows_pkey primary key (tenant_id, import_id, row_number)
);
