-- Whoever has no document is limited with all that is registered on their phone (docs/decisions/0018).
create table phone_limit_groups (
  tenant_id uuid not null,
  phone text not null,
  group_id uuid not null,
  constraint phone_limit_groups_pkey primary key (tenant_id, phone)
);
