-- Imports of whole files: sent at once, decided in the background (docs/guides/import.md).

alter table imports add column external_id text;
alter table imports add column status text not null default 'completed';
alter table imports add column row_count bigint not null default 0;
alter table imports add column accepted_count bigint not null default 0;
alter table imports add column refused_count bigint not null default 0;
create index imports_external_id on imports (tenant_id, external_id, id);

-- Imports of before 0014 have no counts of their own.
update imports i set row_count = c.total, accepted_count = c.accepted, refused_count = c.total - c.accepted
from (select tenant_id, import_id, count(*) as total, count(*) filter (where outcome = 'active') as accepted
      from import_rows group by tenant_id, import_id) c
where c.tenant_id = i.tenant_id and c.import_id = i.id;

alter table import_rows rename column merchant_id to registration_id;

-- Rows that came and are not decided yet, some hundreds in one. Deleted with their decision.
create table import_parts (
  tenant_id uuid not null,
  import_id uuid not null,
  part_number integer not null,
  content bytea not null, -- sealed under the data key of the import
  constraint import_parts_pkey primary key (tenant_id, import_id, part_number)
);
