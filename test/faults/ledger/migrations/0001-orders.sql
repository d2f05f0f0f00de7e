-- Companions of the crash campaign: rows that must be there with the money or not at all.
create table crash_orders (
  tenant_id uuid not null,
  order_id uuid not null,
  status text not null,
  sequence bigint not null,
  constraint crash_orders_pkey primary key (tenant_id, order_id)
);
