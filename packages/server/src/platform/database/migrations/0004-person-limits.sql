-- One set of limits for a person, whatever they are registered as: found by document, erased with the person.
create table person_limit_groups (
  tenant_id uuid not null,
  document_key text not null,
  group_id uuid not null,
  constraint person_limit_groups_pkey primary key (tenant_id, document_key)
);
