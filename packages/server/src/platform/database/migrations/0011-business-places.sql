-- Where a business is, and whose names it may be taken for (docs/concepts/registration.md). tenant_id leads every key:
-- the same file serves PGlite, PostgreSQL and Citus.

alter table registrations add column municipality text; -- four digits; null: not given
alter table registrations add column flags json; -- what was found that nobody is refused for, as the domain has it

-- What the name of each active business is found by. Businesses that were active before this table are not in it: they
-- are not named as neighbours, and are themselves compared with those that are.
create table business_names (
  tenant_id uuid not null,
  registration_id uuid not null,
  sounds text not null,
  shape text not null,
  municipality text,
  constraint business_names_pkey primary key (tenant_id, registration_id)
);
create index business_names_sounds on business_names (tenant_id, sounds, municipality);
create index business_names_shape on business_names (tenant_id, shape, municipality);
