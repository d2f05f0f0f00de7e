-- What is personal is sealed under a data key of its person (docs/concepts/personal-data.md). tenant_id leads every key:
-- the same file serves PGlite, PostgreSQL and Citus.

-- Wrapped data keys; person_id is the uuid of the object that the person is. Backed up apart from everything else, and
-- kept shorter: a key that was erased must not come back.
create table person_keys (
  tenant_id uuid not null,
  person_id uuid not null,
  wrapped_key bytea not null,
  provider_key_id text not null,
  created_at timestamptz not null,
  constraint person_keys_pkey primary key (tenant_id, person_id)
);
create index person_keys_provider on person_keys (tenant_id, provider_key_id);

-- Reference table: secrets that all processes of one database share, wrapped like the data keys.
create table wrapped_secrets (
  name text not null,
  wrapped bytea not null,
  provider_key_id text not null,
  constraint wrapped_secrets_pkey primary key (name)
);

-- sealed holds names, birth date, document, phone, external id, metadata and notice. Their own columns stay for what an
-- older version wrote, are emptied when the server starts, and are null from then on; external_id holds a blind index.
alter table registrations add column sealed bytea;
alter table registrations alter column phone drop not null;
alter table registrations alter column given_names drop not null;
alter table registrations alter column family_names drop not null;
alter table registrations alter column date_of_birth drop not null;
alter table registrations alter column document_type drop not null;
alter table registrations alter column document_number drop not null;
create index registrations_clear on registrations (tenant_id, kind, id) where sealed is null;

-- document_key and phone hold blind indexes from now on ('h1:…').
create index registration_documents_clear on registration_documents (tenant_id) where document_key not like 'h1:%';
create index registration_phones_clear on registration_phones (tenant_id) where phone not like 'h1:%';
create index person_limit_groups_clear on person_limit_groups (tenant_id) where document_key not like 'h1:%';
create index phone_verifications_clear on phone_verifications (tenant_id) where phone not like 'h1:%';

-- The note of a decision.
alter table registration_decisions add column sealed_note bytea;
create index registration_decisions_clear on registration_decisions (tenant_id) where note is not null;

-- recipient holds a blind index, sealed the number, the text and the code. A message of an older version that nobody's
-- key can seal is removed.
alter table messages add column person_id text;
alter table messages add column sealed bytea;
alter table messages alter column body drop not null;
create index messages_clear on messages (tenant_id) where sealed is null;
create index messages_person on messages (tenant_id, person_id);
