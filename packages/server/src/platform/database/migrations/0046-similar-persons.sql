-- What active people are found by where somebody registers again under another document and phone
-- (docs/concepts/registration.md). tenant_id leads every key: the same file serves PGlite, PostgreSQL and Citus.

-- Blind: four bytes of each key, under a key of the tenant. Two may be one by chance: who is found is compared. People
-- who were active before this table are not in it, until they change their place.
create table person_likenesses (
  tenant_id uuid not null,
  registration_id uuid not null,
  kind text not null,
  by_date integer not null,
  by_year integer not null,
  by_day integer not null,
  department text, -- two digits of the business's municipality; null: not known
  constraint person_likenesses_pkey primary key (tenant_id, registration_id)
);
create index person_likenesses_date on person_likenesses (tenant_id, by_date);
create index person_likenesses_year on person_likenesses (tenant_id, by_year);
create index person_likenesses_day on person_likenesses (tenant_id, by_day);
