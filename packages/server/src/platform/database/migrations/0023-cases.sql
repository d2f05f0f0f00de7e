-- Screenings and the cases that people decide (docs/guides/screening.md). A screening is never changed: what it was
-- asked, of which lists, by which rules, and what was answered. sealed_input opens with the person's key.
create table screenings (
  tenant_id uuid not null,
  id uuid not null,
  person_kind text not null,
  person_id uuid not null, -- its own id where it is about nobody who is registered
  reason text not null,
  context_hash bytea not null,
  input_hash bytea not null, -- keyed
  sealed_input bytea not null,
  answer_hash bytea not null,
  hits json not null,
  created_at timestamptz not null,
  constraint screenings_pkey primary key (tenant_id, id)
);
create index screenings_person on screenings (tenant_id, person_id, id);

-- Which lists, in which versions, and which rules: the same for thousands of screenings.
create table screening_contexts (
  tenant_id uuid not null,
  hash bytea not null,
  content json not null,
  constraint screening_contexts_pkey primary key (tenant_id, hash)
);

-- Blind keys of the words of everybody's names, by which those are found whom a changed list could affect. Deleted when
-- the person is erased.
create table screening_people (
  tenant_id uuid not null,
  person_id uuid not null,
  person_kind text not null,
  keys bytea not null,
  constraint screening_people_pkey primary key (tenant_id, person_id)
);

create table cases (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  person_kind text not null,
  person_id uuid not null,
  status text not null,
  consequence text not null,
  screening_id uuid, -- of kind screening
  rule text, -- of kind monitoring, with its version
  evidence json not null,
  assigned_to text,
  proposed_outcome text,
  proposed_by text,
  proposed_at timestamptz,
  revision integer not null,
  opened_at timestamptz not null,
  decided_at timestamptz,
  constraint cases_pkey primary key (tenant_id, id)
);
create index cases_status on cases (tenant_id, status, id);
create index cases_person on cases (tenant_id, person_id, id);
create index cases_screening on cases (tenant_id, screening_id);

-- Decisions about cases are decisions about the person whom the case is about.
alter table registration_decisions add column case_id uuid;
create index registration_decisions_case on registration_decisions (tenant_id, case_id, id);

-- Everything but holding a balance is paused until a case is decided.
alter table registrations add column is_held boolean not null default false;
