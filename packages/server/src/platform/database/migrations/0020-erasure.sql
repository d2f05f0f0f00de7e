-- Erasure of persons (docs/concepts/personal-data.md). An erased registration has an empty seal, and no key.
alter table registrations add column erasure_requested_at timestamptz;
alter table registrations add column erasure_due_at timestamptz;
alter table registrations add column erasure_source text;
alter table registrations add column erased_at timestamptz;

-- Who was erased: kept for ever, and applied again after a restore, before the server opens.
create table erased_persons (
  tenant_id uuid not null,
  person_id uuid not null,
  erased_at timestamptz not null,
  constraint erased_persons_pkey primary key (tenant_id, person_id)
);

-- What is erased is found by its person.
create index phone_verifications_registration on phone_verifications (tenant_id, registration_id);
create index import_rows_registration on import_rows (tenant_id, registration_id) where registration_id is not null;
