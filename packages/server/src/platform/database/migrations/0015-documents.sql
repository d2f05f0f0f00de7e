-- Documents of merchants and consumers (docs/guides/documents.md). The bytes are elsewhere, sealed under the key of
-- their person: in storage (a folder or a bucket), and until they are whole in document_parts. Nothing here tells what a
-- document shows of whom.
create table documents (
  tenant_id uuid not null,
  id uuid not null,
  person_kind text not null,
  registration_id uuid not null,
  kind text not null,
  status text not null,
  byte_length integer not null,
  received_length integer not null,
  sealed_hash bytea, -- SHA-256 of the file, until it is whole
  content_type text,
  width integer,
  height integer,
  refusal text,
  expires_on date,
  lapses_at timestamptz not null,
  created_at timestamptz not null,
  constraint documents_pkey primary key (tenant_id, id)
);
create index documents_registration on documents (tenant_id, registration_id, id);

create table document_parts (
  tenant_id uuid not null,
  document_id uuid not null,
  part_offset integer not null,
  sealed bytea not null,
  constraint document_parts_pkey primary key (tenant_id, document_id, part_offset)
);

-- Who looked at which document; written before the first byte is given.
create table document_views (
  tenant_id uuid not null,
  id uuid not null,
  document_id uuid not null,
  actor text not null,
  client_id text not null,
  viewed_at timestamptz not null,
  constraint document_views_pkey primary key (tenant_id, id)
);
create index document_views_document on document_views (tenant_id, document_id, id);
