-- Tenants of whom everybody active is in the indexes that look-alikes are found by (0011, 0046), also those who were active
-- before there was one: each is looked through once.
create table look_alike_fills (
  tenant_id uuid not null,
  filled_at timestamptz not null,
  constraint look_alike_fills_pkey primary key (tenant_id)
);
